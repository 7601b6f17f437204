package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreContract;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.s3.S3Probe.Report;
import org.coffer.engine.store.s3.S3Probe.Result;
import org.coffer.engine.store.s3.S3Probe.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a store promises, held by a server of another kind: Swift, which cannot be told not to overwrite. */
class SwiftStoreTest extends StoreContract {
    @TempDir
    private static Path folder;

    private static final AtomicReference<@Nullable SwiftServer> SERVER = new AtomicReference<>();

    private final S3Settings settings =
            Objects.requireNonNull(SERVER.get(), "started before").fresh();
    private final S3Store store = store(Clock.systemUTC());

    @BeforeAll
    static void start() throws Exception {
        SERVER.set(SwiftServer.start(folder));
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(SERVER.getAndSet(null), "started before").close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private S3Store store(Clock clock) {
        try {
            return new S3Store(settings, () -> SwiftServer.KEY, clock, new SplittableRandom(5));
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected int large() {
        return (11 << 20) + 12_345;
    }

    private Report probe(S3Credentials key, Clock clock) {
        return S3Probe.run(settings, () -> key, clock, new SplittableRandom(8));
    }

    @Test
    void tryingItOutFindsWhatItDoesNotOffer() throws Exception {
        Report report = probe(SwiftServer.KEY, Clock.systemUTC());
        assertThat(report.problem()).isEmpty();
        assertThat(report.usable()).isTrue();
        assertThat(report.of(Step.KEEP).result()).isEqualTo(Result.ABSENT);
        assertThat(report.of(Step.SHOW).result())
                .as("its lists have no bound, so that one which shows a put proves nothing")
                .isEqualTo(Result.ABSENT);
        assertThat(report.showsAtOnce()).isFalse();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aPlaceOnceTakenForOneThatListsAtOnceIsNotBelievedAndWhatSomebodySaidIs() throws Exception {
        S3Habits habits = settings.habits();
        try (S3Store lucky = LocalBucket.store(
                        settings.with(habits.listDelay(Optional.of(Duration.ZERO))), SwiftServer.KEY);
                S3Store told = LocalBucket.store(
                        settings.with(habits.listDelay(Optional.of(Duration.ofSeconds(7)))), SwiftServer.KEY)) {
            lucky.list("");
            told.list("");
            assertThat(lucky.staleness()).contains(S3Habits.UNPROVEN);
            assertThat(told.staleness()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void whatIsWrongIsNamedAsElsewhere() {
        assertThat(code(probe(new S3Credentials("test:nobody", "testing"), Clock.systemUTC())))
                .isIn("storage.key", "storage.secret");
        assertThat(code(probe(new S3Credentials("test:tester", "wrong"), Clock.systemUTC())))
                .isEqualTo("storage.secret");
        assertThat(code(probe(SwiftServer.KEY, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20)))))
                .isEqualTo("storage.clock.ahead");
        S3Settings elsewhere = LocalBucket.at(settings.address().endpoint(), "nobodys-bucket");
        assertThat(code(S3Probe.run(elsewhere, () -> SwiftServer.KEY, Clock.systemUTC(), new SplittableRandom(8))))
                .isEqualTo("storage.bucket");
    }

    private static String code(Report report) {
        return report.problem().orElseThrow().code();
    }

    @Test
    void whatADeadUploadLeftCanBeSweptUp() throws Exception {
        try (Bucket bucket =
                S3Store.open(settings, () -> SwiftServer.KEY, Clock.systemUTC(), new SplittableRandom(2))) {
            S3Request asked = S3Request.post(
                            settings.address().prefix() + "data/1/x", Payload.NONE, S3Request.Act.WRITE)
                    .query("uploads", "");
            bucket.ask(asked, Answers::nothing);
            store.sweep("data/1/");
            store.put("data/1/y", ByteBuffer.allocate(3));
            assertThat(store.list("")).hasSize(1);
            assertThat(bucket.ask(
                                    S3Request.list().query("uploads", ""),
                                    answer ->
                                            Answers.message(io.minio.messages.ListMultipartUploadsResult.class, answer))
                            .uploads())
                    .isEmpty();
        }
    }
}
