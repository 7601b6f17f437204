package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A limit on what goes to and comes from a store, on a clock that only waiting moves. */
class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;

    private Throttle limit(long bytesPerSecond) {
        Throttle throttle = new Throttle(() -> now, nanos -> now += nanos);
        throttle.limit(bytesPerSecond);
        return throttle;
    }

    @Test
    void bytesTakeAsLongAsTheLimitSays() {
        Throttle throttle = limit(1000);
        for (int i = 0; i < 11; i++) {
            throttle.take(500);
        }
        assertThat(now).isBetween(5 * SECOND - SECOND / 10, 5 * SECOND + SECOND / 100);
    }

    @Test
    void withoutALimitNobodyWaits() {
        limit(0).take(1L << 50);
        limit(0).take(1L << 50);
        assertThat(now).isZero();
    }

    @Test
    void idleTimeIsNotSavedUp() {
        Throttle throttle = limit(1000);
        now = 100 * SECOND;
        throttle.take(1000);
        throttle.take(1000);
        assertThat(now).isBetween(100 * SECOND + SECOND / 2, 101 * SECOND);
    }

    @Test
    void aLimitThatIsLiftedLetsWhoeverWaitsGoOn() {
        Throttle[] throttle = new Throttle[1];
        throttle[0] = new Throttle(() -> now, nanos -> {
            now += nanos;
            throttle[0].limit(0);
        });
        throttle[0].limit(1);
        throttle[0].take(1000);
        throttle[0].take(1000);
        assertThat(now).isLessThanOrEqualTo(SECOND / 10);
    }

    @Test
    void nobodyIsOvertakenByWhoCameLater() throws InterruptedException {
        CountDownLatch allAreThere = new CountDownLatch(1);
        // Each has to wait for those before, and only who is next does so by the clock.
        Set<String> order = Collections.synchronizedSet(new LinkedHashSet<>());
        Throttle throttle = new Throttle(() -> now, nanos -> {
            order.add(Thread.currentThread().getName());
            awaitUninterruptibly(allAreThere);
            now += nanos;
        });
        throttle.limit(1000);
        throttle.take(1000);
        List<Thread> waiting = new ArrayList<>();
        for (String name : List.of("1", "2", "3", "4", "5", "6", "7", "8")) {
            Thread thread = Thread.ofPlatform().name(name).start(() -> throttle.take(1000));
            waiting.add(thread);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        allAreThere.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(order).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everythingWrittenAndReadThroughAStoreIsCountedTogether() throws StoreException {
        var store = new ThrottledStore(new MemoryStore(), limit(1_000_000)).within("vault/");
        byte[] pack = new byte[2_000_000];
        store.put("a", ByteBuffer.wrap(pack));
        assertThat(now).as("the first goes at once").isZero();
        store.put("b", ByteBuffer.wrap(pack, 0, 1_000_000), ByteBuffer.wrap(pack, 0, 1_000_000));
        assertThat(store.get("a")).hasSize(2_000_000);
        store.read("b", 10, ByteBuffer.allocate(500_000));
        assertThat(store.suffix("b", 500_000)).hasSize(500_000);
        store.list("");
        store.put("c", ByteBuffer.allocate(1));
        assertThat(now).isBetween(7 * SECOND - SECOND / 5, 7 * SECOND + SECOND / 100);
    }
}
