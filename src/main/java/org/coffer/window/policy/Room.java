package org.coffer.window.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Simulation;
import org.coffer.console.policy.Simulator;
import org.coffer.console.vault.Vault;

/**
 * Whether a vault will hold what a policy keeps (P15): an estimate from what incremental backups of its disks added lately.
 *
 * @param vault its name
 * @param bytes what it holds then
 * @param capacity what it may hold
 */
record Room(String vault, long bytes, long capacity) {
    /** So many disks are looked at; of a larger vault the rest is taken to be like them. */
    private static final int LOOKED_AT = 8;
    /** So many of the last incremental backups say how much one adds. */
    private static final int LATELY = 10;

    /** Whether it is too small. */
    boolean over() {
        return bytes > capacity;
    }

    /**
     * Works it out; blocks.
     *
     * @param vault whose disks are backed up, or whose backups are copied
     * @param holder in which the backups lie, or their copies
     * @param asOf when
     * @return empty while no disk has had an incremental backup
     */
    static Optional<Room> of(Simulator simulator, Policy policy, Vault vault, Vault holder, Instant asOf) {
        List<UUID> looked = vault.disks().stream().limit(LOOKED_AT).toList();
        List<Simulation> disks = looked.stream()
                .map(disk -> simulator.look(policy, vault.id(), disk, asOf))
                .toList();
        if (disks.stream().noneMatch(disk -> adds(disk) > 0)) {
            return Optional.empty();
        }
        double growth = disks.stream().mapToDouble(Room::growth).sum();
        double all = growth * vault.disks().size() / looked.size();
        return Optional.of(
                new Room(holder.name(), Math.max(0, holder.used() + Math.round(all)), holder.capacityBytes()));
    }

    private static double growth(Simulation disk) {
        long now = disk.entries().stream()
                .filter(entry -> entry.backup().isPresent())
                .count();
        return (disk.kept() - now) * adds(disk);
    }

    /** How much one more backup adds, in bytes. */
    private static double adds(Simulation disk) {
        List<Long> added = disk.entries().stream()
                .flatMap(entry -> entry.backup().stream())
                .filter(backup -> !backup.storedFull())
                .map(Backup::sizes)
                .map(Backup.Sizes::added)
                .toList();
        return added.subList(Math.max(0, added.size() - LATELY), added.size()).stream()
                .mapToLong(Long::longValue)
                .average()
                .orElse(0);
    }
}
