package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.s3.Wire.Seen;
import org.coffer.engine.store.s3.Wire.Trouble;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A line that cuts, loses, changes and delays: nothing is lost, nothing is half, and what can go on goes on. */
@Timeout(120)
class S3FaultsTest {
    private final S3Settings settings = LocalBucket.shared().fresh();
    private final Wire wire = Wire.to(LocalBucket.shared().port());
    private final S3Settings through = LocalBucket.through(wire.port(), settings);
    private final S3Store store = LocalBucket.store(through);
    private final S3Store beside = LocalBucket.store(settings);
    private final byte[] content = noise(3 << 20);

    @AfterEach
    void close() {
        store.close();
        beside.close();
        wire.close();
    }

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(11).nextBytes(bytes);
        return bytes;
    }

    /** Does something to the first request that fits, and nothing to the others. */
    private void once(Predicate<Seen> which, Trouble trouble) {
        AtomicReference<Integer> first = new AtomicReference<>();
        wire.plan(seen -> which.test(seen) && first.compareAndSet(null, seen.number()) ? trouble : Trouble.NONE);
    }

    private static boolean isPut(Seen seen) {
        return seen.is("PUT", "");
    }

    private static boolean isGet(Seen seen) {
        return seen.is("GET", "");
    }

    private boolean stored(String name) throws StoreException {
        return Arrays.equals(beside.get(name), content);
    }

    private static StoreException failure(ThrowingCallable call) {
        return catchThrowableOfType(StoreException.class, call);
    }

    private static String code(StoreException failure) {
        return failure.problem().orElseThrow().code();
    }

    @Test
    void aPutThatIsCutInTheMiddleIsSentAgain() throws Exception {
        once(S3FaultsTest::isPut, new Trouble.CutRequest(1 << 20));
        store.put("data/a", ByteBuffer.wrap(content));

        assertThat(stored("data/a")).isTrue();
        assertThat(store.requests().again()).isEqualTo(1);
        assertThat(store.requests().puts()).isEqualTo(2);
    }

    @Test
    void whileAPutIsCutAgainAndAgainNobodySeesAnyOfIt() {
        wire.plan(seen -> seen.is("PUT", "") ? new Trouble.CutRequest(1 << 20) : Trouble.NONE);
        StoreException failure = failure(() -> store.put("data/a", ByteBuffer.wrap(content)));

        assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
        assertThat(code(failure)).isEqualTo("storage.broken");
        assertThat(failure(() -> beside.get("data/a")).kind()).isEqualTo(StoreException.Kind.MISSING);
        wire.plan(seen -> Trouble.NONE);
        assertThat(failure(() -> store.put("data/a", ByteBuffer.wrap(content)))).isNull();
    }

    @Test
    void aPutWhoseAnswerIsLostIsFoundDone() throws Exception {
        try (S3Store told = LocalBucket.store(through.with(through.habits().conditionalPut(true)))) {
            once(S3FaultsTest::isPut, new Trouble.CutAnswer(0));
            told.put("data/a", ByteBuffer.wrap(content));
            assertThat(stored("data/a")).isTrue();
            assertThat(told.requests().puts()).isEqualTo(2);
        }
    }

    @Test
    void errorsOfTheServerAndBusyOnesAreWaitedOut() throws Exception {
        List<String> heads = new ArrayList<>(List.of(
                "HTTP/1.1 500 Internal Server Error",
                "HTTP/1.1 503 Service Unavailable",
                "HTTP/1.1 502 Bad Gateway",
                "HTTP/1.1 429 Too Many Requests"));
        wire.plan(seen -> heads.isEmpty() ? Trouble.NONE : new Trouble.Answer(heads.removeFirst(), ""));
        store.put("data/a", ByteBuffer.wrap(content));

        assertThat(stored("data/a")).isTrue();
        assertThat(store.requests().again()).isEqualTo(4);
    }

    @Test
    void nobodyComesBeforeTheTimeThatABusyServerNames() throws Exception {
        once(
                seen -> true,
                new Trouble.Answer("HTTP/1.1 503 Slow Down\r\nRetry-After: 2", "<Error><Code>SlowDown</Code></Error>"));
        long begin = System.nanoTime();
        store.put("data/a", ByteBuffer.wrap(content));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(stored("data/a")).isTrue();
    }

    @Test
    void anAnswerThatEndsEarlyIsAskedForAgain() throws Exception {
        beside.put("data/a", ByteBuffer.wrap(content));
        once(S3FaultsTest::isGet, new Trouble.CutAnswer(1_000_000));
        assertThat(Arrays.equals(store.get("data/a"), content)).isTrue();
        once(S3FaultsTest::isGet, new Trouble.CutAnswer(100_000));
        ByteBuffer part = ByteBuffer.allocateDirect(1 << 20);
        store.read("data/a", 77, part);
        assertThat(part.flip().mismatch(ByteBuffer.wrap(content, 77, 1 << 20))).isEqualTo(-1);
        once(S3FaultsTest::isGet, new Trouble.CutAnswer(400));
        assertThat(store.suffix("data/a", 1000))
                .isEqualTo(Arrays.copyOfRange(content, content.length - 1000, content.length));
        assertThat(store.requests().again()).isEqualTo(3);
    }

    @Test
    void bytesThatChangeOnTheirWayAreRefusedAndSentAgain() throws Exception {
        store.list("");
        once(S3FaultsTest::isPut, new Trouble.FlipRequest());
        store.put("data/a", ByteBuffer.wrap(content));
        assertThat(stored("data/a")).isTrue();

        once(S3FaultsTest::isGet, new Trouble.FlipAnswer());
        assertThat(Arrays.equals(store.get("data/a"), content)).isTrue();
        assertThat(store.requests().again()).isEqualTo(2);
    }

    @Test
    void aListWithoutALengthThatIsCutAnywhereIsAskedForAgain() throws Exception {
        beside.put("data/a", ByteBuffer.wrap(content));
        for (int after = 0; after < 600; after += 11) {
            once(S3FaultsTest::isGet, new Trouble.CutAnswer(after));
            assertThat(store.list("data/")).as("cut after %d", after).hasSize(1);
        }
        assertThat(store.requests().again()).isGreaterThan(20);
    }

    @Test
    void aLineThatChangesEverythingIsNamedAndLeavesNothing() throws Exception {
        store.list("");
        wire.plan(seen -> seen.is("PUT", "") ? new Trouble.FlipRequest() : Trouble.NONE);
        StoreException failure = failure(() -> store.put("data/a", ByteBuffer.wrap(content)));

        assertThat(failure.kind()).isEqualTo(StoreException.Kind.DAMAGED);
        assertThat(code(failure)).isEqualTo("storage.damaged");
        assertThat(beside.list("")).isEmpty();
    }

    @Test
    void slowIsNotSilent() throws Exception {
        beside.put("data/a", ByteBuffer.wrap(content, 0, 4_000));
        S3Patience hasty = patience(Duration.ofSeconds(3));
        try (S3Store told = LocalBucket.store(through.with(hasty))) {
            // Longer in all than a silence may last, and never silent for long.
            wire.plan(seen -> new Trouble.Slow(500, 400));
            assertThat(told.get("data/a")).hasSize(4_000);
            assertThat(told.requests().again()).isZero();
        }
    }

    private static S3Patience patience(Duration silence) {
        S3Patience usual = LocalBucket.PATIENCE;
        return new S3Patience(2, usual.first(), usual.most(), usual.absent(), usual.busy(), silence);
    }

    @Test
    void aServerThatFallsSilentIsGivenUpAndNamed() {
        CountDownLatch never = new CountDownLatch(1);
        wire.plan(seen -> new Trouble.Silent(never));
        try (S3Store told = LocalBucket.store(through.with(patience(Duration.ofMillis(300))))) {
            StoreException failure = failure(() -> told.list(""));
            assertThat(code(failure)).isEqualTo("storage.silent");
            assertThat(failure.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
        } finally {
            never.countDown();
        }
    }

    @Test
    void anOutageEndsPatienceOnceAndWhatComesBackIsUsedAtOnce() throws Exception {
        store.put("data/a", ByteBuffer.wrap(content));
        wire.plan(seen -> new Trouble.CutAnswer(0));
        assertThat(code(failure(() -> store.get("data/a")))).isEqualTo("storage.broken");
        int afterFirst = wire.seen().size();
        assertThat(failure(() -> store.get("data/a"))).isNotNull();
        assertThat(wire.seen().size() - afterFirst)
                .as("tries of the second request")
                .isEqualTo(2);

        wire.plan(seen -> Trouble.NONE);
        assertThat(Arrays.equals(store.get("data/a"), content)).isTrue();
        store.put("data/b", ByteBuffer.wrap(content));
        assertThat(stored("data/b")).isTrue();
    }

    @Test
    void partsAreSentAgainAndAnUploadThatFailsLeavesNothingBehind() throws Exception {
        byte[] large = noise(12 << 20);
        once(seen -> seen.is("PUT", "partNumber=2"), new Trouble.CutRequest(100_000));
        store.put("data/a", ByteBuffer.wrap(large));
        assertThat(Arrays.equals(beside.get("data/a"), large)).isTrue();

        once(seen -> seen.is("POST", "uploadId"), new Trouble.CutAnswer(0));
        store.put("data/b", ByteBuffer.wrap(large));
        assertThat(Arrays.equals(beside.get("data/b"), large)).isTrue();

        wire.plan(seen -> seen.is("PUT", "partNumber=3") ? new Trouble.CutRequest(100_000) : Trouble.NONE);
        assertThat(code(failure(() -> store.put("data/c", ByteBuffer.wrap(large)))))
                .isEqualTo("storage.broken");
        assertThat(failure(() -> beside.get("data/c")).kind()).isEqualTo(StoreException.Kind.MISSING);
        assertThat(wire.seen()).anyMatch(seen -> seen.is("DELETE", "uploadId"));
    }

    @Test
    void noMoreRequestsAreUnderWayThanAllowed() throws Exception {
        assertThat(atOnce(100_000)).isBetween(2, 3);
    }

    @Test
    void thoseThatCarryLittleCountHalf() throws Exception {
        assertThat(atOnce(1_000)).isBetween(4, 6);
    }

    /** Most requests under way at once where three are allowed and twelve want to read so many bytes each. */
    private int atOnce(int bytes) throws Exception {
        beside.put("data/a", ByteBuffer.wrap(content));
        S3Habits three = new S3Habits(false, Optional.of(Duration.ZERO), 5 << 20, 3);
        wire.latency(100);
        try (S3Store told = LocalBucket.store(through.with(three))) {
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                readers.add(Thread.ofPlatform().start(() -> {
                    try {
                        told.read("data/a", 5, ByteBuffer.allocate(bytes));
                    } catch (StoreException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread reader : readers) {
                reader.join();
            }
        }
        return wire.most();
    }

    @Test
    void whoeverIsAskedToStopIsNotHeldByATransferOrAPause() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (Trouble trouble : List.of(
                new Trouble.Silent(never), new Trouble.Answer("HTTP/1.1 503 Slow Down\r\nRetry-After: 50", ""))) {
            CountDownLatch met = new CountDownLatch(1);
            wire.plan(seen -> {
                met.countDown();
                return trouble;
            });
            Work work = new Work();
            AtomicReference<StoreException> failed = new AtomicReference<>();
            try (S3Store told = LocalBucket.store(through)) {
                Thread reader =
                        Thread.ofPlatform().start(() -> work.part(() -> failed.set(failure(() -> told.get("data/a")))));
                met.await();
                long begin = System.nanoTime();
                work.cancel();
                reader.join();
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
                assertThat(failed.get()).isNotNull();
            }
        }
        never.countDown();
    }

    @Test
    void anInterruptEndsATransferAndIsKept() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch met = new CountDownLatch(1);
        wire.plan(seen -> {
            met.countDown();
            return new Trouble.Silent(never);
        });
        AtomicReference<Boolean> kept = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            failure(() -> store.get("data/a"));
            kept.set(Thread.currentThread().isInterrupted());
        });
        met.await();
        reader.interrupt();
        reader.join();
        assertThat(kept.get()).isTrue();
        never.countDown();
    }

    @Test
    void whoWasAskedToStopMayStillSayALastWord() throws Exception {
        Work work = new Work();
        work.cancel();
        work.part(() -> assertThat(failure(() -> store.put("gone/1", ByteBuffer.wrap(content, 0, 100))))
                .isNull());
        Thread.currentThread().interrupt();
        assertThat(failure(() -> store.put("gone/2", ByteBuffer.wrap(content, 0, 100))))
                .isNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(beside.list("gone/")).hasSize(2);
    }

    @Test
    void aListingMayLagAndTheStoreSaysByHowMuch() throws Exception {
        S3Habits lagging = new S3Habits(false, Optional.of(Duration.ofSeconds(7)), 5 << 20, 4);
        try (S3Store told = LocalBucket.store(through.with(lagging))) {
            assertThat(told.list("data/")).isEmpty();
            wire.plan(seen -> new Trouble.Stale());
            told.put("data/a", ByteBuffer.wrap(content));
            assertThat(told.list("data/")).isEmpty();
            assertThat(told.staleness()).contains(Duration.ofSeconds(7));
            wire.plan(seen -> Trouble.NONE);
            assertThat(told.list("data/")).hasSize(1);
        }
    }
}
