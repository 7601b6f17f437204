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
import java.util.UUID;

/**
 * OpenStack Swift with its S3 layer: another server than the one in the process, by other people, in another language. It
 * is Debian's package {@code python3-swift}, started in a process of its own within seconds, which ends with this one.
 */
public final class SwiftServer implements AutoCloseable {
    /** What the server knows. */
    public static final S3Credentials KEY = new S3Credentials("test:tester", "testing");

    private final Process process;
    private final OutputStream lifeline;
    private final int port;

    private SwiftServer(Process process, int port) {
        this.process = process;
        this.lifeline = process.getOutputStream();
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param folder an empty one, on a file system with extended attributes
     */
    public static SwiftServer start(Path folder) throws IOException {
        Path script = folder.resolve("swift_s3.py");
        try (InputStream in = SwiftServer.class.getResourceAsStream("swift_s3.py")) {
            if (in == null) {
                throw new IOException("swift_s3.py is not among the tests");
            }
            Files.copy(in, script);
        }
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder("/usr/bin/python3", script.toString(), folder.toString())
                .redirectError(errors.toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = out.readLine();
        if (port == null) {
            throw new IOException("Swift did not start: " + Files.readString(errors));
        }
        return new SwiftServer(process, Integer.parseInt(port));
    }

    /** A new, empty bucket. */
    public S3Settings fresh() {
        S3Settings settings = LocalBucket.at(URI.create("http://127.0.0.1:" + port), "b" + UUID.randomUUID());
        LocalBucket.bucket(settings, "PUT", KEY);
        return settings;
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
