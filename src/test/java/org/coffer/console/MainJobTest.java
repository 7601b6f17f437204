package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Consistency;
import org.coffer.console.backup.Kind;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through the services: protect, change, protect again, delete in the middle, get everything back. */
class MainJobTest {
    @TempDir
    Path root;

    @Test
    void aDiskComesBackToTheExactBytesOfAChosenMoment() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web-data", 40);
            Vault vault = home.vault("vault_main", disk);
            byte[] first = Files.readAllBytes(disk.path());
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 3_000_000, 4096, 1);
            byte[] second = Files.readAllBytes(disk.path());
            Backup two = home.backUp(vault, disk, "two");
            home.change(disk, 9_000_000, 4096, 2);
            Backup three = home.backUp(vault, disk, "three");
            byte[] third = Files.readAllBytes(disk.path());

            assertThat(one.kind()).isEqualTo(Kind.FULL);
            assertThat(two.kind()).isEqualTo(Kind.INCREMENTAL);
            assertThat(one.consistency()).isEqualTo(Consistency.CRASH);
            assertThat(two.sizes().added()).isLessThan(200_000).isPositive();
            assertThat(home.again(vault).used()).isGreaterThan(20_000_000);

            home.console().deletion().delete(List.of(two.id())).forEach(task -> wait(home, task));
            home.change(disk, 0, 30_000_000, 3);
            restore(home, one, new Target.Original());
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(first);
            Path copy = root.resolve("copy.img");
            restore(home, three, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(third).isNotEqualTo(second);
        }
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web-data", 10);
            Vault vault = home.vault("vault_main", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.restart();
            assertThat(home.again(vault).disks()).containsExactly(disk.id());
            assertThat(home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 10))
                    .extracting(Backup::id)
                    .containsExactly(one.id());
            home.change(disk, 0, 1000, 7);
            Backup two = home.backUp(vault, disk, "two");
            assertThat(two.kind()).isEqualTo(Kind.INCREMENTAL);
        }
    }

    @Test
    void deletingTheFullBackupShowsTheNextAsFullAndFreesWhatOnlyItHeld() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web-data", 40);
            Vault vault = home.vault("vault_main", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 20_000_000, 5);
            Backup two = home.backUp(vault, disk, "two");
            long before = home.again(vault).used();
            home.console().deletion().delete(List.of(one.id())).forEach(task -> wait(home, task));
            assertThat(home.again(two.id()).kind()).isEqualTo(Kind.FULL);
            assertThat(home.again(vault).used()).isLessThan(before - 15_000_000);
        }
    }

    private static void restore(TestHome home, Backup backup, Target target) throws InterruptedException {
        home.done(home.console().restores().start(new NewRestore(backup.id(), target, true)));
    }

    private static void wait(TestHome home, Task task) {
        try {
            home.done(task);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
