package org.coffer.window.vault;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.Console;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;

/**
 * A vault in the list.
 *
 * @param vault the vault
 * @param disks the names of its disks
 * @param backups how many backups it holds
 * @param lastGood the newest moment that can be restored
 * @param policy what backs it up by itself, if anything does
 */
record VaultRow(Vault vault, List<String> disks, long backups, Optional<Instant> lastGood, Optional<Policy> policy) {

    /** Keeps an unmodifiable copy of {@code disks}. */
    VaultRow {
        disks = List.copyOf(disks);
    }

    String id() {
        return vault.id().toString();
    }

    /** The first eight digits of the ID. */
    String shortId() {
        return id().substring(0, 8);
    }

    /** Whether the vault takes only replicas, and so has neither disks nor a policy (V1). */
    boolean copiesOnly() {
        return vault.protection() == Protection.REPLICATION;
    }

    boolean matches(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return vault.name().toLowerCase(Locale.ROOT).contains(wanted) || id().contains(wanted);
    }

    /** All vaults that match, by name. */
    static List<VaultRow> load(Console services, VaultFilter filter) {
        Map<UUID, String> names = new HashMap<>();
        for (Disk disk : services.disks().list()) {
            names.put(disk.id(), disk.name());
        }
        List<DiskTotals> totals = services.backups().totals();
        Map<UUID, Policy> policies = services.policies().byVault();
        return services.vaults().list(filter).stream()
                .map(vault -> row(vault, names, totals, Optional.ofNullable(policies.get(vault.id()))))
                .toList();
    }

    private static VaultRow row(
            Vault vault, Map<UUID, String> names, List<DiskTotals> totals, Optional<Policy> policy) {
        List<DiskTotals> mine = totals.stream()
                .filter(total -> total.vault().equals(vault.id()))
                .toList();
        return new VaultRow(
                vault,
                vault.disks().stream()
                        .map(disk -> names.getOrDefault(disk, disk.toString()))
                        .sorted()
                        .toList(),
                mine.stream().mapToLong(DiskTotals::backups).sum(),
                mine.stream().flatMap(total -> total.lastGood().stream()).max(Comparator.naturalOrder()),
                policy);
    }
}
