package org.coffer.console.task;

import java.util.LinkedHashMap;
import java.util.Map;
import org.coffer.engine.work.Requests;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/** A task while it runs: what its handler works with. */
public final class TaskRun {
    private final Task task;
    private final Work work = new Work();
    private final TaskStore store;
    private final java.time.Clock clock;
    private final Map<String, Object> outcome = new LinkedHashMap<>();
    private final Speed speed;
    private int steps;

    TaskRun(Task task, TaskStore store, java.time.Clock clock) {
        this.task = task;
        this.store = store;
        this.clock = clock;
        this.speed = new Speed(clock);
        this.steps = store.steps(task.id()).size(); // It may have begun in another process.
    }

    /** The row as it was when the run began. */
    public Task task() {
        return task;
    }

    /** Numbers out, the wish to stop in. */
    public Work work() {
        return work;
    }

    /**
     * Adds a line to the task's log.
     *
     * @param key names the sentence {@code task.step.<key>}
     * @param namesAndValues its placeholders
     */
    public synchronized void step(String key, Object... namesAndValues) {
        Map<String, Object> args = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            args.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        step(key, args);
    }

    /** The same, with the placeholders by name. */
    synchronized void step(String key, Map<String, Object> args) {
        store.step(task.id(), ++steps, new TaskStep(clock.instant(), key, args));
    }

    /** Keeps a number or name that the task ends with. */
    public synchronized void outcome(String name, Object value) {
        outcome.put(name, value);
    }

    /** What was kept under a name; null if nothing was. */
    public synchronized @Nullable Object outcome(String name) {
        return outcome.get(name);
    }

    /** Keeps and tells what it asked of object storage, if anything: that is paid for, also by a run that failed. */
    void tellRequests() {
        Requests made = work.requests();
        if (made.total() == 0) {
            return;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("n", made.total());
        all.put("puts", made.puts());
        all.put("gets", made.gets());
        all.put("heads", made.heads());
        all.put("lists", made.lists());
        all.put("deletes", made.deletes());
        all.put("again", made.again());
        all.put("sent", made.sent());
        all.put("received", made.received());
        outcome("requests", all);
        step("requests", all);
    }

    synchronized Map<String, Object> outcome() {
        return Map.copyOf(outcome);
    }

    /** Looks at the numbers; called a few times a second by one thread. */
    Progress progress() {
        return speed.look(work.snapshot());
    }
}
