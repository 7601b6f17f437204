package org.coffer.window.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
import javafx.stage.Window;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Theme;

/**
 * Shows a view as the window of 1280×720 does (a scene of 1280×680) and finds what is clipped there: in English and light,
 * in Chinese and dark. Where pictures are asked for ({@code -Dgroups=pictures}, or {@code -Dpictures=true} with any
 * tests), it shows both languages in both looks, and draws them at twice the size into
 * {@code target/pictures/NAME-LANGUAGE-LOOK.png}.
 */
public final class Pictures {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 680;
    private static final double SCALE = 2;
    /** Longer than anything moves or rests before it is there; shorter than a message stays. */
    private static final Duration SETTLED = Duration.ofMillis(300);

    private static final Path FOLDER = Path.of("target", "pictures");

    private static final boolean ASKED_FOR = Boolean.getBoolean("pictures");

    private final Clock clock;
    private final boolean drawn;

    /** Pictures taken at {@code clock}'s time. */
    public Pictures(Clock clock) {
        this(clock, ASKED_FOR);
    }

    /** Pictures that are drawn, or only looked at. */
    Pictures(Clock clock, boolean drawn) {
        this.clock = clock;
        this.drawn = drawn;
    }

    /**
     * Takes the pictures.
     *
     * @param view makes the view in the kit's language; called on the window's thread
     * @return what is clipped in them, one line each; empty when all is well
     */
    public List<String> take(String name, Function<Kit, Parent> view) {
        return take(name, WIDTH, HEIGHT, view, scene -> {});
    }

    /**
     * Takes the pictures of a window of another size.
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
                if (!drawn && dark != (language == Language.CHINESE)) {
                    continue;
                }
                String picture = name + "-" + language.tag() + "-" + (dark ? "dark" : "light");
                var kit = new Kit(Text.of(language, clock), LayoutMemory.shortLived(), clock);
                for (String line : one(picture, width, height, dark, () -> view.apply(kit), prepare)) {
                    clipped.add(picture + ": " + line);
                }
            }
        }
        return clipped;
    }

    /** Takes one picture of a window, or a menu, that is open, into {@code target/pictures/NAME.png}, where pictures are asked for. */
    public static void write(Window open, String name) {
        if (!ASKED_FOR) {
            return;
        }
        try {
            Png.write(Fx.call(() -> snapshot(open.getScene())), FOLDER.resolve(name + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> one(
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
            Fx.pass(SETTLED);
            List<String> clipped = Fx.call(() -> ClippedText.in(stage.getScene().getRoot()));
            if (drawn) {
                WritableImage image = Fx.call(() -> snapshot(stage.getScene()));
                Png.write(image, FOLDER.resolve(picture + ".png"));
            }
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
