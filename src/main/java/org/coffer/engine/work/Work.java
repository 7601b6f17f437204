package org.coffer.engine.work;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * One run of long work: numbers go out, the wish to pause or stop comes in.
 *
 * <p>The engine counts with {@link #advance} and {@link #stored} as often as it likes, and calls {@link #checkpoint}
 * between pieces of work; whoever watches polls {@link #snapshot}. There are no callbacks, so watching never slows the
 * work. All methods may be called by any thread.
 */
public final class Work {
    private static final ScopedValue<Work> CURRENT = ScopedValue.newInstance();

    private final LongAdder done = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final RequestMeter requests = new RequestMeter();
    private volatile long total;
    private volatile Part part = new Part(Stage.WAITING, 0, 0);
    private volatile @Nullable RuntimeException end;
    private volatile int low;
    private volatile int high = 100;
    private boolean paused;
    private boolean whole;

    /** A stage, and which share of the whole work it stands for, in percent. */
    private record Part(Stage stage, int from, int to) {}

    /** Work that nobody watches. */
    public static Work quiet() {
        return new Work();
    }

    /**
     * The work that the calling thread does a part of; one that nobody watches if it does none. It is for what cannot be
     * handed the work from above, such as a call of a store that does not come back.
     */
    public static Work current() {
        return CURRENT.isBound() ? CURRENT.get() : quiet();
    }

    /** Does a part of this work, which finds it as {@link #current}. */
    public void part(Runnable part) {
        ScopedValue.where(CURRENT, this).run(part);
    }

    /**
     * The numbers at one moment.
     *
     * @param stage what is being done
     * @param done bytes dealt with in this stage
     * @param total bytes expected in this stage; 0 while unknown
     * @param stored bytes written to the store or the target so far, over all stages
     * @param from share of the whole work, in percent, that was done when this stage began
     * @param to share that will be done when it ends
     */
    public record Snapshot(Stage stage, long done, long total, long stored, int from, int to) {
        /** Share of the whole work that is done, 0 to 100; while the total of a stage is unknown, where it began. */
        public int percent() {
            double share = total <= 0 ? 0 : Math.min(1, Math.max(0, (double) done / total));
            return (int) (from + (to - from) * share);
        }
    }

    /** Enters the only stage whose bytes count; its count starts at 0. */
    public void stage(Stage next) {
        stage(next, 0, 100);
    }

    /**
     * Enters one of several stages; its count of bytes starts at 0. Their shares go upwards, so that what is shown of the
     * whole never falls.
     *
     * @param from share of the whole work, in percent, that is done by now
     * @param to share that will be done when this stage ends
     */
    public void stage(Stage next, int from, int to) {
        part = new Part(next, low + (high - low) * from / 100, low + (high - low) * to / 100);
        total = 0;
        done.reset();
    }

    /**
     * Says that the stages to come are a part of the whole, which has others before or after it.
     *
     * @param from share of the whole work, in percent, that is done by now
     * @param to share that will be done when they are
     */
    public void within(int from, int to) {
        low = from;
        high = to;
    }

    /** Says how many bytes this stage will deal with. */
    public void expect(long bytes) {
        total = bytes;
    }

    /** Counts bytes dealt with: read and stored, compared, skipped as a hole. */
    public void advance(long bytes) {
        done.add(bytes);
    }

    /** Counts bytes written to the store or the target. */
    public void stored(long bytes) {
        stored.add(bytes);
    }

    /** Counts requests to object storage. */
    public void requested(Requests made) {
        requests.count(made);
    }

    /** What this work has asked of object storage so far, over all stages; nothing where vaults lie in folders. */
    public Requests requests() {
        return requests.sum();
    }

    /** The numbers now. Cheap; meant to be polled. */
    public Snapshot snapshot() {
        Part now = part;
        return new Snapshot(now.stage(), done.sum(), total, stored.sum(), now.from(), now.to());
    }

    /** Asks the work to stop; wakes it if it is paused. There is no way back. */
    public synchronized void cancel() {
        end(new CanceledException());
    }

    /**
     * Makes the work fail with {@code cause}, for a reason that lies outside it and is nobody's wish; wakes it if it is
     * paused. Work that was canceled before stays canceled.
     */
    public synchronized void cutOff(ProblemException cause) {
        end(cause);
    }

    private void end(RuntimeException how) {
        if (end == null) {
            end = how;
        }
        notifyAll();
    }

    /** Whether {@link #cancel} was called. */
    public boolean canceled() {
        return end instanceof CanceledException;
    }

    /** Whether it was asked to stop, or cut off. */
    public boolean stopped() {
        return end != null;
    }

    /**
     * Asks the work to hold still at its next {@link #checkpoint}.
     *
     * @return false if it does something now that cannot be held still; then it was not asked
     */
    public synchronized boolean pause() {
        paused |= !whole;
        return !whole;
    }

    /** Whether {@link #pause} would be heard. */
    public synchronized boolean pausable() {
        return !whole;
    }

    /** Something that is done by others, whom nobody can hold still. */
    @FunctionalInterface
    public interface Whole<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Does something that can be stopped, but not held still: waits while paused, and is not paused until that is done.
     *
     * @throws CanceledException if somebody asked to stop before
     * @throws ProblemException the cause, if the work was {@linkplain #cutOff cut off} before
     */
    public <T> T whole(Whole<T> act) throws IOException {
        begin();
        try {
            return act.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        holdWhilePaused();
        whole = true;
    }

    private synchronized void end() {
        whole = false;
    }

    /** Lets paused work go on. */
    public synchronized void resume() {
        paused = false;
        notifyAll();
    }

    /**
     * To be called between pieces of work, at least once for every few megabytes: waits while paused.
     *
     * @throws CanceledException if somebody asked to stop, also by interrupting the thread
     * @throws ProblemException the cause, if the work was {@linkplain #cutOff cut off}
     */
    public void checkpoint() {
        throwEnd();
        holdWhilePaused();
    }

    /**
     * Waits, because the work may go on only after some time; hears a wish to stop at once. Time spent paused counts.
     *
     * @throws CanceledException if somebody asked to stop, also by interrupting the thread
     * @throws ProblemException the cause, if the work was {@linkplain #cutOff cut off}
     */
    public void rest(Duration time) {
        waitFor(time);
        checkpoint();
    }

    private synchronized void waitFor(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0 && end == null; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CanceledException();
        }
    }

    /**
     * To be called instead of {@link #checkpoint} where others would be held up by a paused one, as inside a lock: hears a
     * wish to stop, and does not pause.
     *
     * @throws CanceledException if somebody asked to stop
     * @throws ProblemException the cause, if the work was {@linkplain #cutOff cut off}
     */
    public void throwIfStopped() {
        throwEnd();
    }

    private void throwEnd() {
        RuntimeException how = end;
        if (how != null) {
            throw how;
        }
    }

    private synchronized void holdWhilePaused() {
        try {
            while (paused && end == null) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CanceledException();
        }
        throwEnd();
    }
}
