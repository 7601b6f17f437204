package org.coffer.console.policy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Whose turn it is: what {@link Scheduler} found to do for a policy in a vault is done here, on threads of its own, so that
 * neither its next look nor anybody who changes a policy waits until the backups of all vaults are begun. They begin in the
 * order in which they were asked for, {@value #AT_ONCE} at once, those of one policy in one vault one after the other.
 *
 * <p>Nothing is kept: who does not come to his turn before the process ends is found anew by the first look of the next one.
 */
final class RunQueue {
    /** More would only stand in line for the catalog; one alone would let a vault that is slow to open stop all others. */
    private static final int AT_ONCE = 4;

    /**
     * Who has a turn.
     *
     * @param policy which policy
     * @param vault in which vault
     */
    record Who(UUID policy, UUID vault) {
        static Who of(Bond bond) {
            return new Who(bond.policy(), bond.vault());
        }

        static Who of(SlotRun run) {
            return new Who(run.policy(), run.vault());
        }
    }

    /**
     * A turn.
     *
     * @param hurry whether what waits is tried now, whenever it was to be tried next
     */
    record Turn(Who who, boolean hurry) {
        Turn and(Turn other) {
            return new Turn(who, hurry || other.hurry);
        }
    }

    private final Consumer<Turn> work;
    /** Who stands in line, in order. */
    private final Map<Who, Turn> waiting = new LinkedHashMap<>();

    private final Set<Who> busy = new HashSet<>();
    private final Map<Who, ReentrantLock> alone = new ConcurrentHashMap<>();
    private boolean stopped;

    /** Each turn is {@code work}, which lets no exception out. */
    RunQueue(Consumer<Turn> work) {
        this.work = work;
    }

    /** Asks for a turn. Who stands in line has one turn for both; who has his turn now gets another after it. */
    synchronized void ask(Turn turn) {
        if (!stopped) {
            waiting.merge(turn.who(), turn, Turn::and);
            fill();
        }
    }

    private void fill() {
        for (Iterator<Turn> line = waiting.values().iterator(); line.hasNext() && busy.size() < AT_ONCE; ) {
            Turn next = line.next();
            if (busy.add(next.who())) {
                line.remove();
                Thread.ofVirtual().name("policy run").start(() -> take(next));
            }
        }
    }

    private void take(Turn turn) {
        ReentrantLock mine = lock(turn.who());
        mine.lock();
        try {
            work.accept(turn);
        } finally {
            mine.unlock();
            ended(turn.who());
        }
    }

    private synchronized void ended(Who who) {
        busy.remove(who);
        if (!stopped) {
            fill();
        }
        notifyAll();
    }

    private ReentrantLock lock(Who who) {
        return alone.computeIfAbsent(who, _ -> new ReentrantLock());
    }

    /** Does something for a policy in a vault while nobody else does, waiting for a turn that goes on. */
    void alone(Who who, Runnable act) {
        ReentrantLock mine = lock(who);
        mine.lock();
        try {
            act.run();
        } finally {
            mine.unlock();
        }
    }

    /** The same, unless a turn goes on: then nothing is done. */
    void unlessBusy(Who who, Runnable act) {
        ReentrantLock mine = lock(who);
        if (mine.tryLock()) {
            try {
                act.run();
            } finally {
                mine.unlock();
            }
        }
    }

    /** Waits until nobody has a turn or stands in line for one. */
    synchronized void await() throws InterruptedException {
        while (!busy.isEmpty() || !waiting.isEmpty()) {
            wait();
        }
    }

    /** Nobody gets a turn any more; waits a while for those that go on. */
    synchronized void stop(Duration most) {
        stopped = true;
        waiting.clear();
        long until = System.nanoTime() + most.toNanos();
        try {
            for (long left = most.toMillis(); !busy.isEmpty() && left > 0; ) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
