package org.coffer.console.backup;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.coffer.engine.work.Work;

/** One at a time of each kind; the others wait, and hear a wish to stop or to pause meanwhile. */
final class Turns {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Set<Object> taken = new HashSet<>();

    /** A turn; to be closed when it is over. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a turn at something. */
    Turn take(Object what, Work work) {
        while (!free(what)) {
            work.rest(LOOK_AGAIN);
        }
        return () -> leave(what);
    }

    private synchronized boolean free(Object what) {
        return taken.add(what);
    }

    private synchronized void leave(Object what) {
        taken.remove(what);
    }
}
