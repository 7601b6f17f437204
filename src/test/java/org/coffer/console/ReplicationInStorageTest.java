package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.NewReplica;
import org.coffer.console.location.Location;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStep;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * X1 and B11 with object storage at the far end: only what is missing travels, by few requests that the task tells; a process
 * killed with SIGKILL in the middle is gone on after; and damage is healed from there and back.
 *
 * <pre>
 *   web ── backup ──▶ near (a folder) ── copy ──▶ far (a bucket)
 * </pre>
 */
@Timeout(240)
class ReplicationInStorageTest {
    private static final int MEGABYTES = 60;
    /** What the disk holds: its first half, which does not compress. */
    private static final long CONTENT = MEGABYTES * 500_000L;
    /** MB a second: after a pack more than two go by before the next. */
    private static final long SLOW = 10;

    @TempDir
    private Path root;

    private final S3Settings bucket = LocalBucket.shared().fresh();
    private TestHome home;
    private Disk disk;
    private Vault near;
    private Vault far;
    private Location cloud;

    @BeforeEach
    void oneVaultHereAndOneInABucket() throws Exception {
        home = new TestHome(root);
        disk = home.image("web", MEGABYTES);
        near = home.vault("near", disk);
        cloud = home.console().locations().add(KilledUploadTest.place(bucket));
        far = home.console()
                .vaults()
                .create(new NewVault(
                        "far", "", cloud.id(), 100, List.of(), true, Optional.empty(), false, "", Map.of()));
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Task begin(Backup backup) {
        return home.console()
                .replicas()
                .start(new NewReplica(
                        backup.id(), far.id(), home.console().replicas().suggestName()));
    }

    private ObjectStore whole() {
        return LocalBucket.beneath(bucket, "desk/vault-" + far.id() + '/');
    }

    private static Set<String> sessions(ObjectStore store, String kind) throws StoreException {
        return store.list(kind).stream()
                .map(StoredObject::name)
                .map(name -> name.substring(kind.length()).substring(0, 32))
                .collect(Collectors.toSet());
    }

    /** What a task asked of the bucket. */
    private static long asked(Task task, String kind) {
        return task.outcome().get("requests") instanceof Map<?, ?> made && made.get(kind) instanceof Number number
                ? number.longValue()
                : 0;
    }

    @Test
    void onlyWhatIsMissingTravelsByFewRequestsThatTheTaskTells() throws Exception {
        Task first = home.done(begin(home.backUp(near, disk, "one")));
        assertThat(asked(first, "sent")).isBetween(CONTENT, CONTENT * 105 / 100);
        assertThat(asked(first, "puts"))
                .as("packs of 24 MiB, and what goes with them")
                .isLessThanOrEqualTo(12);
        home.change(disk, 4 << 20, 500_000, 1);

        Task second = home.done(begin(home.backUp(near, disk, "two")));

        assertThat(asked(second, "sent")).isLessThan(800_000);
        assertThat(asked(second, "puts")).as(second.outcome().toString()).isLessThanOrEqualTo(9);
        assertThat(asked(second, "gets")).as(second.outcome().toString()).isLessThanOrEqualTo(20);
        assertThat(asked(second, "lists")).as(second.outcome().toString()).isLessThanOrEqualTo(16);
        assertThat(home.console().tasks().steps(second.id()))
                .filteredOn(step -> step.key().equals("requests"))
                .singleElement()
                .satisfies(step -> assertThat(
                                ((Number) Objects.requireNonNull(step.args().get("n"))).longValue())
                        .isEqualTo(asked(second, "n"))
                        .isPositive());
        assertThat(home.restored(home.backup(second))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void damageIsHealedFromTheBucketAndBack() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        Backup replica = home.backup(home.done(begin(backup)));
        TestHome.flip(home.packs(near).getFirst(), 5000);
        home.restart();
        Task check = home.done(home.console().verification().startBackup(backup.id(), true));
        assertThat(home.console().tasks().steps(check.id()))
                .extracting(TaskStep::key)
                .contains("healed");
        assertThat(asked(check, "gets")).as("from there").isPositive();
        assertThat(home.restored(home.again(backup.id()))).isEqualTo(Files.readAllBytes(disk.path()));

        try (ObjectStore there = whole()) {
            there.delete(there.list("data/").getFirst().name());
        }
        home.restart();
        home.done(home.console().verification().startBackup(replica.id(), true));

        assertThat(home.again(replica.id()).damaged()).isFalse();
        assertThat(home.restored(home.again(replica.id()))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aDiskMovesThereWithAllItsBackups() throws Exception {
        Backup one = home.backUp(near, disk, "one");
        byte[] first = Files.readAllBytes(disk.path());
        home.change(disk, 4 << 20, 500_000, 1);
        Backup two = home.backUp(near, disk, "two");

        for (Task task : home.console().migrations().start(near.id(), List.of(disk.id()), far.id())) {
            home.done(task);
        }

        assertThat(home.again(far).disks()).containsExactly(disk.id());
        assertThat(home.again(near).disks()).isEmpty();
        assertThat(home.again(one.id()).vaultId()).isEqualTo(far.id());
        assertThat(home.restored(home.again(one.id()))).isEqualTo(first);
        assertThat(home.restored(home.again(two.id()))).isEqualTo(Files.readAllBytes(disk.path()));
    }

    @Test
    void aProcessThatIsKilledWhileItCopiesIsGoneOnAfterWithoutSendingAgainWhatIsThere() throws Exception {
        Backup backup = home.backUp(near, disk, "one");
        home.console().locations().limit(cloud.id(), SLOW);
        home.close();
        try (ObjectStore there = whole()) {
            assertThat(Victim.killed(
                            root,
                            "replicate",
                            backup.id().toString(),
                            () -> !sessions(there, "data/").isEmpty()))
                    .isTrue();
            assertThat(there.list("commit/")).as("killed in the middle").isEmpty();

            home = new TestHome(root);
            home.console().locations().limit(cloud.id(), 0);
            Victim.leftNothingStuck(home);
            Backup left = home.console().replicas().of(home.again(backup.id())).getFirst();
            assertThat(left.status()).isEqualTo(BackupStatus.ERROR);
            long before =
                    there.list("data/").stream().mapToLong(StoredObject::size).sum();
            assertThat(before).isPositive();

            Task again = home.done(home.console().tasks().retry(left.taskId().orElseThrow()));

            assertThat(asked(again, "sent"))
                    .as("what was there did not travel again")
                    .isLessThan(CONTENT * 105 / 100 - before / 2);
            assertThat(there.list("commit/")).hasSize(1);
            assertThat(home.restored(home.backup(again))).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }
}
