package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Copies of backups in vaults of other locations, made by hand (X1).
 *
 * <pre>
 *   web ── backup ──▶ near (location place) ── copy ──▶ far (location elsewhere)
 * </pre>
 */
class ReplicasTest {
    @TempDir
    private Path root;

    private TestHome home;
    private Disk disk;
    private Vault near;
    private Vault far;

    @BeforeEach
    void makeTwoLocations() throws Exception {
        home = new TestHome(root);
        disk = home.image("web", 12);
        near = home.vault("near", disk);
        far = home.elsewhere("far");
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private Replicas replicas() {
        return home.console().replicas();
    }

    private Task begin(Backup backup, Vault into) {
        return replicas()
                .start(new NewReplica(backup.id(), into.id(), replicas().suggestName()));
    }

    private Backup copy(Backup backup) throws InterruptedException {
        return home.backup(home.done(begin(backup, far)));
    }

    private static long read(TestHome home, Backup replica) {
        Task task = home.console().tasks().find(replica.taskId().orElseThrow()).orElseThrow();
        return task.outcome().get("read") instanceof Number bytes ? bytes.longValue() : -1;
    }

    @Test
    void aReplicaIsTheBackupAndOutlivesWhatItWasCopiedFrom() throws Exception {
        Backup backup = home.backUp(near, disk, "one");

        Backup replica = copy(backup);

        assertThat(replica.origin()).isEqualTo(Origin.REPLICA);
        assertThat(replica.name()).matches("replica_[0-9a-f]{4}");
        assertThat(replica.createdAt()).isEqualTo(backup.createdAt());
        assertThat(replica.diskId()).isEqualTo(disk.id());
        assertThat(replica.consistency()).isEqualTo(backup.consistency());
        assertThat(replica.sizes().logical()).isEqualTo(backup.sizes().logical());
        assertThat(replicas().of(backup)).containsExactly(replica);
        assertThat(replicas().original(replica.id())).contains(home.again(backup.id()));
        home.delete(backup);
        TestHome.erase(home.objects(near));
        assertThat(home.restored(replica)).isEqualTo(Files.readAllBytes(disk.path()));
        assertThat(replicas().copied(replica.id())).map(CopyOf::name).contains("one");
    }

    @Test
    void ofTheNextBackupOnlyWhatChangedIsReadAndStored() throws Exception {
        copy(home.backUp(near, disk, "one"));
        home.change(disk, 1_000_000, 100, 5);
        Backup second = home.backUp(near, disk, "two");

        Backup replica = copy(second);

        assertThat(read(home, replica)).isEqualTo(64 << 10);
        assertThat(replica.sizes().added()).isLessThan(100_000);
        assertThat(home.restored(replica)).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void whatCannotBeCopiedSaysWhy() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        assertThat(Refusals.code(() -> replicas().start(new NewReplica(backup.id(), far.id(), "no / name"))))
                .startsWith("name.");
        Backup replica = copy(backup);
        Vault beside = home.vault("beside");

        assertThat(Refusals.code(() -> begin(replica, near))).isEqualTo("replicate.replica");
        assertThat(Refusals.code(() -> begin(backup, far))).isEqualTo("replicate.again");
        assertThat(Refusals.code(() -> begin(backup, beside))).isEqualTo("replicate.same-location");
        home.console().backups().damaged(backup.id(), Problem.of("backup.damaged", "backup", "one"));
        assertThat(replicas()
                        .refusal(home.again(backup.id()))
                        .map(Refusals::spoken)
                        .map(Problem::code))
                .contains("replicate.damaged");
        home.console().backups().whole(backup.id());
        home.console().deletion().trash().put(List.of(backup.id()));
        assertThat(replicas()
                        .refusal(home.again(backup.id()))
                        .map(Refusals::spoken)
                        .map(Problem::code))
                .contains("replicate.trashed");
    }

    @Test
    void aVaultWithoutRoomTakesNoReplica() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        home.edit("update vault set capacity_gb = 0, used = 1 where id = '" + far.id() + "'");

        assertThat(home.failed(begin(home.again(backup.id()), far)).code()).isEqualTo("vault.full");
        Backup failed = replicas().of(backup).getFirst();
        assertThat(failed.status()).isEqualTo(BackupStatus.ERROR);
        assertThat(replicas().refusal(backup, home.again(far)))
                .as("a failed one does not keep it from being tried again")
                .isEmpty();
    }

    @Test
    void whileItIsCopiedABackupCannotBeDeletedAndAPausedCopyGoesOnInTheNextProcess() throws Exception {
        Disk large = home.image("large", 240);
        home.console().vaults().bindings().bind(near.id(), List.of(large.id()));
        Backup backup = home.backUp(near, large, "one");
        home.console().locations().limit(far.locationId(), 20);
        Task task = begin(backup, far);
        home.awaitPack(far, task);

        assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(backup.id()))))
                .isEqualTo("backup.held");
        assertThat(Refusals.code(() -> home.console().trash().delete(near.id(), "near")))
                .isEqualTo("vault.busy");
        home.console().tasks().pause(task.id());
        home.restart();
        assertThat(replicas().of(backup).getFirst().status()).isEqualTo(BackupStatus.CREATING);
        home.console().locations().limit(far.locationId(), 0);
        home.console().tasks().resume(task.id());
        home.done(task);

        Backup replica = home.backup(task);
        assertThat(replica.sizes().added())
                .as("what was stored before is not stored again")
                .isLessThan(replica.sizes().logical() * 9 / 10);
        assertThat(home.restored(replica)).isEqualTo(Files.readAllBytes(large.path()));
    }

    @Test
    void aCanceledCopyLeavesNoRecord() throws Exception {
        Disk large = home.image("large", 120);
        home.console().vaults().bindings().bind(near.id(), List.of(large.id()));
        Backup backup = home.backUp(near, large, "one");
        try (TestHome.Slowed _ = home.slowed(far)) {
            Task task = begin(backup, far);
            home.awaitStep(task, "replicating");
            home.console().tasks().cancel(task.id());
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
        }

        assertThat(replicas().of(backup)).isEmpty();
        assertThat(home.console().backups().ofVault(far.id())).isEmpty();
    }

    @Test
    void damageInTheSourceIsNotCopiedButMarkedThere() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        TestHome.flip(home.packs(near).getFirst(), 5000);

        Problem problem = home.failed(begin(backup, far));

        assertThat(problem.code()).isEqualTo("vault.damaged");
        assertThat(problem.args()).containsEntry("vault", "near");
        assertThat(home.again(backup.id()).damaged()).isTrue();
        assertThat(home.console().backups().ofVault(far.id()))
                .extracting(Backup::status)
                .containsExactly(BackupStatus.ERROR);
    }

    @Test
    void aCheckHealsABackupByItsReplicaAndAReplicaByItsBackup() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        Backup replica = copy(backup);
        TestHome.flip(home.packs(near).getFirst(), 5000);
        Task check = home.console().verification().startBackup(backup.id(), true);
        assertThat(home.done(check).outcome()).containsEntry("damaged", List.of());
        assertThat(home.console().tasks().steps(check.id()))
                .extracting(TaskStep::key)
                .contains("healed");
        assertThat(home.again(backup.id()).damaged()).isFalse();

        Files.delete(home.packs(far).getFirst());
        home.restart(); // A file that is open is there although it was deleted.
        home.done(home.console().verification().startBackup(replica.id(), true));

        assertThat(home.restored(home.again(replica.id()))).isEqualTo(Files.readAllBytes(disk.path()));
        assertThat(home.restored(home.again(backup.id()))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aVaultHealsAllThatHasACopyElsewhereAndSaysWhatItDid() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        assertThat(Refusals.code(() -> home.console().verification().heal(near.id())))
                .isEqualTo("verify.sound");
        TestHome.flip(home.packs(near).getFirst(), 5000);
        home.console().backups().damaged(backup.id(), Problem.of("backup.damaged", "backup", "one"));
        assertThat(replicas().healable(near.id())).as("there is no copy").isEmpty();
        home.console().backups().whole(backup.id());
        TestHome.flip(home.packs(near).getFirst(), 5000); // Back as it was.
        Backup replica = copy(backup);
        TestHome.flip(home.packs(near).getFirst(), 5000);
        home.console().backups().damaged(backup.id(), Problem.of("backup.damaged", "backup", "one"));
        assertThat(replicas().healer(home.again(backup.id()))).map(Backup::id).contains(replica.id());
        assertThat(replicas().healable(near.id())).extracting(Backup::id).containsExactly(backup.id());

        Task healing = home.done(home.console().verification().heal(near.id()));

        assertThat(healing.outcome().get("healed"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(1);
        assertThat(home.again(backup.id()).damaged()).isFalse();
        assertThat(replicas().healable(near.id())).isEmpty();
        assertThat(home.restored(home.again(backup.id()))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aCatalogThatLostAReplicaFindsItAndWhatItIsACopyOfInTheVault() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        Backup replica = copy(backup);

        home.edit("delete from backup where id = '" + replica.id() + "'");
        home.console().vaults().open().get(far.id());

        Backup found = home.console().backups().ofVault(far.id()).getFirst();
        assertThat(found.origin()).isEqualTo(Origin.REPLICA);
        assertThat(found.id()).isEqualTo(replica.id());
        assertThat(replicas().copied(found.id()))
                .isEqualTo(Optional.of(new CopyOf(backup.session().orElseThrow(), "one", "near")));
        assertThat(replicas().of(backup)).containsExactly(found);
    }
}
