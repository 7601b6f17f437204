package org.coffer.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.MovableClock;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After 30 days with backups the overview offers to try a restore, until one was tried. */
class UntriedTest {
    @TempDir
    private Path root;

    @Test
    void aRestoreIsOfferedAfterThirtyDaysUntilOneWasTried() throws Exception {
        var clock = new MovableClock();
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            clock.push(Duration.ofDays(30).minusMinutes(5));
            assertThat(untried(home)).isEmpty();
            clock.push(Duration.ofMinutes(10));
            assertThat(untried(home)).contains(disk.id());
            home.restore(one, new Target.NewFile(root.resolve("copy.img")));
            assertThat(untried(home)).isEmpty();
        }
    }

    private static Optional<UUID> untried(TestHome home) {
        return home.console().overviews().now().untried();
    }
}
