package org.coffer.engine.store.s3;

import java.time.Duration;
import org.coffer.engine.work.Work;

/**
 * Whether the caller of one request wants it to end. Who was asked to stop before the call may still say a last word, such
 * as that nothing comes of a session: that has {@link #GRACE}. To be closed by the thread that made it, which gets back the
 * interrupt that was taken from it.
 */
final class Stop implements AutoCloseable {
    /** How long a request may take whose caller was asked to stop before. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final Work work;
    private final boolean before;
    private final long began = System.nanoTime();
    private final boolean interruptedBefore;
    private boolean interrupted;

    Stop(Work work) {
        this.work = work;
        this.interruptedBefore = Thread.interrupted();
        this.before = interruptedBefore || work.stopped();
    }

    Work work() {
        return work;
    }

    /** Notes that the thread was interrupted meanwhile. */
    void interrupt() {
        interrupted = true;
    }

    /** Whether it is to end now. */
    boolean now() {
        return before ? System.nanoTime() - began > GRACE.toNanos() : interrupted || work.stopped();
    }

    @Override
    public void close() {
        if (interrupted || interruptedBefore) {
            Thread.currentThread().interrupt();
        }
    }
}
