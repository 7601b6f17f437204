package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
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

    /** Runs a child until the given part of {@code wholeMillis} has passed since it began, then kills it. */
    private long run(String act, String what, double part, long wholeMillis) throws Exception {
        Process child = child(act, what);
        try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("open");
            long began = System.nanoTime();
            if (part >= 1) {
                assertThat(said.readLine()).isEqualTo("ended");
                return Math.max(50, (System.nanoTime() - began) / 1_000_000);
            }
            boolean ended = child.waitFor(Math.round(wholeMillis * part), TimeUnit.MILLISECONDS);
            assertThat(ended && child.exitValue() != 0).as("died by itself").isFalse();
            return wholeMillis;
        } finally {
            // SIGKILL: nothing in the process gets a chance to tidy up.
            child.destroyForcibly().waitFor();
        }
    }

    private Process child(String act, String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx384m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VictimProcess.class.getName(),
                        root.resolve("home").toString(),
                        act,
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void nothingIsStuck(TestHome home) {
        assertThat(home.console().tasks().open()).isEmpty();
        for (Backup backup : home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 100)) {
            assertThat(backup.status()).as(backup.name()).isIn(BackupStatus.AVAILABLE, BackupStatus.ERROR);
            assertThat(backup.status() == BackupStatus.AVAILABLE
                            || backup.problem().isPresent())
                    .as(backup.name() + " says why")
                    .isTrue();
            backup.problem().ifPresent(Refusals::spoken);
            assertThat(backup.damaged()).as(backup.name()).isFalse();
        }
        for (Vault vault : home.console().vaults().list(VaultFilter.ALL)) {
            assertThat(vault.status()).isEqualTo(VaultStatus.AVAILABLE);
        }
        for (Task task : home.console().tasks().list(TaskFilter.ALL, 0, 100)) {
            assertThat(task.status()).isIn(TaskStatus.SUCCEEDED, TaskStatus.FAILED);
            task.problem().ifPresent(Refusals::spoken);
        }
        assertThat(home.console().audit().firstBrokenLine()).isEmpty();
    }

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
            whole = run("backup", "killed-" + moment, moment == 0 ? 1 : moment / 8.5, whole);
            byte[] now = Files.readAllBytes(disk.path());
            try (TestHome home = new TestHome(root)) {
                nothingIsStuck(home);
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
        String url = "jdbc:h2:file:" + home.root().resolve("home/catalog");
        home.restart(() -> {
            try (var connection = java.sql.DriverManager.getConnection(url, "coffer", "");
                    var act = connection.createStatement()) {
                act.executeUpdate("update vault set status = '" + status + "'");
                act.executeUpdate(
                        "insert into task (id, kind, status, stage, done, total, stored, object_name, vault_id,"
                                + " vault_name, parameters, who, origin, created_at, seen) values ('"
                                + java.util.UUID.randomUUID() + "', '" + kind
                                + "', 'RUNNING', 'WAITING', 0, 0, 0, 'vault_a', '"
                                + vault.id() + "', 'vault_a', '" + parameters + "', 'alice', 'WINDOW', 1, true)");
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
