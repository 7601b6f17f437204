package org.coffer.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for a place that does not answer, with limits so far away that only what is tested can end the waiting. */
@Timeout(120)
class PatienceTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final CountDownLatch back = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        back.countDown();
    }

    private boolean hang() throws InterruptedException {
        back.await();
        return true;
    }

    private static Patience patience(Duration answer, Duration grace) {
        return new Patience(answer, grace, Duration.ZERO, Duration.ofMillis(5), System::nanoTime);
    }

    @Test
    void whoeverIsAskedToStopIsNotHeldByACallThatHangs() {
        Patience patience = patience(LONG, Duration.ZERO);
        Work work = new Work();
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread waiting = Thread.ofPlatform()
                .start(() -> work.part(() -> {
                    try {
                        patience.ask(() -> {
                            asked.countDown();
                            return hang();
                        });
                    } catch (StoreException e) {
                        thrown.set(e);
                    }
                }));
        uninterruptibly(asked);
        assertThat(waiting.isAlive()).isTrue();
        work.cancel();
        uninterruptibly(waiting);

        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.SILENT));
        assertThat(patience.silent()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsTheWaitingAndIsKept() {
        Patience patience = patience(LONG, Duration.ZERO);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patience.ask(this::hang)).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void asLongAsOneCallIsOutOthersAreGivenUpSoonerAndAreFewInAll() {
        Patience patience = patience(LONG, Duration.ZERO);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patience.ask(this::hang)).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();

        for (int out = 1; out < Patience.MOST_SILENT; out++) {
            assertThatThrownBy(() -> patience.ask(this::hang)).isInstanceOf(StoreException.class);
        }
        assertThat(patience.silent()).isEqualTo(Patience.MOST_SILENT);
        assertThatThrownBy(() -> patience.ask(() -> {
                    throw new AssertionError("must not even be asked");
                }))
                .isInstanceOf(StoreException.class);

        back.countDown();
        while (patience.silent() > 0) {
            Thread.onSpinWait();
        }
        assertThat(answers(patience)).isTrue();
    }

    @Test
    void whatSomebodyGaveUpEarlyHurriesNobodyElse() throws Exception {
        Patience patience = new Patience(LONG, Duration.ZERO, LONG, Duration.ofMillis(5), System::nanoTime);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> patience.ask(this::hang)).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(patience.silent()).isEqualTo(1);

        // Many looks long, each of which would give a hurried question up.
        CountDownLatch slow = new CountDownLatch(1);
        assertThat(patience.ask(() -> !slow.await(200, TimeUnit.MILLISECONDS))).isTrue();
    }

    private static boolean answers(Patience patience) {
        try {
            return patience.ask(() -> true);
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void whatFailsFailsAsItIs() {
        Patience patience = patience(LONG, LONG);
        StoreException full = new StoreException(StoreException.Kind.FULL, "full");
        assertThatThrownBy(() -> patience.ask(() -> {
                    throw full;
                }))
                .isSameAs(full);
        assertThatThrownBy(() -> patience.ask(() -> {
                    throw new IllegalArgumentException("a bug");
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void uninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
