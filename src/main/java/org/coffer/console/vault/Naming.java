package org.coffer.console.vault;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.name.Names;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** The names of vaults, each given once (V3). */
final class Naming {
    private final Catalog catalog;
    private final VaultStore store;
    private final ReentrantLock line = new ReentrantLock(true);

    Naming(Catalog catalog, VaultStore store) {
        this.catalog = catalog;
        this.store = store;
    }

    /**
     * What is wrong with a name: {@code name.*}.
     *
     * @param self the vault that may have it already
     */
    Optional<Problem> problem(String name, Optional<UUID> self) {
        Optional<Problem> wrong = Names.problem(name);
        boolean taken =
                store.all().stream().anyMatch(row -> row.name().equals(name) && !self.equals(Optional.of(row.id())));
        return wrong.isPresent() || !taken ? wrong : Optional.of(Problem.of("name.taken", "name", name));
    }

    /** This name, or the nearest that nobody has. */
    String free(String name) {
        String free = name;
        for (int number = 2; problem(free, Optional.empty()).isPresent(); number++) {
            free = Names.numbered(name, number);
        }
        return free;
    }

    /** Gives a name in one transaction, one vault after the other: of two that want the same, the second is refused. */
    <T> T give(String name, UUID self, Supplier<T> act) {
        line.lock();
        try {
            return catalog.transaction(() -> {
                problem(name, Optional.of(self)).ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
                return act.get();
            });
        } finally {
            line.unlock();
        }
    }
}
