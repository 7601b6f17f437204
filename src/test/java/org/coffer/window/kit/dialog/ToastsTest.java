package org.coffer.window.kit.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Hyperlink;
import javafx.scene.input.Clipboard;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Theme;
import org.coffer.window.picture.Fx;
import org.junit.jupiter.api.Test;

/** News at the bottom right. */
class ToastsTest {
    private final Kit kit =
            new Kit(Text.of(Language.ENGLISH, Clock.systemUTC()), LayoutMemory.shortLived(), Clock.systemUTC());
    private final Toasts toasts = Fx.call(() -> new Toasts(() -> kit));

    @Test
    void atMostFourAreSeen() {
        Fx.run(() -> {
            for (int i = 0; i < 6; i++) {
                toasts.tell(Sentence.data("news " + i), Optional.empty());
            }
            assertThat(toasts.getChildren()).hasSize(4);
        });
    }

    @Test
    void anErrorCanBeCopiedAndStaysUntilItIsClosed() {
        Fx.run(() -> {
            var scene = new Scene(toasts, 600, 300);
            Theme.dress(scene, false);
            toasts.error(Problem.of("bug", "details", "lost"), Optional.empty());
            toasts.applyCss();
            ((Hyperlink) toasts.lookup(".hyperlink")).fire();
            assertThat(Clipboard.getSystemClipboard().getString()).contains("code: bug", "time: ");
            assertThat(toasts.getChildren()).hasSize(1);
        });
    }
}
