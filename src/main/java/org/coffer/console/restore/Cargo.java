package org.coffer.console.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.machine.Overlap;
import org.coffer.problem.Problem;

/**
 * What of Coffer's own lies on a disk: any location, whatever vault a restore reads, and the home. Such a disk is neither
 * unmounted from here nor overwritten, because all the vaults on it would be lost.
 *
 * <p>A location that cannot be reached may lie on a disk that was unmounted by hand: it is judged by the disks that
 * carried it when it was last looked at.
 */
final class Cargo {
    private final Locations locations;
    private final Vaults vaults;
    private final Disks disks;
    private final Settings settings;
    private final Path home;

    Cargo(Locations locations, Vaults vaults, Disks disks, Settings settings, Path home) {
        this.locations = locations;
        this.vaults = vaults;
        this.disks = disks;
        this.settings = settings;
        this.home = home;
    }

    /**
     * Why a disk must stay as it is: {@code restore.carries-vault}, {@code restore.carries-location} for a location
     * without vaults, {@code restore.carries-home}; {@code restore.carries-unknown} if that could not be found out.
     */
    Optional<Problem> problem(Disk disk) {
        for (Location location : locations.list()) {
            remember(location);
            Overlap overlap = location.folder()
                    .map(folder -> disks.overlap(disk.id(), folder))
                    .orElse(Overlap.NONE);
            if (overlap == Overlap.CARRIES || carried(disk, location)) {
                return Optional.of(problem(disk, location));
            }
            if (overlap == Overlap.UNKNOWN) {
                return Optional.of(unknown(disk, location.where()));
            }
        }
        return switch (disks.overlap(disk.id(), home)) {
            case CARRIES ->
                Optional.of(Problem.of("restore.carries-home", "target", disk.name(), "path", home.toString()));
            case UNKNOWN -> Optional.of(unknown(disk, home.toString()));
            case NONE, BESIDE -> Optional.empty();
        };
    }

    private static Problem unknown(Disk disk, String where) {
        return Problem.of("restore.carries-unknown", "target", disk.name(), "path", where);
    }

    /** Remembers which disks carry each location that can be reached now. */
    void remember() {
        locations.list().forEach(this::remember);
    }

    private void remember(Location location) {
        String now = location.folder()
                .filter(folder -> location.status().readable())
                .map(folder -> String.join("\n", disks.carrierIdentities(folder)))
                .orElse("");
        if (!now.isEmpty() && !settings.get(name(location)).equals(Optional.of(now))) {
            settings.set(name(location), now);
        }
    }

    private static String name(Location location) {
        return "location." + location.id() + ".carriers";
    }

    private boolean carried(Disk disk, Location location) {
        return !location.status().readable()
                && settings.get(name(location)).stream()
                        .flatMap(String::lines)
                        .anyMatch(disks.identity(disk.id())::equals);
    }

    private Problem problem(Disk disk, Location location) {
        List<String> names = vaults.prefixes(location.id()).keySet().stream()
                .flatMap(id -> vaults.find(id).stream())
                .map(Vault::name)
                .sorted()
                .toList();
        return names.isEmpty()
                ? Problem.of("restore.carries-location", "target", disk.name(), "location", location.name())
                : Problem.of(
                        "restore.carries-vault", "target", disk.name(), "location", location.name(), "vaults", names);
    }
}
