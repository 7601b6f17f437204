package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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

/** All that a store promises, held by Ceph; and object lock, by a server that enforces it. */
class CephStoreTest extends StoreContract {
    @TempDir
    private static Path folder;

    private static final AtomicReference<@Nullable CephServer> SERVER = new AtomicReference<>();

    private final S3Settings settings = server().fresh();
    private final S3Store store = store(settings);

    @BeforeAll
    static void start() throws Exception {
        SERVER.set(CephServer.start(folder));
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(SERVER.getAndSet(null), "started before").close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static CephServer server() {
        return Objects.requireNonNull(SERVER.get(), "started before");
    }

    private static S3Store store(S3Settings settings) {
        try {
            return new S3Store(settings, () -> CephServer.KEY, Clock.systemUTC(), new SplittableRandom(5));
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

    private static Report probe(S3Settings settings) {
        return S3Probe.run(settings, () -> CephServer.KEY, Clock.systemUTC(), new SplittableRandom(8));
    }

    @Test
    void tryingItOutTellsABucketWithObjectLockFromOneWithout() {
        Report plain = probe(settings);
        assertThat(plain.problem()).isEmpty();
        assertThat(plain.usable()).isTrue();
        assertThat(plain.showsAtOnce()).isTrue();
        assertThat(plain.of(Step.LOCK).result()).isEqualTo(Result.ABSENT);
        Report locking = probe(server().locking());
        assertThat(locking.problem()).isEmpty();
        assertThat(locking.objectLock()).isTrue();
        assertThat(locking.of(Step.DELETE).result()).isEqualTo(Result.PASSED);
    }

    /** Who holds the key of the bucket's owner tries to delete it for good. */
    private static void heldBack(S3Settings where, String name, String version) {
        StoreException refused =
                catchThrowableOfType(StoreException.class, () -> CephServer.destroy(where, name, version));
        assertThat(refused).as(name).isNotNull();
        assertThat(refused.kind()).as(name).isEqualTo(StoreException.Kind.DENIED);
    }

    @Test
    void whatIsKeptNobodyDeletesAndItsEndMovesOnlyForward() throws Exception {
        S3Settings where = server().locking();
        Instant soon = Instant.now().plusSeconds(3600);
        try (S3Store kept = store(where)) {
            kept.put("plain", ByteBuffer.wrap(new byte[3]));
            CephServer.destroy(where, "plain", CephServer.version(where, "plain"));
            assertThat(kept.list("")).as("nobody wanted that kept").isEmpty();

            kept.putKept("a", soon, ByteBuffer.wrap(new byte[] {1, 2}));
            String version = CephServer.version(where, "a");
            heldBack(where, "a", version);
            kept.retain("a", soon.plus(Duration.ofDays(30)));
            kept.retain("a", soon);
            assertThat(end(where, "a"))
                    .as("an earlier end was asked for, which is no failure and changes nothing")
                    .isAfter(soon.plus(Duration.ofDays(29)));
            heldBack(where, "a", version);

            kept.delete("a");
            assertThat(kept.list("")).as("hidden").isEmpty();
            assertThat(CephServer.content(where, "a", version)).as("and there").containsExactly(1, 2);
        }
    }

    private static Instant end(S3Settings where, String name) throws StoreException {
        try (Bucket bucket = S3Store.open(where, () -> CephServer.KEY, Clock.systemUTC(), new SplittableRandom(6))) {
            return bucket.ask(
                    S3Request.head(where.address().prefix() + name),
                    answer -> Instant.parse(
                            Objects.requireNonNull(answer.header("x-amz-object-lock-retain-until-date"))));
        }
    }

    @Test
    void anObjectThatGoesUpInPartsIsKeptFromWhenItIsWhole() throws Exception {
        S3Settings where = server().locking();
        byte[] large = new byte[(int) where.habits().part() + 4321];
        new SplittableRandom(3).nextBytes(large);
        try (S3Store kept = store(where)) {
            kept.putKept("large", Instant.now().plusSeconds(3600), ByteBuffer.wrap(large));
            String version = CephServer.version(where, "large");
            heldBack(where, "large", version);
            assertThat(kept.get("large")).isEqualTo(large);
        }
    }

    @Test
    void whatWasKeptLongEnoughCanBeDeleted() throws Exception {
        S3Settings where = server().locking();
        try (S3Store kept = store(where)) {
            Instant until = Instant.now().plusSeconds(3);
            kept.putKept("a", until, ByteBuffer.wrap(new byte[] {1}));
            String version = CephServer.version(where, "a");
            heldBack(where, "a", version);
            while (Instant.now().isBefore(until.plusSeconds(1))) {
                Thread.sleep(100);
            }
            CephServer.destroy(where, "a", version);
            assertThat(kept.list("")).isEmpty();
        }
    }
}
