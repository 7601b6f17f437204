package org.coffer.engine.store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.coffer.engine.work.Work;

/**
 * Asks things of a place that may never answer, such as the mount of a server that is gone: a thread in the kernel cannot
 * be woken, so it is one of our own that waits there, and whoever asked goes on without it.
 *
 * <p><b>Promises.</b> {@link #ask} returns when the answer comes, and fails as {@link StoreException.Kind#SILENT} when none
 * came in time. Whose {@link Work} was asked to stop waits only a short while longer, or a glance if something was given up
 * already. Everybody waits only that short while as long as a question that was given up is out for so long that the place must be
 * taken for hung; one that somebody gave up early, because he was asked to stop, says nothing about the place. What was given up may
 * still come to pass later: callers treat it as they would a put of unknown outcome.
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
    private final Duration hung;
    private final Duration look;
    private final LongSupplier nanos;
    private final ExecutorService helpers;
    /** What was given up and has not come back. */
    private final Set<Question<?>> silent = ConcurrentHashMap.newKeySet();

    private enum Fate {
        OUT,
        ANSWERED,
        GIVEN_UP
    }

    /**
     * @param answer how long an answer may take
     * @param grace how long, once the work was asked to stop or the place is taken for hung
     * @param hung how long a question that was given up must be out for that
     */
    public Patience(Duration answer, Duration grace, Duration hung) {
        this(answer, grace, hung, Duration.ofMillis(100), System::nanoTime);
    }

    /**
     * @param look how long it takes to hear that work was asked to stop
     * @param nanos a clock of the kind of {@link System#nanoTime}
     */
    Patience(Duration answer, Duration grace, Duration hung, Duration look, LongSupplier nanos) {
        this.answer = answer;
        this.grace = grace;
        this.hung = hung;
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

    /**
     * Five minutes, after which work counts as stalled; three seconds for those who were asked to stop, and for everybody when a
     * question is out for half a minute, longer than a slow place takes for anything that is asked at once.
     */
    public static Patience standard() {
        return new Patience(Duration.ofMinutes(5), Duration.ofSeconds(3), Duration.ofSeconds(30));
    }

    /** One question, from the moment it is asked. */
    private final class Question<T> extends FutureTask<T> {
        private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.OUT);
        private final long asked = nanos.getAsLong();

        Question(Callable<T> act) {
            super(act);
        }

        @Override
        protected void done() {
            if (!fate.compareAndSet(Fate.OUT, Fate.ANSWERED)) {
                silent.remove(this);
            }
        }

        boolean giveUp() {
            silent.add(this);
            boolean given = fate.compareAndSet(Fate.OUT, Fate.GIVEN_UP);
            if (!given) {
                silent.remove(this);
            }
            return given;
        }

        boolean isHung(long now) {
            return now - asked >= hung.toNanos();
        }
    }

    /**
     * Does something on a thread of its own, and waits for it. An interrupt counts as being asked to stop.
     *
     * @throws StoreException of kind SILENT if it does not come back, or what it throws itself
     */
    public <T> T ask(Callable<T> act) throws StoreException {
        if (silent.size() >= MOST_SILENT) {
            throw new StoreException(StoreException.Kind.SILENT, "still silent about " + MOST_SILENT + " questions");
        }
        Work work = Work.current();
        Question<T> question = new Question<>(act);
        long limit = question.asked + answer.toNanos();
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
                    if (!hurried && (stopped || silent.stream().anyMatch(other -> other.isHung(now)))) {
                        hurried = true;
                        limit = Math.min(
                                limit, now + grace.toNanos() / (stopped && !silent.isEmpty() ? MOST_SILENT : 1));
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
        return silent.size();
    }
}
