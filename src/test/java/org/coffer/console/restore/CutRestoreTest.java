package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.Wire;
import org.coffer.engine.store.s3.Wire.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** S3, L3: a restore whose bucket is away for a while in the middle, and that goes on when it is back. */
@Timeout(120)
class CutRestoreTest {
    private static final String NO_BUCKET =
            "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>no</Message></Error>";

    @TempDir
    private Path root;

    @Test
    void itSaysThatTheBucketIsGoneAndGoesOnWhenItIsBack() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root);
                Wire wire = Wire.to(LocalBucket.shared().port())) {
            Disk disk = home.image("web", 200);
            // More leaves of data than there are threads: each holds one in memory already when the bucket goes.
            byte[] old = Files.readAllBytes(disk.path());
            Vault vault = home.inBucket("far", LocalBucket.through(wire.port(), bucket), disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000_000, 1);
            Task cut;
            try (Events.Subscription _ = MarkedMoment.of(
                    home, disk, () -> wire.plan(seen -> new Trouble.Answer("HTTP/1.1 404 Not Found", NO_BUCKET)))) {
                cut = home.console().restores().start(new NewRestore(one.id(), new Target.Original(), true));
                home.console().tasks().await(cut.id());
            }
            assertThat(home.failed(cut).code()).isEqualTo("storage.bucket.gone");
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .contains(cut.id());
            assertThat(Files.readAllBytes(disk.path())).as("in the middle").isNotEqualTo(old);

            wire.plan(seen -> Trouble.NONE);
            home.done(home.console().tasks().retry(cut.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .isEmpty();
        }
    }
}
