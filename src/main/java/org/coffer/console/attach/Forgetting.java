package org.coffer.console.attach;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.VaultTrash;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Forgetting a location that never comes back, together with its vaults. Nothing that lies there is touched, and the keys stay
 * sealed in this home: should it come back after all, attaching brings everything back without a key being typed (V17).
 */
public final class Forgetting {
    private final Locations locations;
    private final Vaults vaults;
    private final VaultTrash trash;

    /** Forgets {@code locations} and what lay there. */
    public Forgetting(Locations locations, Vaults vaults, VaultTrash trash) {
        this.locations = locations;
        this.vaults = vaults;
        this.trash = trash;
    }

    /** The vaults at a location, those in the trash included. */
    public List<Vault> vaultsAt(UUID location) {
        return vaults.prefixes(location).keySet().stream().map(vaults::get).toList();
    }

    /** Why a location cannot be forgotten: {@code location.reachable}; empty if it can. */
    public Optional<Problem> refusal(UUID location) {
        Location place = locations.get(location);
        return place.status().readable()
                ? Optional.of(Problem.of("location.reachable", "location", place.name()))
                : Optional.empty();
    }

    /**
     * Forgets a location and its vaults.
     *
     * @throws ProblemException {@code location.reachable}, or {@code vault.busy} while something works on one of them
     */
    public void forget(UUID location) {
        refusal(location).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        vaultsAt(location).forEach(vault -> trash.forget(vault.id()));
        locations.remove(location);
    }
}
