package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Unlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B9, V6: that room is really freed, after a crash, beside running backups, and in a full vault. */
class CleaningTest {
    @TempDir
    private Path root;

    private static ConsoleId console(TestHome home) {
        return ConsoleId.of(home.console().settings().get("console.id").orElseThrow());
    }

    /** Leaves a session of this home in a vault without an end, as a killed process does. */
    private static SessionId die(TestHome home, Vault vault) {
        var open = home.console().vaults().open().get(vault.id());
        try (MasterKey key = open.key();
                var killed = org.coffer.engine.vault.Vault.open(
                        home.console().vaults().objects(vault.id()), vault.name(), new Unlock.Key(key), open.pin())) {
            return killed.begin(console(home), List.of()).id();
        }
    }

    private static Path gone(TestHome home, Vault vault, SessionId session) {
        return home.objects(vault).resolve("gone/" + session);
    }

    private static List<Task> cleanUps(TestHome home, Vault vault) {
        return home.console()
                .tasks()
                .list(
                        new TaskFilter(
                                Set.of(TaskType.CLEAN_UP),
                                Set.of(),
                                Optional.empty(),
                                Optional.of(vault.id()),
                                Optional.empty(),
                                ""),
                        0,
                        10);
    }

    @Test
    void aDeleteRightAfterACrashFreesWhatItShould() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 24);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            SessionId dead = die(home, vault);
            assertThat(gone(home, vault, dead)).doesNotExist();
            home.delete(one);
            assertThat(gone(home, vault, dead)).exists();
            assertThat(home.again(vault).used()).isLessThan(1_000_000);
        }
    }

    @Test
    void sessionsOfADeadProcessAreSettledWhenTheVaultIsOpened() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a", home.image("web", 1));
            SessionId dead = die(home, vault);
            home.restart();
            home.console().vaults().open().get(vault.id());
            assertThat(gone(home, vault, dead)).exists();
        }
    }

    /** The clean-ups as soon as there are more than so many: they are started a moment after what causes them has ended. */
    private static List<Task> started(TestHome home, Vault vault, int more) {
        List<Task> all = cleanUps(home, vault);
        for (Instant until = Instant.now().plusSeconds(60);
                all.size() <= more && Instant.now().isBefore(until); ) {
            Thread.onSpinWait();
            all = cleanUps(home, vault);
        }
        return all;
    }

    @Test
    void whatHadToWaitForARunningBackupIsCleanedUpByItselfAfterwards() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk web = home.image("web", 24);
            Disk mail = home.image("mail", 2);
            Vault vault = home.vault("vault_a", web, mail);
            Backup one = home.backUp(vault, web, "one");
            try (Session _ = home.console().vaults().open().get(vault.id()).begin(console(home), List.of())) {
                home.delete(one);
                // The clean-up that follows has to find the session, too.
                for (Task task : started(home, vault, 0)) {
                    home.done(task);
                }
                assertThat(home.again(vault).used()).as("held by the session").isGreaterThan(12_000_000);
                assertThat(home.console().cleaning().later(vault.id())).isGreaterThan(12_000_000);
            }
            List<Task> before = cleanUps(home, vault);
            for (Task task : before) {
                home.done(task);
            }
            home.backUp(vault, mail, "two");
            List<Task> after = started(home, vault, before.size());
            assertThat(after).hasSizeGreaterThan(before.size());
            home.done(after.getFirst());
            assertThat(home.again(vault).used()).isLessThan(3_000_000);
            assertThat(home.console().cleaning().later(vault.id())).isZero();
            home.backUp(vault, mail, "three");
            assertThat(cleanUps(home, vault)).as("once is enough").hasSameSizeAs(after);
        }
    }

    @Test
    void aFullVaultIsCleanedUpBeforeABackupIsRefused() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            NewVault plain = home.newVault("vault_a", disk);
            Vault vault = home.console()
                    .vaults()
                    .create(new NewVault(
                            plain.name(),
                            "",
                            plain.location(),
                            10,
                            plain.disks(),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            java.util.Map.of()));
            SessionId dead = die(home, vault);
            Path packs = Files.createDirectories(home.objects(vault).resolve("data/" + dead));
            // Eleven gigabytes that a dead run left behind: a hole, so that they cost nothing.
            try (RandomAccessFile pack = new RandomAccessFile(
                    packs.resolve("00000000.0-" + dead.toString().substring(0, 16))
                            .toFile(),
                    "rw")) {
                pack.setLength(11 * Vault.GB);
            }
            assertThat(home.console().vaults().measure(vault.id())).isGreaterThan(11 * Vault.GB);
            assertThat(home.again(vault).over()).isTrue();
            Task task = home.tryBackUp(vault, disk, "one");
            assertThat(task.status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(home.again(vault).used()).isLessThan(3_000_000);
        }
    }
}
