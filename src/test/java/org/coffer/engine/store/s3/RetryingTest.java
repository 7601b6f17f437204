package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.s3.Fault.Again;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/** When what failed is tried again, on a clock that only waiting moves. */
class RetryingTest {
    private static final S3Patience PATIENCE = new S3Patience(
            10,
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30));

    private long now;
    private final Retrying retrying = new Retrying(PATIENCE, new SplittableRandom(3), () -> now, nanos -> now += nanos);
    /** When each try was made. */
    private final List<Duration> tries = new ArrayList<>();

    private boolean failing(Again again, Duration after, int times) throws StoreException {
        tries.clear();
        return retrying.run(repeated -> {
            tries.add(Duration.ofNanos(now));
            if (tries.size() <= times) {
                throw new Retrying.Failed(new Fault(
                        new StoreException(StoreException.Kind.UNREACHABLE, "no"),
                        again,
                        after.isZero() ? Optional.empty() : Optional.of(after)));
            }
            return true;
        });
    }

    @Test
    void pausesGrowAndNoneIsLongerThanItsTurnAllows() throws StoreException {
        assertThat(failing(Again.BUSY, Duration.ZERO, 7)).isTrue();
        assertThat(tries).hasSize(8);
        for (int i = 1; i < tries.size(); i++) {
            Duration pause = tries.get(i).minus(tries.get(i - 1));
            Duration most = Duration.ofMillis(100L << (i - 1));
            assertThat(pause).isBetween(most.dividedBy(8), most);
        }
    }

    @Test
    void whatTheServerSaysIsWaitedAndByEverybody() throws StoreException {
        failing(Again.BUSY, Duration.ofSeconds(7), 1);
        assertThat(tries.get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(7));

        long before = now;
        assertThatThrownBy(() -> failing(Again.BUSY, Duration.ofMinutes(3), 1)).isInstanceOf(StoreException.class);
        assertThat(now).as("longer than patience lasts is not waited at all").isEqualTo(before);
    }

    @Test
    void whatWouldStayTheSameIsNotTriedAgain() {
        assertThatThrownBy(() -> failing(Again.NO, Duration.ZERO, 9)).isInstanceOf(StoreException.class);
        assertThat(tries).hasSize(1);
        assertThatThrownBy(() -> failing(Again.HARMED, Duration.ZERO, 9)).isInstanceOf(StoreException.class);
        assertThat(tries).hasSize(4);
    }

    @Test
    void anAbsentServerIsWaitedForOnceAndNotByEachWhoComesLater() throws StoreException {
        assertThatThrownBy(() -> failing(Again.ABSENT, Duration.ZERO, 99)).isInstanceOf(StoreException.class);
        assertThat(tries.size()).isGreaterThan(5);
        assertThat(now).isLessThanOrEqualTo(Duration.ofSeconds(20).toNanos());
        assertThatThrownBy(() -> failing(Again.ABSENT, Duration.ZERO, 99)).isInstanceOf(StoreException.class);
        assertThat(tries).hasSize(2);

        assertThat(failing(Again.ABSENT, Duration.ZERO, 1)).isTrue();
        assertThat(failing(Again.ABSENT, Duration.ZERO, 5)).as("patient again").isTrue();
    }

    @Test
    void whoWasAskedToStopDoesNotWait() {
        Work work = new Work();
        work.cancel();
        work.part(() -> assertThatThrownBy(() -> failing(Again.BUSY, Duration.ofSeconds(30), 9))
                .isInstanceOf(StoreException.class));
        assertThat(now).isZero();
        assertThat(tries).hasSize(1);
    }
}
