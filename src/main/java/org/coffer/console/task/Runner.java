package org.coffer.console.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Starts runs on threads of their own, at most {@link #PER_LOCATION} at once for each location (two streams keep a disk
 * or a network busy; more only make it seek). Runs without a location wait for nobody. What is {@linkplain #bar barred} gets
 * no place until it is not any more.
 */
final class Runner {
    static final int PER_LOCATION = 2;

    /** Who waits for a place at each location; those first that had one. */
    private final Map<UUID, List<Waiting>> waiting = new HashMap<>();

    private final Map<UUID, Integer> running = new HashMap<>();
    /** The places that tasks take, and those that paused ones took. */
    private final Map<UUID, UUID> places = new HashMap<>();

    private final Map<UUID, UUID> left = new HashMap<>();
    private final Set<UUID> barred = new HashSet<>();
    private boolean closed;

    /**
     * A run that has no place yet.
     *
     * @param back whether it had one before, and its thread only stands still
     */
    private record Waiting(UUID task, Runnable run, boolean back) {}

    /** Runs {@code run} now, or when a place at its location is free. */
    synchronized void submit(Optional<UUID> location, UUID task, Runnable run) {
        if (closed) {
            return;
        }
        if (location.isEmpty()) {
            start(task, run);
            return;
        }
        UUID place = location.get();
        waiting.computeIfAbsent(place, key -> new ArrayList<>()).add(new Waiting(task, run, false));
        fill(place);
    }

    /** Gives no place to these tasks, but to all others that wait. */
    synchronized void bar(Set<UUID> tasks) {
        barred.clear();
        barred.addAll(tasks);
        waiting.keySet().forEach(this::fill);
    }

    private void fill(UUID place) {
        Iterator<Waiting> queue = waiting.getOrDefault(place, List.of()).iterator();
        while (queue.hasNext() && free(place)) {
            Waiting next = queue.next();
            if (!barred.contains(next.task())) {
                queue.remove();
                take(place, next.task());
                start(next.task(), next.back() ? next.run() : () -> runAndEnd(next));
            }
        }
    }

    private boolean free(UUID place) {
        return running.getOrDefault(place, 0) < PER_LOCATION;
    }

    private void take(UUID place, UUID task) {
        left.remove(task);
        places.put(task, place);
        running.merge(place, 1, Integer::sum);
    }

    private void runAndEnd(Waiting run) {
        try {
            run.run().run();
        } finally {
            ended(run.task());
        }
    }

    private synchronized void ended(UUID task) {
        forgetTurn(task);
        leave(task);
        left.remove(task);
    }

    /**
     * Starts a run that still waits without a place, because it has nothing to do but to end. Does nothing to any other.
     */
    synchronized void release(UUID task) {
        for (List<Waiting> queue : waiting.values()) {
            for (Waiting each : queue) {
                if (each.task().equals(task) && !each.back()) {
                    queue.remove(each);
                    start(task, each.run());
                    return;
                }
            }
        }
    }

    /** Gives the place of a task that holds still, or has ended, to the next. Does nothing if it has none. */
    synchronized void leave(UUID task) {
        UUID place = places.remove(task);
        if (place == null) {
            return;
        }
        left.put(task, place);
        running.merge(place, -1, Integer::sum);
        fill(place);
    }

    /**
     * A task goes on that left its place, because somebody wants it now. It does not wait for one, so there may be more for a
     * while.
     */
    synchronized void comeBack(UUID task) {
        forgetTurn(task);
        UUID place = left.get(task);
        if (place != null) {
            take(place, task);
        }
    }

    /**
     * A task may go on that left its place, when there is one again: before those that never had one, because it holds what
     * others wait for. It is barred no more.
     *
     * @param goOn what to do if it has to wait, once it has its place
     * @return whether it has a place already
     */
    synchronized boolean comeBackInTurn(UUID task, Runnable goOn) {
        barred.remove(task);
        UUID place = left.get(task);
        if (place == null) {
            return !places.containsKey(task);
        }
        if (closed) {
            return false;
        }
        List<Waiting> queue = waiting.computeIfAbsent(place, key -> new ArrayList<>());
        if (queue.stream().anyMatch(each -> each.task().equals(task))) {
            fill(place);
            return false;
        }
        if (free(place)) {
            take(place, task);
            return true;
        }
        queue.add((int) queue.stream().filter(Waiting::back).count(), new Waiting(task, goOn, true));
        return false;
    }

    private void forgetTurn(UUID task) {
        waiting.values()
                .forEach(queue ->
                        queue.removeIf(each -> each.back() && each.task().equals(task)));
    }

    private static void start(UUID task, Runnable run) {
        Thread.ofPlatform().name("task-" + Tasks.shortId(task)).start(run);
    }

    /** Starts nothing more; what waits never runs. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
