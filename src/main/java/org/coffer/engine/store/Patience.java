package org.coffer.engine.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.coffer.engine.work.Work;

/**
 * Asks things of a place that may never answer, such as the mount of a server that is gone: a thread in the kernel cannot
 * be woken, so it is one of our own that waits there, and whoever asked goes on without it.
 *
 * <p><b>Promises.</b> {@link #ask} returns when the answer comes, and fails as {@link StoreException.Kind#SILENT} when none
 * came in time. Whose {@link Work} was asked to stop waits only a short while longer, and so does everybody as long as an
 * earlier question is out; where both is true, only a glance. What was given up may still come to pass later: callers treat it as they would a put of unknown
 * outcome.
 *
 * <p><b>Bounds.</b> As many threads as callers ask at once, and at most {@link #MOST_SILENT} that were given up; beyond
 * those nothing is asked any more until one comes back. They do not keep the program from ending. Thread-safe.
 */
public final class Patience {
    /** Questions without an answer that may be out at once. */
    static final int MOST_SILENT = 8;

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Duration answer;
    private final Duration grace;
    private final Duration look;
    private final LongSupplier nanos;
    private final ExecutorService helpers;
    private final AtomicInteger silent = new AtomicInteger();

    private enum Fate {
        OUT,
        ANSWERED,
        GIVEN_UP
    }

    /**
     * @param answer how long an answer may take
     * @param grace how long, once the work was asked to stop or something else was given up
     */
    public Patience(Duration answer, Duration grace) {
        this(answer, grace, Duration.ofMillis(100), System::nanoTime);
    }

    /**
     * @param look how long it takes to hear that work was asked to stop
     * @param nanos a clock of the kind of {@link System#nanoTime}
     */
    Patience(Duration answer, Duration grace, Duration look, LongSupplier nanos) {
        this.answer = answer;
        this.grace = grace;
        this.look = look;
        this.nanos = nanos;
        this.helpers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("store-", 0).factory());
    }

    /** Five minutes, after which work counts as stalled; three seconds for those who were asked to stop. */
    public static Patience standard() {
        return new Patience(Duration.ofMinutes(5), Duration.ofSeconds(3));
    }

    /** One question, from the moment it is asked. */
    private final class Question<T> extends FutureTask<T> {
        private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.OUT);

        Question(Callable<T> act) {
            super(act);
        }

        @Override
        protected void done() {
            if (!fate.compareAndSet(Fate.OUT, Fate.ANSWERED)) {
                silent.decrementAndGet();
            }
        }

        boolean giveUp() {
            silent.incrementAndGet();
            boolean given = fate.compareAndSet(Fate.OUT, Fate.GIVEN_UP);
            if (!given) {
                silent.decrementAndGet();
            }
            return given;
        }
    }

    /**
     * Does something on a thread of its own, and waits for it. An interrupt counts as being asked to stop.
     *
     * @throws StoreException of kind SILENT if it does not come back, or what it throws itself
     */
    public <T> T ask(Callable<T> act) throws StoreException {
        if (silent.get() >= MOST_SILENT) {
            throw new StoreException(StoreException.Kind.SILENT, "still silent about " + MOST_SILENT + " questions");
        }
        Work work = Work.current();
        Question<T> question = new Question<>(act);
        long limit = nanos.getAsLong() + answer.toNanos();
        boolean hurried = false;
        boolean interrupted = false;
        helpers.execute(question);
        try {
            while (true) {
                try {
                    return question.get(look.toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    long now = nanos.getAsLong();
                    boolean stopped = interrupted || work.stopped();
                    boolean hung = silent.get() > 0;
                    if (!hurried && (stopped || hung)) {
                        hurried = true;
                        limit = Math.min(limit, now + grace.toNanos() / (stopped && hung ? MOST_SILENT : 1));
                    }
                    if (now - limit >= 0 && question.giveUp()) {
                        throw new StoreException(StoreException.Kind.SILENT, "no answer", e);
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case StoreException failure -> throw failure;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many questions were given up and have not come back. */
    public int silent() {
        return silent.get();
    }
}
