package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/** A limit on reading, on a clock that only waiting moves. */
class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;

    private long now;

    private Throttle limit(long bytesPerSecond) {
        return new Throttle(bytesPerSecond, () -> now, nanos -> now += nanos);
    }

    @Test
    void bytesTakeAsLongAsTheLimitSays() {
        Throttle throttle = limit(1000);
        for (int i = 0; i < 11; i++) {
            throttle.take(500, Work.quiet());
        }
        assertThat(now).isEqualTo(5 * SECOND);
    }

    @Test
    void withoutALimitNobodyWaits() {
        limit(0).take(1L << 50, Work.quiet());
        assertThat(now).isZero();
    }

    @Test
    void idleTimeIsNotSavedUp() {
        Throttle throttle = limit(1000);
        now = 100 * SECOND;
        throttle.take(1000, Work.quiet());
        throttle.take(1000, Work.quiet());
        assertThat(now).isBetween(100 * SECOND + SECOND / 2, 101 * SECOND);
    }

    @Test
    void canceledWorkDoesNotWaitOn() {
        Work work = new Work();
        Throttle throttle = new Throttle(1, () -> now, nanos -> work.cancel());
        throttle.take(1000, work);
        assertThatThrownBy(() -> throttle.take(1, work)).isInstanceOf(CanceledException.class);
    }
}
