package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/** Threads that share one piece of work. */
class CrewTest {
    @Test
    void everyStepIsDoneOnceByThreadsThatWerePreparedOnce() throws IOException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger prepared = new AtomicInteger();
        Set<Integer> done = ConcurrentHashMap.newKeySet();
        Crew.run(3, prepared::incrementAndGet, Work.quiet(), () -> () -> {
            int step = next.getAndIncrement();
            return step < 1000 && done.add(step);
        });
        assertThat(done).hasSize(1000);
        assertThat(prepared).hasValue(3);
    }

    @Test
    void theFirstFailureEndsAllAndIsTheOneReported() {
        CyclicBarrier together = new CyclicBarrier(2);
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> Crew.run(2, () -> {}, Work.quiet(), () -> {
                    int me = steps.incrementAndGet();
                    return () -> {
                        if (me == 1) {
                            meet(together);
                            throw new IOException("first");
                        }
                        if (!together.isBroken() && steps.get() == 2) {
                            meet(together);
                            steps.incrementAndGet();
                        }
                        return true;
                    };
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("first");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void canceledWorkDoesNoFurtherStep() {
        Work work = new Work();
        AtomicInteger steps = new AtomicInteger();
        assertThatThrownBy(() -> Crew.run(1, () -> {}, work, () -> () -> {
                    if (steps.incrementAndGet() == 5) {
                        work.cancel();
                    }
                    return true;
                }))
                .isInstanceOf(CanceledException.class);
        assertThat(steps).hasValue(5);
    }

    @Test
    void anInterruptCancelsTheWorkAndIsKept() {
        Work work = new Work();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Crew.run(2, () -> {}, work, () -> () -> true)).isInstanceOf(CanceledException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(work.canceled()).isTrue();
    }
}
