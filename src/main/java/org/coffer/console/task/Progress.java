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
 */
public record Progress(
        Stage stage, long done, long total, long stored, long bytesPerSecond, long secondsLeft, boolean stalled) {
    /** The same for work that did not get to its end: something of it was left, however little. */
    Progress unfinished() {
        long most = Math.max(0, total - 1);
        return new Progress(
                stage, total > 0 ? Math.min(done, most) : done, total, stored, bytesPerSecond, secondsLeft, stalled);
    }

    /** Share of this stage that is done, 0 to 100. */
    public int percent() {
        return total <= 0 ? 0 : (int) Math.min(100, done * 100.0 / total);
    }
}
