package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Round;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B7, T4: a process that is killed with SIGKILL in the middle of freeing room or of checking; what it had done is not done
 * again. The location is slow, so that between two packs a second or more goes by on any machine.
 */
class KilledUpkeepTest {
    private static final int BLOCK = 64 << 10;
    private static final int MEGABYTES = 200;
    /** What packs have besides frames. */
    private static final int REST = 50_000;

    /** MB a second. */
    private static final long SLOW = 10;

    @TempDir
    private Path root;

    /** Every other block of the half that is no hole becomes another one, so that half of each pack is dead when the first backup goes. */
    private static void changeHalf(Disk disk) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        byte[] block = new byte[BLOCK];
        try (RandomAccessFile out = new RandomAccessFile(disk.path().toFile(), "rw")) {
            for (long at = 0; at + BLOCK <= out.length() / 2; at += 2 * BLOCK) {
                random.nextBytes(block);
                out.seek(at);
                out.write(block);
            }
        }
    }

    /** The copies of packs of a generation that lie in a folder, and when each was written. */
    private static Map<String, FileTime> copies(Path folder, int generation) throws IOException {
        Map<String, FileTime> found = new TreeMap<>();
        for (String name : Victim.names(folder)) {
            if (name.substring(name.indexOf('.') + 1).startsWith(generation + "-")) {
                found.put(name, Files.getLastModifiedTime(folder.resolve(name)));
            }
        }
        return found;
    }

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

    private Task last(TestHome home) {
        return home.console().tasks().list(TaskFilter.ALL, 0, 1).getFirst();
    }

    @Test
    void packsThatWereRewrittenBeforeTheKillAreNotRewrittenAgain() throws Exception {
        Disk disk;
        Vault vault;
        Backup one;
        Backup two;
        Path packs;
        try (TestHome home = new TestHome(root)) {
            disk = home.image("web", MEGABYTES);
            vault = home.vault("vault_a", disk);
            one = home.backUp(vault, disk, "one");
            changeHalf(disk);
            two = home.backUp(vault, disk, "two");
            packs = home.objects(vault).resolve("data").resolve(one.session().orElseThrow());
            home.console().locations().limit(vault.locationId(), SLOW);
        }
        int all = copies(packs, 0).size();
        assertThat(all).isGreaterThanOrEqualTo(4);

        boolean deleting = Victim.killed(
                root, "delete", one.id().toString(), () -> !copies(packs, 1).isEmpty());
        Map<String, FileTime> first = copies(packs, 1);
        assertThat(deleting).isTrue();
        assertThat(first.size()).as("in the middle").isBetween(1, all - 1);
        boolean collecting =
                Victim.killed(root, "collect", "-", () -> copies(packs, 1).size() > first.size());
        Map<String, FileTime> second = copies(packs, 1);
        assertThat(collecting).isTrue();
        assertThat(second.size()).as("in the middle").isBetween(first.size() + 1, all - 1);
        assertThat(second).as("went on").containsAllEntriesOf(first);

        try (TestHome home = new TestHome(root)) {
            Victim.leftNothingStuck(home);
            home.console().locations().limit(vault.locationId(), 0);
            isSound(home, vault);
            assertThat(last(home).problem().orElseThrow().code()).isEqualTo("task.interrupted");

            home.done(home.console().tasks().retry(last(home).id()));

            assertThat(copies(packs, 1)).hasSize(all).containsAllEntriesOf(second);
            assertThat(copies(packs, 2)).as("none twice").isEmpty();
            assertThat(copies(packs, 0)).as("what was rewritten is free").isEmpty();
            isSound(home, vault);
            assertThat(home.restored(two)).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }

    @Test
    void packsThatWereCheckedBeforeTheKillAreNotReadAgain() throws Exception {
        Vault vault;
        long stored = 0;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", MEGABYTES);
            vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            for (Path pack : home.packs(vault)) {
                stored += Files.size(pack);
            }
            home.console().locations().limit(vault.locationId(), SLOW);
        }

        Victim.killedWhenPassed(root);

        try (TestHome home = new TestHome(root)) {
            Victim.leftNothingStuck(home);
            home.console().locations().limit(vault.locationId(), 0);
            Task killed = last(home);
            assertThat(killed.problem().orElseThrow().code()).isEqualTo("task.interrupted");
            String[] way = home.console()
                    .settings()
                    .get("verify.round." + vault.id())
                    .orElseThrow()
                    .split(" ", -1);
            assertThat(way[0]).isEqualTo(killed.id().toString());
            long read = Long.parseLong(way[1]);
            assertThat(read).as("in the middle").isBetween(40_000_000L, stored - 20_000_000);

            Task again = home.done(home.console().tasks().retry(killed.id()));
            assertThat(bytes(again)).isBetween(stored - read - REST, stored - read + REST);

            Task whole = home.done(home.console().verification().start(vault.id(), 100));
            assertThat(bytes(whole))
                    .as("one that is begun anew reads all of it")
                    .isGreaterThan(stored - REST);
        }
    }

    private static long bytes(Task verification) {
        return ((Number) Objects.requireNonNull(verification.outcome().get("bytes"))).longValue();
    }
}
