package org.coffer.console.task;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;

/**
 * Turns counts into a speed and a time left that behave: an average over the last ten seconds or so, so that neither
 * jumps. Nothing moving for {@link #STALL} counts as stalled.
 */
final class Speed {
    static final Duration STALL = Duration.ofMinutes(5);
    private static final double MEMORY_SECONDS = 10;

    private final Clock clock;
    private Instant last;
    private Instant moved;
    private long lastDone;
    private double average = -1;
    private Stage stage = Stage.WAITING;

    Speed(Clock clock) {
        this.clock = clock;
        this.last = clock.instant();
        this.moved = last;
    }

    synchronized Progress look(Work.Snapshot now) {
        Instant at = clock.instant();
        double seconds = Duration.between(last, at).toNanos() / 1e9;
        if (now.stage() != stage || now.done() < lastDone) {
            stage = now.stage();
            lastDone = now.done();
            average = -1;
            last = at;
            moved = at;
        } else if (seconds >= 0.2) {
            double speed = (now.done() - lastDone) / seconds;
            double weight = Math.min(1, seconds / MEMORY_SECONDS);
            average = average < 0 ? speed : average + weight * (speed - average);
            if (now.done() != lastDone) {
                moved = at;
            }
            lastDone = now.done();
            last = at;
        }
        boolean stalled = Duration.between(moved, at).compareTo(STALL) >= 0;
        long perSecond = Math.max(0, Math.round(average));
        long left = perSecond == 0 || now.total() <= 0 ? -1 : Math.max(0, (now.total() - now.done()) / perSecond);
        return new Progress(
                now.stage(), now.done(), now.total(), now.stored(), perSecond, left, stalled, now.percent());
    }
}
