package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B5, B10: one at a time on a disk and on a backup. The other one is a row of a task that waits and never runs.
 *
 * <pre>
 *   web.img  → vault_a: "one"
 *   db.img   → vault_b: "two"
 * </pre>
 */
class LeasesTest {
    @TempDir
    private Path root;

    private TestHome home;
    private Disk web;
    private Disk db;
    private Vault a;
    private Vault b;
    private Backup one;
    private Backup two;

    @BeforeEach
    void twoDisksInTwoVaults() throws Exception {
        home = new TestHome(root);
        web = home.image("web", 2);
        db = home.image("db", 2);
        a = home.vault("vault_a", web);
        b = home.vault("vault_b", db);
        one = home.backUp(a, web, "one");
        two = home.backUp(b, db, "two");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private static NewTask work(TaskType type, Backup about, Map<String, Object> parameters) {
        return new NewTask(
                type,
                new Task.Subject(
                        about.name(),
                        Optional.of(about.vaultId()),
                        about.vaultName(),
                        Optional.of(about.diskId()),
                        about.diskName(),
                        Optional.of(about.id()),
                        Optional.empty()),
                parameters);
    }

    private static NewTask restoring(Backup from, Disk onto) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(Leases.TARGET_DISK, onto.id().toString());
        parameters.put(Leases.TARGET_PATH, onto.path().toString());
        return work(TaskType.RESTORE, from, parameters);
    }

    private Task holds(NewTask work) {
        return home.console()
                .backups()
                .leases()
                .take(() -> home.console().tasks().create(work));
    }

    private static String shortId(Task task) {
        return task.id().toString().substring(0, 8);
    }

    private Problem backUp(Vault vault) {
        return Refusals.problem(
                () -> home.console().backups().start(new NewBackup(vault.id(), List.of(), "x", "", false)));
    }

    private Problem restore(Backup backup, Target target) {
        return Refusals.problem(() -> home.console().restores().start(new NewRestore(backup.id(), target, true)));
    }

    private String delete(Backup... backups) {
        return Refusals.code(() -> home.console()
                .deletion()
                .delete(List.of(backups).stream().map(Backup::id).toList()));
    }

    @Test
    void aDiskThatARestoreOverwritesIsNotBackedUpMeanwhileWhateverVaultTheRestoreReads() {
        Task restore = holds(restoring(one, db));
        assertThat(backUp(b).code()).isEqualTo("restore.running");
        assertThat(backUp(b).args()).containsEntry("target", "db").containsEntry("task", shortId(restore));
        assertThat(home.console().backups().busy(web.id()))
                .as("only read from the vault")
                .isEmpty();
    }

    @Test
    void aDiskThatIsBackedUpOrRestoredIsNoTarget() {
        holds(work(TaskType.BACKUP, two, Map.of()));
        assertThat(restore(one, new Target.OtherDisk(db.id())).code()).isEqualTo("backup.busy");
        Task restore = holds(restoring(two, web));
        Problem refused = restore(one, new Target.Original());
        assertThat(refused.code()).isEqualTo("restore.running");
        assertThat(refused.args()).containsEntry("task", shortId(restore));
    }

    @Test
    void aFileThatARestoreMakesIsTakenAndSoIsTheMissingDiskInItsPlace() throws Exception {
        Path copy = root.resolve("copy.img");
        holds(work(TaskType.RESTORE, one, Map.of(Leases.TARGET_PATH, copy.toString())));
        assertThat(restore(two, new Target.NewFile(copy)).code()).isEqualTo("restore.running");
        home.restore(two, new Target.NewFile(root.resolve("other.img")));
        holds(work(TaskType.RESTORE, one, Map.of(Leases.TARGET_PATH, web.path().toString())));
        assertThat(backUp(a).code()).isEqualTo("restore.running");
    }

    @Test
    void aBackupIsNotDeletedWhileItIsRestoredNorRestoredWhileItIsDeleted() {
        holds(restoring(one, db));
        assertThat(delete(two, one)).isEqualTo("backup.held");
        assertThat(home.again(two.id()).status()).as("all or none").isEqualTo(BackupStatus.AVAILABLE);
        assertThat(Refusals.code(() -> home.console().deletion().trash().put(List.of(two.id(), one.id()))))
                .isEqualTo("backup.held");
        assertThat(home.again(two.id()).trashedAt()).as("all or none").isEmpty();

        holds(work(TaskType.DELETE, one, Map.of(Leases.BACKUPS, List.of(two.id().toString()))));
        home.console().backups().store().status(two.id(), BackupStatus.DELETING, null);
        assertThat(restore(two, new Target.NewFile(root.resolve("copy.img"))).code())
                .isEqualTo("backup.not-restorable");
        assertThat(delete(two)).isEqualTo("backup.held");
    }

    @Test
    void aBackupThatSomebodyLooksAtIsNotDeletedUntilTheLastOneClosedIt() throws Exception {
        Leases leases = home.console().backups().leases();
        Leases.Look first = leases.lookAt(one.id());
        Leases.Look second = leases.lookAt(one.id());
        assertThat(delete(one)).isEqualTo("backup.looked-at");
        first.close();
        first.close();
        assertThat(Refusals.code(() -> home.console().deletion().trash().put(List.of(one.id()))))
                .as("closed twice, looked at by another")
                .isEqualTo("backup.looked-at");
        home.restore(one, new Target.NewFile(root.resolve("copy.img")));
        second.close();
        home.delete(one);
    }

    @Test
    void aBackupThatIsRestoredTwiceIsFreeOnlyAfterTheSecondEnded() throws Exception {
        Backups backups = home.console().backups();
        Task first = backups.beginRestore(one.id(), restoring(one, db), Optional::empty);
        Task second = backups.beginRestore(one.id(), work(TaskType.RESTORE, one, Map.of()), Optional::empty);
        backups.endRestore(one.id(), first);
        assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.RESTORING);
        assertThat(home.console().backups().busy(db.id()))
                .as("the first let go")
                .isEmpty();
        backups.endRestore(one.id(), second);
        assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
        home.delete(one);
    }

    @Test
    void nobodyComesBetweenTheQuestionAndTheRow() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Thread restore = Thread.ofPlatform()
                .start(() -> home.console().backups().beginRestore(one.id(), restoring(one, web), () -> {
                    asked.countDown();
                    waitFor(go);
                    return Optional.empty();
                }));
        waitFor(asked);
        AtomicReference<Task> made = new AtomicReference<>();
        Thread backup = Thread.ofPlatform()
                .start(() -> made.set(home.console()
                        .backups()
                        .start(new NewBackup(a.id(), List.of(), "three", "", false))
                        .getFirst()));
        while (backup.isAlive() && backup.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        go.countDown();
        restore.join();
        backup.join();
        Task refused = Objects.requireNonNull(made.get());
        assertThat(refused.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(refused.problem().map(Refusals::spoken).orElseThrow().code()).isEqualTo("restore.running");
        UUID never = refused.subject().backupId().orElseThrow();
        assertThat(home.console().backups().find(never)).isEmpty();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
