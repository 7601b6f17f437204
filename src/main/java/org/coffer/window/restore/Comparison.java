package org.coffer.window.restore;

import java.util.Optional;
import org.coffer.console.restore.Difference;
import org.coffer.problem.Problem;

/**
 * How far the count of what would be overwritten is.
 *
 * @param state where it stands
 * @param percent 0 to 100, while it runs
 * @param bytes that differ, once it is done
 * @param blocks of 64 KiB that hold them
 * @param problem why it failed; once it is done, why a safety copy of what differs may have no room
 */
public record Comparison(State state, int percent, long bytes, long blocks, Optional<Problem> problem) {
    /** Nobody asked for it yet, or the target changed since. */
    static final Comparison NONE = new Comparison(State.NONE, 0, 0, 0, Optional.empty());

    /** Where a comparison stands. */
    public enum State {
        NONE,
        RUNNING,
        DONE,
        FAILED
    }

    static Comparison running(int percent) {
        return new Comparison(State.RUNNING, percent, 0, 0, Optional.empty());
    }

    static Comparison done(Difference found, Optional<Problem> room) {
        return new Comparison(State.DONE, 100, found.bytes(), found.blocks(), room);
    }

    static Comparison failed(Problem problem) {
        return new Comparison(State.FAILED, 0, 0, 0, Optional.of(problem));
    }
}
