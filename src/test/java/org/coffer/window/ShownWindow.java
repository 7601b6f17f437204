package org.coffer.window;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import javafx.scene.Parent;
import javafx.stage.Stage;
import org.coffer.console.Console;
import org.coffer.text.Language;
import org.coffer.window.picture.Fx;
import org.coffer.window.settings.About;
import org.coffer.window.tray.Tray;

/** The whole window over a console, in one language. */
final class ShownWindow implements AutoCloseable {
    private final Works works = new Works();
    private final Stage stage;

    /** Shows it, and waits until it shows all that it has to. {@code root} holds the home. */
    ShownWindow(Console console, Clock clock, Language language, Path root) {
        stage = Fx.call(() -> {
            var app = new App(
                    new About("0.1", root.resolve("home"), root.resolve("log"), Optional.empty()),
                    Optional.of(language),
                    false,
                    clock,
                    Tray.NONE,
                    works);
            var window = new Stage();
            window.setX(0);
            window.setY(0);
            app.show(window);
            app.furnish(console, App.look(console));
            return window;
        });
        settle();
    }

    /** Waits until the window shows all that it has to. */
    void settle() {
        works.settle();
    }

    Stage stage() {
        return stage;
    }

    Parent root() {
        return stage.getScene().getRoot();
    }

    @Override
    public void close() {
        Fx.close(stage);
    }
}
