package org.coffer.engine.vault;

import java.io.IOException;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoreProblems;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * A vault's store and what people call the vault: the one place where the engine's failures become problems.
 *
 * @param store the vault's part of the store
 * @param vault the vault's name, for messages only
 */
record Place(ObjectStore store, String vault) {
    /**
     * The problem behind a failure.
     *
     * @throws org.coffer.engine.work.CanceledException if the work that failed had been asked to stop: whatever fails then
     *     is part of the stopping
     * @throws ProblemException the cause, if it was cut off
     */
    ProblemException problem(IOException failure) {
        Work.current().throwIfStopped();
        if (failure instanceof StoreException refused) {
            return refused.kind() == StoreException.Kind.MISSING
                    ? damaged(refused, String.valueOf(refused.getMessage()))
                    : StoreProblems.of(refused, store);
        }
        if (failure instanceof DamagedException damage) {
            return damaged(damage, damage.object());
        }
        return new ProblemException(
                Problem.of("location.failed", "location", store.where(), "details", failure.toString()), failure);
    }

    /** A header that is tampered with, or is another vault's. */
    ProblemException header(String details) {
        return new ProblemException(Problem.of("vault.header", "vault", vault, "details", details));
    }

    private ProblemException damaged(IOException cause, String object) {
        return new ProblemException(
                Problem.of(
                        "vault.damaged",
                        "vault",
                        vault,
                        "location",
                        store.where(),
                        "n",
                        1,
                        "m",
                        0,
                        "object",
                        object,
                        "details",
                        String.valueOf(cause.getMessage())),
                cause);
    }
}
