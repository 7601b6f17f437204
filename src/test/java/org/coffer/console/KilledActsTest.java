package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Round;
import org.coffer.engine.work.Work;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T4, S3: a process that is killed with SIGKILL while it deletes or restores. The moments are things seen from outside:
 * an object that appeared in the vault, a block of the target that was written. Needs root, for a loop device.
 */
class KilledActsTest {
    private static final int LEAF = 8 << 20;

    /** MB a second. */
    private static final long SLOW = 20;

    @TempDir
    private Path root;

    private static void isSound(TestHome home, Vault vault) {
        var open = home.console().vaults().open().get(vault.id());
        assertThat(open.damaged()).isEmpty();
        assertThat(open.verify(
                                open.backups().stream().map(Commit::id).collect(Collectors.toSet()),
                                Round.everything(),
                                Work.quiet())
                        .damaged())
                .isEmpty();
    }

    private static boolean holdsAny(Path folder) throws IOException {
        return !Victim.names(folder).isEmpty();
    }

    @Test
    void whatWasBeingDeletedIsWholeOrGone() throws Exception {
        Disk disk;
        Vault vault;
        Backup kept;
        byte[] first;
        Path objects;
        Backup victim;
        try (TestHome home = new TestHome(root)) {
            disk = home.image("web", 16);
            vault = home.vault("vault_a", disk);
            first = Files.readAllBytes(disk.path());
            kept = home.backUp(vault, disk, "kept");
            objects = home.objects(vault);
            victim = victim(home, vault, disk, 0);
        }
        for (String moment : List.of("begun", "marked", "soon", "later", "condemned")) {
            byte[] content = Files.readAllBytes(disk.path());
            Path mark = objects.resolve("gone").resolve(victim.session().orElseThrow());
            String id = victim.id().toString();
            switch (moment) {
                case "begun" -> Victim.killedWhenBegun(root, "delete", id);
                case "marked" -> Victim.killed(root, "delete", id, () -> Files.exists(mark));
                case "soon" -> Victim.killed(root, "delete", id, Victim.after(15));
                case "later" -> Victim.killed(root, "delete", id, Victim.after(60));
                default -> Victim.killed(root, "delete", id, () -> holdsAny(objects.resolve("condemned")));
            }
            boolean gone = Files.exists(mark);
            switch (moment) {
                case "begun" -> assertThat(gone).as(moment).isFalse();
                case "marked", "condemned" -> assertThat(gone).as(moment).isTrue();
                default -> {
                    // Before or after, as the machine is fast or slow: the mark tells.
                }
            }
            try (TestHome home = new TestHome(root)) {
                Victim.leftNothingStuck(home);
                Optional<Backup> left = home.console().backups().find(victim.id());
                assertThat(left.isEmpty()).as(moment).isEqualTo(gone);
                if (left.isPresent()) {
                    assertThat(left.get().status()).as(moment).isEqualTo(BackupStatus.AVAILABLE);
                    assertThat(home.restored(left.get())).isEqualTo(content);
                    home.delete(left.get());
                }
                isSound(home, vault);
                home.done(home.console().cleaning().start(vault.id()));
                isSound(home, vault);
                assertThat(holdsAny(objects.resolve("data/" + victim.session().orElseThrow())))
                        .as("what only it held is freed in the end")
                        .isFalse();
                assertThat(home.restored(kept)).isEqualTo(first);
                victim = victim(home, vault, disk, moment.hashCode());
            }
        }
    }

    private static Backup victim(TestHome home, Vault vault, Disk disk, int seed) throws Exception {
        home.change(disk, 0, 6_000_000, seed);
        return home.backUp(vault, disk, "victim");
    }

    @Test
    void aRestoreOntoAnImageGoesOnWhereItWasKilled() throws Exception {
        Disk disk;
        Vault vault;
        try (TestHome home = new TestHome(root)) {
            disk = home.image("web", 160);
            vault = home.vault("vault_a", disk);
        }
        restoreIsKilledAndGoesOn(vault, disk, 144_000_000, 0, 1);
    }

    @Test
    void aRestoreOntoADeviceGoesOnWhereItWasKilled() throws Exception {
        Path file = root.resolve("disk.raw");
        Shell.run("dd", "if=/dev/urandom", "of=" + file, "bs=1M", "count=152", "status=none");
        try (LoopDevice loop = LoopDevice.attach(file)) {
            Disk disk;
            Vault vault;
            try (TestHome home = new TestHome(root)) {
                disk = home.device(loop.path());
                vault = home.vault("vault_a", disk);
            }
            restoreIsKilledAndGoesOn(vault, disk, 144_000_000, 0, 1);
        }
    }

    /**
     * Kills a restore once a good half of each of some leaves was written; at first before anything can have been. There are more
     * than are restored at once: of those all may be there soon after the first.
     */
    private void restoreIsKilledAndGoesOn(Vault vault, Disk disk, int changed, int... leaves) throws Exception {
        byte[] right;
        Backup backup;
        try (TestHome home = new TestHome(root)) {
            right = Files.readAllBytes(disk.path());
            backup = home.backUp(vault, disk, "one");
            prepare(home, vault, disk, changed);
        }
        assertKilled(vault, disk, backup, right, changed, () -> true, false);
        for (int leaf : leaves) {
            long place = (long) leaf * LEAF + LEAF * 5 / 8;
            assertKilled(vault, disk, backup, right, changed, () -> isRight(disk, right, place), true);
        }
    }

    private static boolean isRight(Disk disk, byte[] right, long place) throws IOException {
        byte[] now = new byte[4096];
        try (RandomAccessFile in = new RandomAccessFile(disk.path().toFile(), "r")) {
            in.seek(place);
            in.readFully(now);
        }
        return Arrays.equals(now, Arrays.copyOfRange(right, (int) place, (int) place + now.length));
    }

    private void assertKilled(
            Vault vault, Disk disk, Backup backup, byte[] right, int changed, Victim.Moment moment, boolean middle)
            throws Exception {
        byte[] wrong = Files.readAllBytes(disk.path());
        boolean killed = Victim.killed(root, "restore", backup.id().toString(), moment);
        byte[] left = Files.readAllBytes(disk.path());
        try (TestHome home = new TestHome(root)) {
            home.console().locations().limit(vault.locationId(), 0);
            Victim.leftNothingStuck(home);
            assertThat(home.again(backup.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            isSound(home, vault);
            boolean marked =
                    home.console().disks().look(disk.id()).unfinishedRestore().isPresent();
            if (middle) {
                assertThat(killed).as("killed in the middle").isTrue();
                assertThat(Arrays.equals(left, wrong)).as("nothing was written").isFalse();
                assertThat(Arrays.equals(left, right)).as("all was written").isFalse();
            }
            assertThat(marked || Arrays.equals(left, wrong))
                    .as("nothing changed without a mark")
                    .isTrue();
            if (marked) {
                assertThat(home.failed(home.tryBackUp(vault, disk, "never")).code())
                        .isEqualTo("disk.unfinished");
            }
            Task again = home.restore(backup, new Target.Original());
            long written = ((Number) again.outcome().getOrDefault("written", -1)).longValue();
            assertThat(written).isLessThan(middle ? changed - LEAF / 2 : changed + LEAF);
            assertThat(Files.mismatch(disk.path(), file(right))).isEqualTo(-1);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
            deleteFailed(home);
            prepare(home, vault, disk, changed);
        }
    }

    private static void prepare(TestHome home, Vault vault, Disk disk, int changed) throws IOException {
        home.change(disk, 0, changed, 1);
        // Slow enough that the moment to kill comes long before the end, on any machine.
        home.console().locations().limit(vault.locationId(), SLOW);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(root.resolve("right"), content);
    }

    private static void deleteFailed(TestHome home) throws InterruptedException {
        for (Backup backup : home.console()
                .backups()
                .list(
                        org.coffer.console.backup.BackupFilter.ALL.withText("never"),
                        org.coffer.console.backup.BackupSort.NEWEST,
                        0,
                        9)) {
            home.delete(backup);
        }
    }
}
