package org.coffer.window.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.dialog.Question;
import org.junit.jupiter.api.Test;

/** What pictures leave behind: nothing, however many are taken. */
class PicturesTest {
    private static final int PATIENCE = 50;

    private final List<WeakReference<Parent>> seen = new ArrayList<>();

    /** A page with an open question, which waits for an answer that nobody gives. */
    private Parent asking(Kit kit) {
        var host = new DialogHost();
        host.setPage(new Label("page"));
        Question question = Question.plain(Sentence.data("Go on?"), Sentence.data("Go on"));
        Platform.runLater(() -> new ModalDialogs(() -> kit, host).confirm(question));
        seen.add(new WeakReference<>(host));
        return host;
    }

    @Test
    void aPictureOfAnOpenDialogKeepsNothingAlive() {
        new Pictures(Clock.systemUTC(), true).take("kept", 640, 400, this::asking, scene -> {});
        // The toolkit itself holds the window that was last in use.
        new Pictures(Clock.systemUTC(), true).take("kept", 640, 400, kit -> new Label("next"), scene -> {});

        long kept = seen.size();
        for (int i = 0; i < PATIENCE && kept > 0; i++) {
            System.gc();
            Fx.pulses(2);
            kept = seen.stream().filter(each -> each.get() != null).count();
        }

        assertThat(seen).hasSize(4);
        assertThat(kept).isZero();
    }
}
