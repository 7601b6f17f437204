package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.control.Labeled;
import javafx.scene.layout.StackPane;
import org.coffer.console.TestHome;
import org.coffer.console.policy.Agenda;
import org.coffer.console.policy.Policy;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of what is asked when the window is closed and when Coffer is ended, and fails where words are clipped. */
@Tag("pictures")
class FarewellPicturesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:40:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Asia/Shanghai"));

    @TempDir
    private Path root;

    /** What stands in the pictures, of all languages. */
    private final Set<String> read = new HashSet<>();

    private List<String> asked(String name, Consumer<Farewell> asks) {
        read.clear();
        return new Pictures(CLOCK)
                .take(
                        name,
                        1280,
                        680,
                        kit -> {
                            var host = new DialogHost();
                            host.setPage(new StackPane());
                            var farewell = new Farewell(new ModalDialogs(() -> kit, host), LayoutMemory.shortLived());
                            Platform.runLater(() -> asks.accept(farewell));
                            return host;
                        },
                        scene -> Person.all(scene.getRoot()).stream()
                                .filter(Labeled.class::isInstance)
                                .forEach(node -> read.add(((Labeled) node).getText())));
    }

    @Test
    void whatIsAskedBeforeTheWindowClosesFits() throws Exception {
        try (var home = new TestHome(root, CLOCK)) {
            Vault vault = home.vault("办公室_weekly_archive_of_the_office", home.image("web-data", 1));
            Policy nightly = home.console().policies().list().getFirst();
            var next = Optional.of(new Agenda.Upcoming(nightly, vault, NOW.plusSeconds(50_000)));
            assertThat(asked("close-next", one -> one.ask(new Farewell.Left(false, false, next, false))))
                    .isEmpty();
            assertThat(asked("close-next-tray", one -> one.ask(new Farewell.Left(true, false, next, true))))
                    .isEmpty();
            assertThat(asked("quit-next", one -> one.askToEnd(new Farewell.Left(true, true, next, true))))
                    .isEmpty();
        }
        assertThat(asked("close-busy", one -> one.ask(new Farewell.Left(true, false, Optional.empty(), true))))
                .isEmpty();
        assertThat(asked("close-open", one -> one.ask(new Farewell.Left(false, true, Optional.empty(), false))))
                .isEmpty();
    }

    @Test
    void whoEndsItWhileOnlyDisksAreOpenIsNotToldOfWork() {
        Text text = Text.of(Language.ENGLISH, CLOCK);
        assertThat(asked("quit-open", one -> one.askToEnd(new Farewell.Left(false, true, Optional.empty(), true))))
                .isEmpty();
        assertThat(read)
                .contains(text.get("window.quit.open"), text.get("window.close.end.open"))
                .doesNotContain(text.get("window.quit.work"));
        assertThat(asked("quit-busy", one -> one.askToEnd(new Farewell.Left(true, true, Optional.empty(), true))))
                .isEmpty();
        assertThat(read)
                .contains(text.get("window.quit.work"), text.get("window.close.end.busy"))
                .doesNotContain(text.get("window.quit.open"));
    }
}
