package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.HangingLocation;
import org.coffer.console.TestHome;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A location that hangs in the middle of a backup, as a mount of a server that went away does: a pipe in the place of its
 * marker holds every thread in the kernel that looks at it.
 */
@Timeout(300)
class SilentLocationTest {
    @TempDir
    private Path root;

    /** Begins a backup, slowly, and lets its location hang when it has begun to read. */
    private static HangingLocation hanging(TestHome home, Task task) throws Exception {
        home.awaitStep(task, "reading");
        HangingLocation hanging = new HangingLocation(home.root().resolve("place"));
        hanging.await();
        return hanging;
    }

    @Test
    void aBackupWhoseLocationHangsCanBeCanceledAndOtherLocationsGoOn() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Disk other = home.image("mail", 4);
            Vault vault = home.vault("vault_a", disk);
            Vault apart = home.console().vaults().create(at(second(home), other));
            TestHome.Slowed slowed = home.slowed(vault);
            Task task = home.begin(vault, disk, "hangs");
            Backup fine;
            try (HangingLocation _ = hanging(home, task)) {
                fine = home.backUp(apart, other, "elsewhere");

                home.console().tasks().cancel(task.id());
                assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
                assertThat(home.console()
                                .backups()
                                .find(home.console()
                                        .tasks()
                                        .find(task.id())
                                        .orElseThrow()
                                        .subject()
                                        .backupId()
                                        .orElseThrow()))
                        .isEmpty();
            }
            slowed.close();
            assertThat(home.restored(fine)).isEqualTo(Files.readAllBytes(other.path()));
            Backup next = home.backUp(vault, disk, "next");
            assertThat(home.restored(next)).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }

    @Test
    void theProgramClosesWhileALocationHangsAndSettlesWhenItIsBack() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            TestHome.Slowed slowed = home.slowed(vault);
            Task task = home.begin(vault, disk, "hangs");
            HangingLocation hanging = hanging(home, task);
            home.restart(hanging::close);
            slowed.close();

            Task ended = home.console().tasks().find(task.id()).orElseThrow();
            assertThat(ended.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(ended.problem().orElseThrow().code()).isEqualTo("task.interrupted");
            Backup next = home.backUp(vault, disk, "next");
            assertThat(home.restored(next)).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }

    private static Location second(TestHome home) throws IOException {
        Path folder = Files.createDirectory(home.root().resolve("second"));
        try (RandomAccessFile reserve =
                new RandomAccessFile(folder.resolve("coffer-reserve").toFile(), "rw")) {
            reserve.setLength(64 << 20);
        }
        return home.console().locations().add(new NewLocation("second", folder, ""));
    }

    private static NewVault at(Location location, Disk disk) {
        return new NewVault(
                "vault_b", "", location.id(), 100, List.of(disk.id()), true, Optional.empty(), false, "", Map.of());
    }
}
