package org.coffer.engine.store.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.s3.S3Request.Act;

/**
 * Ceph with its S3 server, which has object lock: a cluster of one monitor and one store in memory, Debian's packages
 * {@code ceph-mon}, {@code ceph-osd} and {@code radosgw}. It starts within some ten seconds, and ends with this process.
 */
public final class CephServer implements AutoCloseable {
    /** What the server knows. */
    public static final S3Credentials KEY = new S3Credentials("coffer-key", "coffer-secret");

    private final Process process;
    private final OutputStream lifeline;
    private final int port;

    private CephServer(Process process, int port) {
        this.process = process;
        this.lifeline = process.getOutputStream();
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param folder an empty one
     */
    public static CephServer start(Path folder) throws IOException {
        Path script = folder.resolve("ceph_s3.py");
        try (InputStream in = CephServer.class.getResourceAsStream("ceph_s3.py")) {
            if (in == null) {
                throw new IOException("ceph_s3.py is not among the tests");
            }
            Files.copy(in, script);
        }
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        "/usr/bin/python3",
                        script.toString(),
                        Files.createDirectory(folder.resolve("ceph")).toString(),
                        KEY.accessKey(),
                        KEY.secretKey())
                .redirectError(errors.toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = out.readLine();
        if (port == null) {
            throw new IOException("Ceph did not start: " + Files.readString(errors));
        }
        return new CephServer(process, Integer.parseInt(port));
    }

    /** A new, empty bucket. */
    public S3Settings fresh() {
        return bucket(false);
    }

    /** A new, empty bucket with object lock, and so with versions, whose settings say so. */
    public S3Settings locking() {
        S3Settings settings = bucket(true);
        return settings.with(settings.habits().objectLock(true));
    }

    private S3Settings bucket(boolean locking) {
        S3Settings settings = LocalBucket.at(URI.create("http://127.0.0.1:" + port), "b" + UUID.randomUUID());
        S3Request make = S3Request.put("", Payload.NONE);
        ask(settings, locking ? make.header("x-amz-bucket-object-lock-enabled", "true") : make, Answers::nothing);
        return settings;
    }

    private static <T> T ask(S3Settings settings, S3Request asked, Exchanges.Reading<T> reading) {
        try (Bucket bucket = S3Store.open(settings, () -> KEY, Clock.systemUTC(), new SplittableRandom(6))) {
            return bucket.ask(asked, reading);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The version of an object that is shown. */
    public static String version(S3Settings settings, String name) {
        return ask(
                settings,
                S3Request.head(settings.address().prefix() + name),
                answer -> Objects.requireNonNull(answer.header("x-amz-version-id")));
    }

    /** A version of an object, whether it is shown or hidden. */
    public static byte[] content(S3Settings settings, String name, String version) {
        return ask(
                settings,
                S3Request.get(settings.address().prefix() + name).query("versionId", version),
                Answers::whole);
    }

    /**
     * Deletes a version of an object for good, as far as the server lets it be done.
     *
     * @throws StoreException that it does not
     */
    public static void destroy(S3Settings settings, String name, String version) throws StoreException {
        try (Bucket bucket = S3Store.open(settings, () -> KEY, Clock.systemUTC(), new SplittableRandom(6))) {
            bucket.ask(
                    S3Request.delete(settings.address().prefix() + name, Act.DELETE)
                            .query("versionId", version),
                    Answers::nothing);
        }
    }

    @Override
    public void close() throws IOException {
        lifeline.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
