package org.coffer.engine.store;

import java.io.IOException;
import java.io.Serial;
import java.util.Optional;
import org.coffer.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked to. The kind decides what a caller may do about it. */
public final class StoreException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final @Nullable Problem problem;

    /** Why a store refused or failed. */
    public enum Kind {
        /** No such object, or the range lies outside it. */
        MISSING,
        /** The place does not let this account read or write. */
        DENIED,
        /** No room left. */
        FULL,
        /**
         * The place itself is not there: unplugged, unmounted, another disk mounted instead, network gone, a server that
         * cannot be reached or does not work now.
         */
        UNREACHABLE,
        /** The place is there, and does not answer. What was asked of it may still come to pass. */
        SILENT,
        /** An object of this name with other content exists. */
        CONFLICT,
        /** The place returned something that cannot be, such as an input/output error. */
        DAMAGED,
        /** Anything else; the message says what. */
        OTHER
    }

    /** Says what failed. */
    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** Says what failed, and keeps the technical cause for the log. */
    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, null, cause);
    }

    /** Says what failed, for a store that knows better than by kind what a person should read about it. */
    public StoreException(Kind kind, Problem problem, String message, @Nullable Throwable cause) {
        this(kind, message, problem, cause);
    }

    private StoreException(Kind kind, String message, @Nullable Problem problem, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.problem = problem;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** What a person should read about it; empty if the kind says it all. */
    public Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }
}
