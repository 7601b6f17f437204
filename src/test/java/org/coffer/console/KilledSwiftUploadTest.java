package org.coffer.console;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.engine.store.s3.S3Credentials;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.SwiftServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Killed while it uploads to Swift, which cannot be told not to overwrite. */
class KilledSwiftUploadTest extends KilledUploadContract {
    @TempDir
    private static Path folder;

    private static final AtomicReference<@Nullable SwiftServer> SERVER = new AtomicReference<>();

    @BeforeAll
    static void start() throws Exception {
        SERVER.set(SwiftServer.start(folder));
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(SERVER.getAndSet(null), "started before").close();
    }

    @Override
    S3Settings fresh() {
        return Objects.requireNonNull(SERVER.get(), "started before").fresh();
    }

    @Override
    S3Credentials key() {
        return SwiftServer.KEY;
    }

    /** One server on this computer lists what it has within moments, and the test would wait for what Swift may take elsewhere. */
    @Override
    String listDelay() {
        return "1s";
    }
}
