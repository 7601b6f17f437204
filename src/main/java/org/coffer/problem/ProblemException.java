package org.coffer.problem;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} up to whoever can show it. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** Carries {@code problem}, which nothing else caused. */
    public ProblemException(Problem problem) {
        this(problem, null);
    }

    /** Carries {@code problem}, whose technical cause is kept for the log. */
    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code() + " " + problem.args(), cause);
        this.problem = problem;
    }

    /** The problem to show. */
    public Problem problem() {
        return problem;
    }
}
