package org.coffer.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;

/**
 * Killed while it attaches a vault from a bucket, at a server that goes on: what was on its way there may still come to pass.
 * The lost home kept its vault on a drive, because its nights are days ago, and no server takes requests of then; each bucket
 * has the same objects under the same names.
 */
class KilledAttachInStorageTest extends KilledAttachContract {
    @Override
    String copied(Path lost, Path fresh) throws IOException {
        S3Settings bucket = LocalBucket.shared().fresh();
        Path drive = lost.resolve("place");
        try (ObjectStore to = LocalBucket.beneath(bucket, "desk/");
                Stream<Path> all = Files.walk(drive)) {
            for (Path one : all.filter(Files::isRegularFile).toList()) {
                String name = drive.relativize(one).toString();
                if (name.startsWith("vault-")) {
                    to.put(name, ByteBuffer.wrap(Files.readAllBytes(one)));
                }
            }
        }
        return bucket.address().endpoint() + "/" + bucket.address().bucket();
    }
}
