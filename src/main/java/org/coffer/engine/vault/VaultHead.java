package org.coffer.engine.vault;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.store.ObjectStore;
import org.coffer.problem.Problem;

/**
 * What the head of a vault tells anybody, without its key: so nothing of it may be believed before the vault was opened.
 *
 * @param vaults the vaults that the copies of the header name: one, none if no copy can be used, more if the objects of
 *     several were mixed
 * @param open whether it needs no key
 * @param problem {@code vault.newer} or {@code vault.header}, if no copy can be used; or {@code vault.mixed}
 */
public record VaultHead(Set<VaultId> vaults, boolean open, Optional<Problem> problem) {
    /** Keeps an unmodifiable copy. */
    public VaultHead {
        vaults = Set.copyOf(vaults);
    }

    /**
     * Looks at a head.
     *
     * @param store the part of a store that would be the vault's own
     * @param name what people call it; only for the problem
     * @return empty if there is none
     * @throws IOException if the store fails
     */
    public static Optional<VaultHead> of(ObjectStore store, String name) throws IOException {
        Opening opening = new Opening(new Place(store, name));
        List<Opening.Copy> copies = opening.copies();
        if (copies.stream().allMatch(Opening.Copy::absent)) {
            return Optional.empty();
        }
        List<Header> usable = copies.stream()
                .filter(Opening.Copy::usable)
                .map(copy -> Header.read(copy.bytes()))
                .toList();
        if (usable.isEmpty()) {
            Problem problem = opening.unusable(copies).problem();
            return Optional.of(new VaultHead(Set.of(), false, Optional.of(problem)));
        }
        Set<VaultId> vaults = new LinkedHashSet<>();
        usable.forEach(header -> vaults.add(header.vault()));
        Optional<Problem> mixed = vaults.size() == 1
                ? Optional.empty()
                : Optional.of(Problem.of("vault.mixed", "vault", name, "path", store.where()));
        return Optional.of(new VaultHead(vaults, usable.stream().anyMatch(Header::open), mixed));
    }
}
