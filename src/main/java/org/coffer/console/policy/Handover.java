package org.coffer.console.policy;

import java.util.Optional;
import java.util.UUID;

/**
 * What becomes of the policies of a disk that moves from one vault to another with its backups (V15): policies are the vaults' own,
 * and do not move.
 *
 * @param before those that serve the first vault
 * @param after those that serve the other
 */
public record Handover(Serving before, Serving after) {
    /**
     * The policies of a vault.
     *
     * @param makes the one that makes its backups
     * @param copies the one that copies them to another location
     */
    public record Serving(Optional<Policy> makes, Optional<Policy> copies) {
        private static Serving of(Policies policies, UUID vault) {
            return new Serving(policies.ofVault(vault), policies.replicationOf(vault));
        }
    }

    /** Of disks that move between these vaults. */
    public static Handover of(Policies policies, UUID from, UUID to) {
        return new Handover(Serving.of(policies, from), Serving.of(policies, to));
    }

    /** Whether one policy makes the backups before and after, and goes on counting them. */
    public boolean goesOn() {
        return after.makes().isPresent() && id(before.makes()).equals(id(after.makes()));
    }

    /** The policy that copies them no longer: its replicas stay, and no count takes them in. */
    public Optional<Policy> stopsCopying() {
        return before.copies().filter(policy -> !id(after.copies()).equals(Optional.of(policy.id())));
    }

    /** The policy that copies them from then on. */
    public Optional<Policy> beginsCopying() {
        return after.copies().filter(policy -> !id(before.copies()).equals(Optional.of(policy.id())));
    }

    private static Optional<UUID> id(Optional<Policy> policy) {
        return policy.map(Policy::id);
    }
}
