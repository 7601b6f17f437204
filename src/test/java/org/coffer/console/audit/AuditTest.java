package org.coffer.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** U1, U2: who did what, from where, in a record that shows when it was touched. */
class AuditTest {
    private static final Caller ALICE = new Caller("alice", Caller.From.WINDOW);

    @TempDir
    private Path root;

    /** Everything that an administrator can do with disk vaults, once. */
    private static void everything(TestHome home) throws Exception {
        var console = home.console();
        Disk disk = home.image("web", 2);
        Disk spare = home.image("spare", 1);
        Vault vault = home.vault("vault_a", disk);
        console.vaults().rename(vault.id(), "vault_b", "words");
        console.vaults().keys().sheet(vault.id());
        console.vaults().keys().sheetSaved(vault.id());
        console.vaults().keys().changePassphrase(vault.id(), "long enough".toCharArray());
        console.vaults().keys().unlock(vault.id(), "long enough".toCharArray());
        console.vaults().bindings().bind(vault.id(), List.of(spare.id()));
        console.unbinding().unbind(vault.id(), List.of(spare.id()), Unbinding.Fate.KEEP);
        console.disks().remove(spare.id());
        Backup one = home.backUp(vault, disk, "one");
        console.backups().rename(one.id(), "two", "");
        console.deletion().trash().put(List.of(one.id()));
        console.deletion().trash().takeBack(one.id());
        home.restore(one, new Target.Original());
        home.done(console.cleaning().start(vault.id()));
        home.done(console.capacity().expand(vault.id(), 1));
        failAndRetry(home, vault, disk);
        home.delete(one);
        Disk big = home.image("big", 100);
        console.vaults().bindings().bind(vault.id(), List.of(big.id()));
        Task running;
        try (TestHome.Slowed _ = home.slowed(vault)) {
            running = home.begin(vault, big, "three", true);
            console.tasks().cancel(running.id());
        }
        console.tasks().await(running.id());
        console.trash().delete(vault.id(), "vault_b");
        console.trash().restore(vault.id());
        console.trash().delete(vault.id(), "vault_b");
        home.done(console.trash().purge(vault.id()));
        Location place = console.locations()
                .add(new NewLocation("other", Files.createDirectory(home.root().resolve("other")), ""));
        console.locations().remove(place.id());
    }

    private static void failAndRetry(TestHome home, Vault vault, Disk disk) throws Exception {
        Path away = home.root().resolve("away");
        Files.move(disk.path(), away);
        Task failed = home.tryBackUp(vault, disk, "bad");
        home.failed(failed);
        Files.move(away, disk.path());
        home.done(home.console().tasks().retry(failed.id()));
        home.console().tasks().delete(failed.id());
    }

    @Test
    void everyActIsRecordedWithWhoAndFromWhereAlsoWhatATaskDoesForThem() throws Exception {
        try (TestHome home = new TestHome(root)) {
            ALICE.run(() -> {
                try {
                    everything(home);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            List<AuditEntry> all = home.console().audit().list(AuditFilter.ALL, 0, 1000);
            Set<AuditEvent> seen = all.stream().map(AuditEntry::event).collect(Collectors.toSet());
            assertThat(seen)
                    .contains(
                            AuditEvent.CREATE_LOCATION,
                            AuditEvent.DELETE_LOCATION,
                            AuditEvent.CREATE_DISK,
                            AuditEvent.DELETE_DISK,
                            AuditEvent.CREATE_VAULT,
                            AuditEvent.UPDATE_VAULT,
                            AuditEvent.SHOW_RECOVERY_CODE,
                            AuditEvent.SAVE_RECOVERY_SHEET,
                            AuditEvent.UPDATE_VAULT_KEY,
                            AuditEvent.UNLOCK_VAULT,
                            AuditEvent.ADD_RESOURCES,
                            AuditEvent.REMOVE_RESOURCES,
                            AuditEvent.CREATE_BACKUP,
                            AuditEvent.UPDATE_BACKUP,
                            AuditEvent.TRASH_BACKUP,
                            AuditEvent.UNTRASH_BACKUP,
                            AuditEvent.RESTORE_BACKUP,
                            AuditEvent.DELETE_BACKUP,
                            AuditEvent.COLLECT_VAULT,
                            AuditEvent.RETRY_TASK,
                            AuditEvent.CANCEL_TASK,
                            AuditEvent.DELETE_OPERATION_LOG,
                            AuditEvent.DELETE_VAULT,
                            AuditEvent.RESTORE_VAULT,
                            AuditEvent.PURGE_VAULT);
            assertThat(all).allSatisfy(entry -> assertThat(entry.caller()).isEqualTo(ALICE));
            assertThat(all).extracting(AuditEntry::seq).isSortedAccordingTo(java.util.Comparator.reverseOrder());
            assertThat(all.stream().filter(entry -> !entry.succeeded()))
                    .allSatisfy(entry -> assertThat(entry.after()).containsKey("code"));
            assertThat(home.console().audit().firstBrokenLine()).isEmpty();
            home.restart();
            assertThat(home.console().audit().count(AuditFilter.ALL)).isEqualTo(all.size());
            assertThat(home.console().audit().firstBrokenLine()).isEmpty();
        }
    }

    @Test
    void whatChangedIsKeptWithItsValuesBeforeAndAfter() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            home.console().vaults().rename(vault.id(), "vault_b", "");
            AuditEntry entry =
                    home.console().audit().list(AuditFilter.ALL, 0, 1).getFirst();
            assertThat(entry.event().apiName()).isEqualTo("updateVault");
            assertThat(entry.objectId()).isEqualTo(vault.id().toString());
            assertThat(entry.before()).containsEntry("name", "vault_a");
            assertThat(entry.after()).containsEntry("name", "vault_b");
            assertThat(entry.caller().from()).isEqualTo(Caller.From.COFFER);
        }
    }

    @Test
    void theRecordIsFilteredByAllConditionsTogether() throws Exception {
        try (TestHome home = new TestHome(root)) {
            ALICE.run(() -> home.vault("vault_a"));
            home.vault("vault_b");
            Audit audit = home.console().audit();
            assertThat(audit.count(filter(Optional.of(AuditEvent.CREATE_VAULT), Optional.empty(), "")))
                    .isEqualTo(2);
            assertThat(audit.count(filter(Optional.of(AuditEvent.CREATE_VAULT), Optional.of(Caller.From.WINDOW), "")))
                    .isEqualTo(1);
            assertThat(audit.count(filter(Optional.empty(), Optional.empty(), "VAULT_B")))
                    .isEqualTo(1);
            assertThat(audit.count(filter(Optional.empty(), Optional.empty(), "alice")))
                    .isEqualTo(2);
            assertThat(audit.count(filter(Optional.of(AuditEvent.DELETE_VAULT), Optional.empty(), "")))
                    .isZero();
        }
    }

    private static AuditFilter filter(Optional<AuditEvent> event, Optional<Caller.From> from, String text) {
        return new AuditFilter(event, from, Optional.empty(), text);
    }

    @Test
    void aChangedOrMissingRowIsFound() throws Exception {
        try (TestHome home = new TestHome(root)) {
            for (int i = 0; i < 5; i++) {
                home.vault("vault_" + i);
            }
            assertThat(home.console().audit().firstBrokenLine()).isEmpty();
            Map<String, Long> acts = new java.util.LinkedHashMap<>();
            acts.put("update audit set who = 'mallory' where seq = 4", 4L);
            acts.put("update audit set who = '%s' where seq = 4".formatted(System.getProperty("user.name")), 0L);
            acts.put("update audit set change_after = '{}' where seq = 3", 3L);
            acts.put("delete from audit where seq = 2", 2L);
            for (var act : acts.entrySet()) {
                home.restart(() -> sql(home, act.getKey()));
                assertThat(home.console().audit().firstBrokenLine())
                        .as(act.getKey())
                        .isEqualTo(act.getValue() == 0 ? Optional.empty() : Optional.of(act.getValue()));
            }
        }
    }

    private static void sql(TestHome home, String statement) {
        String url = "jdbc:h2:file:" + home.root().resolve("home/catalog");
        try (var connection = DriverManager.getConnection(url, "coffer", "");
                var act = connection.createStatement()) {
            assertThat(act.executeUpdate(statement)).isEqualTo(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailedRestoreIsRecordedAsFailed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            TestHome.erase(home.objects(vault).resolve("data"));
            Task task = home.console()
                    .restores()
                    .start(new NewRestore(one.id(), new Target.NewFile(root.resolve("copy.img")), true));
            assertThat(home.failed(task).code()).isEqualTo("vault.damaged");
            AuditEntry entry =
                    home.console().audit().list(AuditFilter.ALL, 0, 1).getFirst();
            assertThat(entry.event()).isEqualTo(AuditEvent.RESTORE_BACKUP);
            assertThat(entry.succeeded()).isFalse();
            assertThat(entry.after()).containsEntry("code", "vault.damaged");
        }
    }
}
