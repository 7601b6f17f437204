package org.coffer.console.task;

/** The states of a task (T1). */
public enum TaskStatus {
    WAITING,
    RUNNING,
    PAUSED,
    SUCCEEDED,
    FAILED,
    CANCELED,
    SKIPPED,
    TIMED_OUT;

    /** Whether nothing happens to the task any more. */
    public boolean ended() {
        return this != WAITING && this != RUNNING && this != PAUSED;
    }
}
