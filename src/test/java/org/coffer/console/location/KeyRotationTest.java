package org.coffer.console.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Credentials;
import org.coffer.engine.store.s3.S3Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * L4: the key of a bucket is exchanged for one of another name, as those who rotate keys do: a real server lets both in for a
 * while, then only the new one.
 *
 * <pre>
 *   first    ├───────────────┤ revoked
 *   second        ├──────────────────▶
 *   backups    ├── one ──┤       ├ two ┤
 * </pre>
 */
@Timeout(120)
class KeyRotationTest {
    /** MB a second: seconds go by between one pack and the next. */
    private static final long SLOW = 10;

    @TempDir
    private Path root;

    private final LocalBucket server = LocalBucket.shared();
    private final S3Settings bucket = server.fresh();
    private final S3Credentials first = server.grant();
    private final S3Credentials second = server.grant();
    private TestHome home;
    private Location place;
    private Disk disk;
    private Vault vault;

    @BeforeEach
    void open() throws Exception {
        home = new TestHome(root);
        var fields = new BucketFields(
                bucket.address().endpoint().toString(),
                bucket.address().bucket(),
                "desk",
                "",
                true,
                first.accessKey(),
                "",
                "");
        place = home.console()
                .locations()
                .add(new NewLocation("cloud", fields.address(), new Secret(first.secretKey()), "", 0));
        disk = home.image("web", 60);
        vault = home.console()
                .vaults()
                .create(new NewVault(
                        "far", "", place.id(), 100, List.of(disk.id()), true, Optional.empty(), false, "", Map.of()));
    }

    @AfterEach
    void close() {
        home.close();
        server.revoke(first);
        server.revoke(second);
    }

    /** A backup that has put a pack, and waits before the next. */
    private Task half(String name) throws Exception {
        home.console().locations().limit(place.id(), SLOW);
        Task task = home.begin(vault, disk, name);
        try (ObjectStore there = LocalBucket.beneath(bucket, "desk/vault-" + vault.id() + '/')) {
            while (there.list("data/").isEmpty()) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        assertThat(home.console().tasks().find(task.id()).orElseThrow().status().ended())
                .as("in the middle")
                .isFalse();
        return task;
    }

    private void exchange() {
        home.console().locations().key(place.id(), second.accessKey(), new Secret(second.secretKey()));
        home.console().locations().limit(place.id(), 0);
    }

    @Test
    void aBackupThatRunsEndsWithTheKeyThatItBeganWithAndTheNextUsesTheOther() throws Exception {
        byte[] before = Files.readAllBytes(disk.path());
        Task running = half("one");
        exchange();
        Backup one = home.backup(home.done(running));

        server.revoke(first);
        home.change(disk, 4096, 1_000_000, 3);
        byte[] after = Files.readAllBytes(disk.path());
        Backup two = home.backUp(vault, disk, "two");
        assertThat(home.restored(one)).isEqualTo(before);
        assertThat(home.restored(two)).isEqualTo(after);
        home.restart();
        assertThat(((Address.Bucket) home.console().locations().get(place.id()).address()).accessKey())
                .isEqualTo(second.accessKey());
        assertThat(home.restored(one)).as("by the key that was kept").isEqualTo(before);
    }

    @Test
    void aKeyThatIsRevokedTooEarlyEndsTheBackupByItsNameAndTheNextOneIsWhole() throws Exception {
        byte[] content = Files.readAllBytes(disk.path());
        Task running = half("one");
        server.revoke(first);
        assertThat(home.failed(running).code()).isEqualTo("storage.key");
        exchange();
        Backup two = home.backUp(home.again(vault), disk, "two");
        assertThat(home.restored(two)).isEqualTo(content);
        assertThat(home.console().vaults().open().get(vault.id()).damaged()).isEmpty();
    }
}
