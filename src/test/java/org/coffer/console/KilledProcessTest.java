package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T4: a process that is killed with SIGKILL at any moment leaves nothing stuck, no backup lost, and a vault that works.
 *
 * <p>One run is let through to learn how long the work takes; the others are killed after so many parts of that time.
 */
class KilledProcessTest {
    @TempDir
    private Path root;

    private void restores(TestHome home, Backup backup, byte[] content) throws Exception {
        Path copy = root.resolve("copy.img");
        Files.deleteIfExists(copy);
        home.restore(backup, new Target.NewFile(copy));
        assertThat(Files.readAllBytes(copy)).as(backup.name()).isEqualTo(content);
    }

    @Test
    void killedInTheMiddleOfABackup() throws Exception {
        Disk disk;
        Vault vault;
        Backup one;
        byte[] first;
        try (TestHome home = new TestHome(root)) {
            disk = home.image("web", 24);
            vault = home.vault("vault_a", disk);
            first = Files.readAllBytes(disk.path());
            one = home.backUp(vault, disk, "one");
        }
        long whole = 0;
        int settledWhole = 0;
        for (int moment = 0; moment <= 8; moment++) {
            try (TestHome home = new TestHome(root)) {
                home.change(disk, 0, 12_000_000, moment);
            }
            if (moment == 0) {
                whole = Victim.runs(root, "backup", "killed-0");
            } else {
                Victim.killed(root, "backup", "killed-" + moment, Victim.after(Math.round(whole * moment / 8.5)));
            }
            byte[] now = Files.readAllBytes(disk.path());
            try (TestHome home = new TestHome(root)) {
                Victim.leftNothingStuck(home);
                restores(home, one, first);
                for (Backup backup : named(home, "killed-" + moment)) {
                    if (backup.status() == BackupStatus.AVAILABLE) {
                        settledWhole++;
                        restores(home, backup, now);
                    }
                }
                Backup next = home.backUp(vault, disk, "next-" + moment);
                restores(home, next, now);
                home.delete(next);
            }
        }
        System.out.printf("backup takes %d ms; %d of 9 were whole%n", whole, settledWhole);
        assertThat(settledWhole).isPositive();
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
}
