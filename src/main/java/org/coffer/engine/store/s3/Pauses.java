package org.coffer.engine.store.s3;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The time by which a place is waited for, from one try to the next.
 *
 * @param nanos a clock of the kind of {@link System#nanoTime}
 * @param sleep waits for so many nanoseconds, or less
 */
record Pauses(LongSupplier nanos, LongConsumer sleep) {
    /** Those of this computer. */
    static Pauses real() {
        return new Pauses(System::nanoTime, LockSupport::parkNanos);
    }
}
