package org.coffer.console.backup;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The gate before every backup (V6). Below the capacity all may run; exactly full, one more may run even if it ends
 * above, and a second one waits for it and is then judged by what it left; above, none runs.
 */
final class Admission {
    private final Map<UUID, Integer> running = new HashMap<>();

    /** A place inside; to be closed when the run has ended and what it stored is counted. */
    @FunctionalInterface
    interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits until the vault can be judged.
     *
     * @param look tells how the vault is now
     * @throws ProblemException {@code vault.full}
     * @throws org.coffer.engine.work.CanceledException if the work is canceled while waiting
     */
    synchronized Pass enter(UUID id, Supplier<Vault> look, Work work) {
        while (true) {
            work.throwIfStopped();
            Vault vault = look.get();
            if (vault.over()) {
                throw new ProblemException(Problem.of(
                        "vault.full",
                        "vault",
                        vault.name(),
                        "used",
                        Math.ceilDiv(vault.used(), Vault.GB),
                        "capacity",
                        vault.capacityGb()));
            }
            if (vault.used() < vault.capacityBytes() || running.getOrDefault(id, 0) == 0) {
                running.merge(id, 1, Integer::sum);
                return () -> leave(id);
            }
            waitABit();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // The loop is in enter, which must look again after every wake-up.
    private void waitABit() {
        try {
            wait(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void leave(UUID id) {
        running.merge(id, -1, Integer::sum);
        notifyAll();
    }
}
