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

    private final Map<UUID, Queue<Runnable>> waiting = new HashMap<>();
    private final Map<UUID, Integer> running = new HashMap<>();
    private boolean closed;

    /** Runs {@code run} now, or when a place at its location is free. */
    synchronized void submit(Optional<UUID> location, String name, Runnable run) {
        if (closed) {
            return;
        }
        if (location.isEmpty()) {
            start(name, run);
            return;
        }
        UUID place = location.get();
        Runnable counted = () -> {
            try {
                run.run();
            } finally {
                freed(place);
            }
        };
        if (running.getOrDefault(place, 0) < PER_LOCATION) {
            running.merge(place, 1, Integer::sum);
            start(name, counted);
        } else {
            waiting.computeIfAbsent(place, key -> new ArrayDeque<>()).add(() -> start(name, counted));
        }
    }

    private synchronized void freed(UUID place) {
        Queue<Runnable> queue = waiting.get(place);
        Runnable next = closed || queue == null ? null : queue.poll();
        if (next == null) {
            running.merge(place, -1, Integer::sum);
        } else {
            next.run();
        }
    }

    private static void start(String name, Runnable run) {
        Thread.ofPlatform().name(name).start(run);
    }

    /** Starts nothing more; what waits never runs. */
    synchronized void close() {
        closed = true;
    }
}
