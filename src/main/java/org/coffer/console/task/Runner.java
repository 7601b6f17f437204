package org.coffer.console.task;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;

/**
 * Starts runs on threads of their own, at most {@link #PER_LOCATION} at once for each location (two streams keep a disk
 * or a network busy; more only make it seek). Runs without a location wait for nobody.
 */
final class Runner {
    static final int PER_LOCATION = 2;

    private final Map<UUID, Queue<Waiting>> waiting = new HashMap<>();
    private final Map<UUID, Integer> running = new HashMap<>();
    /** The places that tasks take, and those that paused ones took. */
    private final Map<UUID, UUID> places = new HashMap<>();

    private final Map<UUID, UUID> left = new HashMap<>();
    private boolean closed;

    /** A run that has no place yet. */
    private record Waiting(UUID task, Runnable run) {}

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
        if (running.getOrDefault(place, 0) < PER_LOCATION) {
            running.merge(place, 1, Integer::sum);
            startAt(place, task, run);
        } else {
            waiting.computeIfAbsent(place, key -> new ArrayDeque<>()).add(new Waiting(task, run));
        }
    }

    /**
     * Starts a run that still waits without a place, because it has nothing to do but to end. Does nothing to any other.
     */
    synchronized void release(UUID task) {
        for (Queue<Waiting> queue : waiting.values()) {
            for (Waiting each : queue) {
                if (each.task().equals(task)) {
                    queue.remove(each);
                    start(task, each.run());
                    return;
                }
            }
        }
    }

    private void startAt(UUID place, UUID task, Runnable run) {
        places.put(task, place);
        start(task, () -> {
            try {
                run.run();
            } finally {
                leave(task);
                forget(task);
            }
        });
    }

    private synchronized void forget(UUID task) {
        left.remove(task);
    }

    /** Gives the place of a task that holds still, or has ended, to the next. Does nothing if it has none. */
    synchronized void leave(UUID task) {
        UUID place = places.remove(task);
        if (place == null) {
            return;
        }
        left.put(task, place);
        Queue<Waiting> queue = waiting.get(place);
        Waiting next = closed || queue == null ? null : queue.poll();
        if (next == null) {
            running.merge(place, -1, Integer::sum);
        } else {
            startAt(place, next.task(), next.run());
        }
    }

    /**
     * A task goes on that left its place. It does not wait for one, because it holds what others wait for; so there may be
     * more for a while.
     */
    synchronized void comeBack(UUID task) {
        UUID place = left.remove(task);
        if (place != null) {
            places.put(task, place);
            running.merge(place, 1, Integer::sum);
        }
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
