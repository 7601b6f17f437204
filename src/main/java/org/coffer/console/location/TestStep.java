package org.coffer.console.location;

import java.util.List;
import java.util.Optional;
import org.coffer.problem.Problem;

/**
 * One step of trying a location out (L1).
 *
 * @param act what was tried
 * @param result how it went
 * @param problem why it failed; empty if it did not
 */
public record TestStep(Act act, Result result, Optional<Problem> problem) {
    /** A step that worked, or failed for a reason. */
    public TestStep(Act act, Optional<Problem> problem) {
        this(act, problem.isEmpty() ? Result.PASSED : Result.FAILED, problem);
    }

    /** What is tried. */
    public enum Act {
        /** The server's name is known. */
        RESOLVE,
        /** Somebody answers there. */
        CONNECT,
        /** The connection is encrypted, and the certificate is right. */
        SECURE,
        /** The clocks are close enough together. */
        CLOCK,
        /** The key is accepted. */
        SIGN_IN,
        /** The bucket exists. */
        BUCKET,
        /** An object can be written. */
        WRITE,
        /** It comes back as it was. */
        READ,
        /** So does a part of it. */
        RANGE,
        /** A put that must not overwrite does not. */
        KEEP,
        /** A listing shows it at once. */
        SHOW,
        /** The bucket can keep objects from being deleted. */
        LOCK,
        /** Objects can be listed. */
        LIST,
        /** It can be deleted. */
        DELETE,
        /** Nobody else's things lie there, and no vaults that were mixed up. */
        ALONE;

        private static final List<Act> FOLDER = List.of(WRITE, READ, LIST, DELETE);
        private static final List<Act> S3 = List.of(
                RESOLVE, CONNECT, SECURE, CLOCK, SIGN_IN, BUCKET, LIST, WRITE, READ, RANGE, KEEP, SHOW, LOCK, DELETE,
                ALONE);

        /** What is tried at a place of a kind, in this order. */
        public static List<Act> of(Location.Kind kind) {
            return switch (kind) {
                case FOLDER -> FOLDER;
                case S3 -> S3;
            };
        }
    }

    /** How a step went. */
    public enum Result {
        /** It worked. */
        PASSED,
        /** The place does not offer it, and can be used without. */
        ABSENT,
        /** It failed. */
        FAILED,
        /** An earlier one failed. */
        SKIPPED
    }

    /** Whether it worked. */
    public boolean passed() {
        return result == Result.PASSED;
    }
}
