package org.coffer.engine.store;

import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Turns what a store said into what a person can read: the one place where kinds become problem codes. */
public final class StoreProblems {
    private StoreProblems() {}

    /**
     * The problem behind a store's failure: the store's own where it knows better, else by kind. Codes {@code location.full}, {@code location.denied},
     * {@code location.unreachable}, {@code location.silent}, {@code location.missing} and {@code location.failed}.
     *
     * @param store the store that failed
     */
    public static ProblemException of(StoreException failure, ObjectStore store) {
        return of(failure, store.where(), free(failure, store));
    }

    /**
     * The same for a place that could not even be opened.
     *
     * @param where how the place is called
     */
    public static ProblemException of(StoreException failure, String where) {
        return of(failure, where, 0);
    }

    private static ProblemException of(StoreException failure, String where, long free) {
        Problem problem = failure.problem().orElseGet(() -> byKind(failure, where, free));
        return new ProblemException(problem, failure);
    }

    private static Problem byKind(StoreException failure, String where, long free) {
        return switch (failure.kind()) {
            case FULL -> Problem.of("location.full", "location", where, "free", free);
            case DENIED ->
                Problem.of(
                        "location.denied",
                        "path",
                        where,
                        "location",
                        where,
                        "user",
                        System.getProperty("user.name", "?"));
            case UNREACHABLE -> Problem.of("location.unreachable", "location", where);
            case SILENT -> Problem.of("location.silent", "location", where);
            case MISSING -> Problem.of("location.missing", "path", where, "location", where);
            case CONFLICT, DAMAGED, OTHER ->
                Problem.of("location.failed", "location", where, "details", String.valueOf(failure.getMessage()));
        };
    }

    private static long free(StoreException failure, ObjectStore store) {
        if (failure.kind() != StoreException.Kind.FULL || failure.problem().isPresent()) {
            return 0;
        }
        try {
            return store.room().free().orElse(0);
        } catch (StoreException e) {
            failure.addSuppressed(e);
            return 0;
        }
    }
}
