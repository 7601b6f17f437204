package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T4: a process that is killed with SIGKILL at any moment leaves nothing stuck, no backup lost, and a vault that works.
 *
 * <p>The moments are things seen from outside, and the location is slow: after a pack more than a second goes by before
 * the next one, on any machine. What must be left is told by the commit: if it was there when the process died, so is
 * the backup.
 */
class KilledProcessTest {
    /** MB a second. */
    private static final long SLOW = 20;

    /** Bytes that fill two packs and begin a third. */
    private static final int CHANGED = 51_000_000;

    @TempDir
    private Path root;

    @Test
    void killedInTheMiddleOfABackup() throws Exception {
        Disk disk;
        Vault vault;
        Backup one;
        byte[] first;
        Path objects;
        try (TestHome home = new TestHome(root)) {
            disk = home.image("web", 60);
            vault = home.vault("vault_a", disk);
            first = Files.readAllBytes(disk.path());
            one = home.backUp(vault, disk, "one");
            objects = home.objects(vault);
            prepare(home, vault, disk, 0);
        }
        List<String> inside = new ArrayList<>();
        List<String> committed = new ArrayList<>();
        for (String moment : List.of("never", "session", "pack 1", "pack 2", "commit", "later", "map")) {
            Set<String> before = Victim.names(objects.resolve("commit"));
            String name = "killed-" + moment.replace(' ', '-');
            switch (moment) {
                case "never" -> Victim.runs(root, "backup", name);
                case "session" -> Victim.killed(root, "backup", name, () -> running(objects) > 0);
                case "pack 1" -> Victim.killed(root, "backup", name, () -> packs(objects) >= 1);
                case "pack 2" -> Victim.killed(root, "backup", name, () -> packs(objects) >= 2);
                case "commit" ->
                    Victim.killed(
                            root,
                            "backup",
                            name,
                            () -> !Victim.names(objects.resolve("commit")).equals(before));
                case "later" -> {
                    Victim.Moment half = Victim.after(500);
                    Victim.killed(root, "backup", name, () -> packs(objects) >= 1 && half.hasCome());
                }
                default -> {
                    Set<String> maps = Victim.names(objects.resolve("map"));
                    Victim.killed(
                            root,
                            "backup",
                            name,
                            () -> !Victim.names(objects.resolve("map")).equals(maps));
                }
            }
            boolean there = !Victim.names(objects.resolve("commit")).equals(before);
            if (there) {
                committed.add(moment);
            } else if (running(objects) > 0) {
                inside.add(moment);
            }
            byte[] now = Files.readAllBytes(disk.path());
            try (TestHome home = new TestHome(root)) {
                home.console().locations().limit(vault.locationId(), 0);
                Victim.leftNothingStuck(home);
                List<Backup> left = named(home, name);
                assertThat(left)
                        .as(moment)
                        .allMatch(backup -> backup.status() == (there ? BackupStatus.AVAILABLE : BackupStatus.ERROR))
                        .hasSizeGreaterThanOrEqualTo(there ? 1 : 0);
                if (there) {
                    assertThat(home.restored(left.getFirst())).as(moment).isEqualTo(now);
                }
                Backup next = home.backUp(vault, disk, "next");
                assertThat(home.restored(next)).as("after " + moment).isEqualTo(now);
                assertThat(halfWritten(home.objects(vault)))
                        .as("takes no room after " + moment)
                        .isEmpty();
                home.delete(next);
                prepare(home, vault, disk, moment.hashCode());
            }
        }
        try (TestHome home = new TestHome(root)) {
            home.console().locations().limit(vault.locationId(), 0);
            assertThat(home.restored(one)).as("what was there before it all").isEqualTo(first);
        }
        // A map is put after the last pack and right before the commit: that one may be either.
        assertThat(inside).contains("session", "pack 1", "pack 2", "later");
        assertThat(committed).contains("never", "commit");
    }

    /** Another content, and a slow way for it. */
    private static void prepare(TestHome home, Vault vault, Disk disk, int seed) throws IOException {
        home.change(disk, 0, CHANGED, seed);
        home.console().locations().limit(vault.locationId(), SLOW);
    }

    /** How many sessions have no end yet. */
    private static long running(Path objects) throws IOException {
        Set<String> running = new HashSet<>(Victim.names(objects.resolve("session")));
        running.removeAll(Victim.names(objects.resolve("gone")));
        return running.size();
    }

    /** How many data packs the sessions without an end have stored. */
    private static long packs(Path objects) throws IOException {
        long packs = 0;
        Set<String> ended = new HashSet<>(Victim.names(objects.resolve("gone")));
        ended.addAll(Victim.names(objects.resolve("commit")));
        for (String session : Victim.names(objects.resolve("data"))) {
            packs += ended.contains(session)
                    ? 0
                    : Victim.names(objects.resolve("data").resolve(session)).size();
        }
        return packs;
    }

    private static List<Backup> named(TestHome home, String name) {
        return home.console().backups().list(BackupFilter.ALL.withText(name), BackupSort.NEWEST, 0, 10);
    }

    @Test
    void aVaultThatIsKilledWhileItGrowsOrIsPurgedIsNotStuck() throws Exception {
        // The rows as a killed process leaves them: written before, never ended.
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            leave(home, vault, "LOCKED", "EXPAND", "{\"toGb\":200}");
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
            home.done(home.console().capacity().expand(vault.id(), 1));
            home.console().trash().delete(vault.id(), "vault_a");
            leave(home, vault, "DELETING", "DELETE", "{\"wholeVault\":true}");
            assertThat(home.again(vault).status()).as("nothing was touched yet").isEqualTo(VaultStatus.AVAILABLE);
            home.console().trash().restore(vault.id());
            home.console().trash().delete(vault.id(), "vault_a");
            UUID begun = UUID.randomUUID();
            home.edit(
                    "update vault set status = 'DELETING'",
                    TestHome.openTask(begun, "DELETE", vault, "{\"wholeVault\":true}"),
                    "update task set started_at = 2 where id = '" + begun + "'");
            assertThat(home.again(vault)
                            .problem()
                            .map(Refusals::spoken)
                            .orElseThrow()
                            .code())
                    .isEqualTo("vault.half-deleted");
            assertThat(Refusals.code(() -> home.console().trash().restore(vault.id())))
                    .isEqualTo("vault.half-deleted");
            home.done(home.console().trash().purge(vault.id()));
            assertThat(home.console().vaults().find(vault.id())).isEmpty();
        }
    }

    private static void leave(TestHome home, Vault vault, String status, String kind, String parameters)
            throws IOException {
        home.edit(
                "update vault set status = '" + status + "'",
                TestHome.openTask(UUID.randomUUID(), kind, vault, parameters));
    }

    private static List<Path> halfWritten(Path objects) throws IOException {
        try (Stream<Path> all = Files.walk(objects)) {
            return all.filter(path -> path.getFileName().toString().contains(".tmp-"))
                    .toList();
        }
    }
}
