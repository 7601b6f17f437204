package org.coffer.console.vault;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which vaults to show; all conditions hold together (V10, V11).
 *
 * @param statuses only these states; empty for all
 * @param location only there
 * @param tags only those that carry all of these
 * @param text only those whose name or ID contains this; empty for all
 * @param trashed those in the trash instead of the others
 */
public record VaultFilter(
        Set<VaultStatus> statuses, Optional<UUID> location, Map<String, String> tags, String text, boolean trashed) {
    /** All vaults that are not in the trash. */
    public static final VaultFilter ALL = new VaultFilter(Set.of(), Optional.empty(), Map.of(), "", false);
    /** All vaults in the trash. */
    public static final VaultFilter TRASH = new VaultFilter(Set.of(), Optional.empty(), Map.of(), "", true);

    boolean matches(Vault vault) {
        String wanted = text.strip().toLowerCase(java.util.Locale.ROOT);
        return vault.trashedAt().isPresent() == trashed
                && (statuses.isEmpty() || statuses.contains(vault.status()))
                && (location.isEmpty() || location.get().equals(vault.locationId()))
                && vault.tags().entrySet().containsAll(tags.entrySet())
                && (vault.name().toLowerCase(java.util.Locale.ROOT).contains(wanted)
                        || vault.id().toString().contains(wanted));
    }
}
