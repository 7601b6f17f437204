package org.coffer.window.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Theme;

/**
 * Takes pictures of a view in both languages and both looks, as the window of 1280×720 shows it (a scene of 1280×680),
 * at twice the size, into {@code target/pictures/NAME-LANGUAGE-LOOK.png}.
 */
public final class Pictures {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 680;
    private static final double SCALE = 2;
    private static final Path FOLDER = Path.of("target", "pictures");

    private final Clock clock;

    /** Pictures taken at {@code clock}'s time. */
    public Pictures(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes the four pictures.
     *
     * @param view makes the view in the kit's language; called on the window's thread
     * @return what is clipped in them, one line each; empty when all is well
     */
    public List<String> take(String name, Function<Kit, Parent> view) {
        return take(name, WIDTH, HEIGHT, view, scene -> {});
    }

    /**
     * Takes the four pictures of a window of another size.
     *
     * @param prepare does what a user would do before the picture is taken; called on the window's thread
     */
    public List<String> take(
            String name,
            double width,
            double height,
            Function<Kit, Parent> view,
            java.util.function.Consumer<Scene> prepare) {
        var clipped = new ArrayList<String>();
        for (Language language : Language.values()) {
            for (boolean dark : new boolean[] {false, true}) {
                String picture = name + "-" + language.tag() + "-" + (dark ? "dark" : "light");
                var kit = new Kit(Text.of(language, clock), LayoutMemory.shortLived(), clock);
                for (String line : one(picture, width, height, dark, () -> view.apply(kit), prepare)) {
                    clipped.add(picture + ": " + line);
                }
            }
        }
        return clipped;
    }

    /** Takes one picture of a window that is open, into {@code target/pictures/NAME.png}. */
    public static void write(Stage stage, String name) {
        try {
            Png.write(Fx.call(() -> snapshot(stage.getScene())), FOLDER.resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> one(
            String picture,
            double width,
            double height,
            boolean dark,
            java.util.function.Supplier<Parent> view,
            java.util.function.Consumer<Scene> prepare) {
        Stage stage = Fx.call(() -> {
            var made = new Stage(StageStyle.UNDECORATED);
            var scene = new Scene(view.get(), width, height);
            Theme.dress(scene, dark);
            made.setScene(scene);
            made.setX(0);
            made.setY(0);
            made.show();
            return made;
        });
        try {
            Fx.pulses(3);
            Fx.run(() -> prepare.accept(stage.getScene()));
            Fx.pulses(16);
            List<String> clipped = Fx.call(() -> ClippedText.in(stage.getScene().getRoot()));
            WritableImage image = Fx.call(() -> snapshot(stage.getScene()));
            Png.write(image, FOLDER.resolve(picture + ".png"));
            return clipped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Fx.close(stage);
        }
    }

    private static WritableImage snapshot(Scene scene) {
        var parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(SCALE, SCALE));
        parameters.setFill(scene.getFill());
        var image = new WritableImage((int) (scene.getWidth() * SCALE), (int) (scene.getHeight() * SCALE));
        parameters.setViewport(
                new javafx.geometry.Rectangle2D(0, 0, scene.getWidth() * SCALE, scene.getHeight() * SCALE));
        return scene.getRoot().snapshot(parameters, image);
    }
}
