package org.coffer.window.vault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.Console;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.backup.Soundness;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Slot;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Vault;

/**
 * One look at a vault and all that its page shows.
 *
 * @param vault the vault
 * @param location where it lives; empty if that location was removed
 * @param disks its disks, by name
 * @param fullInDays an estimate of when it will be full; empty while too little is known
 * @param later bytes that are unused but could not be freed yet
 * @param soundness how many of its backups are damaged
 * @param healable how many damaged ones have a copy in another vault that can heal them
 * @param policy what backs it up by itself, if anything does
 * @param replication what copies its backups to another location by itself, if anything does
 * @param next the next moment at which that runs
 * @param binds which disks bind themselves to it; empty if none do
 */
record VaultDetails(
        Vault vault,
        Optional<Location> location,
        List<BoundDisk> disks,
        Optional<Long> fullInDays,
        long later,
        Soundness soundness,
        int healable,
        Optional<Policy> policy,
        Optional<Policy> replication,
        Optional<Slot> next,
        Optional<AutoBindRule> binds) {
    /** How many damaged backups are named; the list has them all. */
    static final int NAMED = 3;

    /** Keeps an unmodifiable copy of {@code disks}. */
    VaultDetails {
        disks = List.copyOf(disks);
    }

    /** Looks; empty if there is no such vault any more. */
    static Optional<VaultDetails> load(Console services, UUID id) {
        Optional<Policy> policy = services.policies().ofVault(id);
        return services.vaults()
                .find(id)
                .map(vault -> new VaultDetails(
                        vault,
                        services.locations().find(vault.locationId()),
                        disks(services, vault),
                        services.overviews().fullInDays(vault),
                        services.cleaning().later(id),
                        services.backups().soundness(id, NAMED),
                        services.replicas().healable(id).size(),
                        policy,
                        services.policies().replicationOf(id),
                        policy.flatMap(found ->
                                services
                                        .policies()
                                        .agenda()
                                        .nextRuns(found, services.clock().instant(), 1)
                                        .stream()
                                        .findFirst()),
                        services.vaults().autoBinding().rule(id)));
    }

    private static List<BoundDisk> disks(Console services, Vault vault) {
        Map<UUID, DiskTotals> totals = new HashMap<>();
        services.backups().totals().stream()
                .filter(total -> total.vault().equals(vault.id()))
                .forEach(total -> totals.put(total.disk(), total));
        return services.disks().list().stream()
                .filter(disk -> vault.disks().contains(disk.id()))
                .map(disk -> bound(services, disk, Optional.ofNullable(totals.get(disk.id()))))
                .toList();
    }

    private static BoundDisk bound(Console services, Disk disk, Optional<DiskTotals> total) {
        return new BoundDisk(
                disk,
                total.map(DiskTotals::backups).orElse(0),
                total.map(DiskTotals::added).orElse(0L),
                total.flatMap(DiskTotals::lastGood),
                services.backups().busy(disk.id()).isPresent());
    }
}
