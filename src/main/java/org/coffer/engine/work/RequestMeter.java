package org.coffer.engine.work;

/** Adds up requests to object storage. Thread-safe. */
public final class RequestMeter {
    private Requests sum = Requests.NONE;

    /** Counts requests that were made. */
    public synchronized void count(Requests made) {
        sum = sum.plus(made);
    }

    /** All that was counted so far. */
    public synchronized Requests sum() {
        return sum;
    }
}
