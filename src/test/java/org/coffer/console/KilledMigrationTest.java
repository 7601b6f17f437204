package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Round;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * V15, T4: a process that is killed with SIGKILL while it moves a disk from one vault to the other. Whenever that is, each
 * backup is on the list once, all of them in one vault, and restores; going on ends it, and nothing is left in the other.
 */
class KilledMigrationTest {
    /** MB a second. */
    private static final long SLOW = 20;

    @TempDir
    private Path root;

    private Disk disk;
    private Vault from;
    private Vault to;
    /** What each backup holds, by its name. */
    private final Map<String, byte[]> contents = new TreeMap<>();

    @BeforeEach
    void threeBackups() throws Exception {
        try (TestHome home = new TestHome(root)) {
            disk = home.image("web", 12);
            from = home.vault("vault_a", disk);
            to = home.vault("vault_b");
            for (String name : List.of("one", "two", "three")) {
                home.change(disk, 2_000_000, 3_000_000, name.hashCode());
                contents.put(name, Files.readAllBytes(disk.path()));
                home.backUp(from, disk, name);
            }
            home.console().locations().limit(from.locationId(), SLOW);
        }
    }

    private Path objects(Vault vault) {
        return root.resolve("place").resolve("vault-" + vault.id());
    }

    private static int count(Path folder) throws IOException {
        return Victim.names(folder).size();
    }

    /** Holds what is there against what has to be, ends the migration, and lets the next one go the other way. */
    private boolean looksRightAndGoesOn(String moment) throws Exception {
        try (TestHome home = new TestHome(root)) {
            home.console().locations().limit(from.locationId(), 0);
            Victim.leftNothingStuck(home);
            boolean moved = lieInOne(home, moment);
            if (!moved) {
                assertThat(home.again(from).disks()).as(moment).containsExactly(disk.id());
                for (Task task : home.console().migrations().start(from.id(), List.of(), to.id())) {
                    home.done(task);
                }
                assertThat(lieInOne(home, moment)).isTrue();
            }
            assertThat(home.again(to).disks()).as(moment).containsExactly(disk.id());
            home.console().migrations().housekeeping();
            assertThat(sound(home, from))
                    .as("left at the source after " + moment)
                    .isZero();
            assertThat(sound(home, to)).isEqualTo(contents.size());
            home.done(home.console().cleaning().start(from.id()));
            home.done(home.console().cleaning().start(to.id()));
            assertThat(sound(home, to)).isEqualTo(contents.size());
            home.console().locations().limit(from.locationId(), SLOW);
            Vault other = from;
            from = to;
            to = other;
            return moved;
        }
    }

    /** Whether all lie in the target; all of them restore. */
    private boolean lieInOne(TestHome home, String moment) throws Exception {
        List<Backup> rows = new ArrayList<>(home.console().backups().ofVaultWithTrash(from.id()));
        boolean moved = rows.isEmpty();
        rows.addAll(home.console().backups().ofVaultWithTrash(to.id()));
        assertThat(rows.stream().map(Backup::name)).as(moment).containsExactlyInAnyOrderElementsOf(contents.keySet());
        assertThat(rows.stream().map(Backup::vaultId).distinct()).as(moment).hasSize(1);
        for (Backup row : rows) {
            assertThat(home.restored(row)).as(row.name() + " after " + moment).isEqualTo(contents.get(row.name()));
        }
        return moved;
    }

    private static int sound(TestHome home, Vault vault) {
        var open = home.console().vaults().open().get(vault.id());
        open.refresh();
        assertThat(open.damaged()).isEmpty();
        assertThat(open.verify(
                                open.backups().stream().map(Commit::id).collect(Collectors.toSet()),
                                Round.everything(),
                                Work.quiet())
                        .damaged())
                .isEmpty();
        return open.backups().size();
    }

    @Test
    void aMigrationThatIsKilledLeavesEveryBackupInOnePlaceAndGoesOn() throws Exception {
        Victim.killedWhenBegun(root, "migrate", to.name());
        assertThat(looksRightAndGoesOn("begun")).isFalse();
        for (int copies : new int[] {1, 3}) {
            Path commits = objects(to).resolve("commit");
            int before = count(commits);
            Victim.killed(root, "migrate", to.name(), () -> count(commits) >= before + copies);
            assertThat(looksRightAndGoesOn(copies + " copies"))
                    .as("after " + copies + " copies")
                    .isFalse();
        }
        Path gone = objects(from).resolve("gone");
        int before = count(gone);
        Victim.killed(root, "migrate", to.name(), () -> count(gone) > before);
        assertThat(looksRightAndGoesOn("the first original deleted")).isTrue();
    }

    @Test
    @Tag("long")
    void killedAtManyRandomMoments() throws Exception {
        SplittableRandom random = new SplittableRandom(15);
        int moved = 0;
        for (int round = 0; round < 40; round++) {
            long millis = random.nextLong(3_000);
            Victim.killed(root, "migrate", to.name(), Victim.after(millis));
            moved += looksRightAndGoesOn("round " + round + ", " + millis + " ms") ? 1 : 0;
        }
        assertThat(moved).as("before and after the change of hands").isBetween(1, 39);
    }
}
