package org.coffer.console.task;

import org.coffer.engine.work.Stage;

/**
 * How far a task is.
 *
 * @param stage what it does now
 * @param done bytes dealt with in this stage
 * @param total bytes expected in this stage; 0 while unknown
 * @param stored bytes written to the store or target so far
 * @param bytesPerSecond the recent speed; 0 while unknown
 * @param secondsLeft an estimate for this stage; -1 while unknown
 * @param stalled whether nothing moved for five minutes
 * @param percent share of the whole task that is done, 0 to 100
 */
public record Progress(
        Stage stage,
        long done,
        long total,
        long stored,
        long bytesPerSecond,
        long secondsLeft,
        boolean stalled,
        int percent) {
    /** Of a task that has one stage. */
    public Progress(
            Stage stage, long done, long total, long stored, long bytesPerSecond, long secondsLeft, boolean stalled) {
        this(stage, done, total, stored, bytesPerSecond, secondsLeft, stalled, share(done, total));
    }

    /** The same for work that did not get to its end: something of it was left, however little. */
    Progress unfinished() {
        long most = Math.max(0, total - 1);
        return new Progress(
                stage,
                total > 0 ? Math.min(done, most) : done,
                total,
                stored,
                bytesPerSecond,
                secondsLeft,
                stalled,
                Math.min(99, percent));
    }

    private static int share(long done, long total) {
        return total <= 0 ? 0 : (int) Math.min(100, done * 100.0 / total);
    }
}
