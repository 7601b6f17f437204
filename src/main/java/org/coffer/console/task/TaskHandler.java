package org.coffer.console.task;

import java.util.Map;

/**
 * Does one kind of work. The noun that owns the work declares it and registers it with {@link Tasks#register}, so that
 * tasks can be run, retried and settled from their rows alone.
 */
public interface TaskHandler {
    /**
     * Does the work, on a thread of its own. Returning means success; throwing means failure with the problem that the
     * exception carries, or cancellation if it is a {@link org.coffer.engine.work.CanceledException}. A task that was
     * canceled while it waited is run too, without a place at its location: so the first thing to do is a checkpoint,
     * where what was prepared for it can be undone.
     */
    void run(TaskRun run);

    /**
     * Puts right what a task left behind whose process died: called at the next start, before anything else runs. The
     * task itself is marked failed by the caller unless the work turns out to be done.
     *
     * @return whether the work had been done after all
     */
    boolean settle(Task interrupted);

    /** What a task that was {@linkplain #settle settled} had done, as it would have told at its end. */
    default Map<String, Object> left(Task interrupted) {
        return Map.of();
    }

    /**
     * Whether a task of this kind can be held still and go on later (B7), also in another process: then {@link #run} is
     * called again, which goes on with what is stored already.
     */
    default boolean pausable() {
        return false;
    }

    /**
     * Called instead of {@link #settle} for a paused task, whose process ended meanwhile: gives the rows that it works on
     * the states that they have while it is under way.
     */
    default void keep(Task paused) {}

    /** Whether a failed task of this kind can be started again with the same parameters. */
    default boolean retryable(Task failed) {
        return true;
    }

    /**
     * Whether something still leans on the record of a task that failed, so that it cannot be deleted (T3): such as a way back
     * that only it leads to.
     */
    default boolean needed(Task failed) {
        return false;
    }

    /** Starts a failed task's work again as a new task. */
    Task retry(Task failed);
}
