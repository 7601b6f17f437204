package org.coffer.window.start;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.location.Location;
import org.coffer.console.name.Names;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Places;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;

/** Carries out what the first start decided: takes the place, makes the vault, starts the backup. */
final class Beginning {
    private final Places places;
    private final Vaults vaults;
    private final Backups backups;
    private final RandomGenerator random;

    Beginning(Places places, Vaults vaults, Backups backups, RandomGenerator random) {
        this.places = places;
        this.vaults = vaults;
        this.backups = backups;
        this.random = random;
    }

    Places places() {
        return places;
    }

    /**
     * Does it; blocks while the vault is made.
     *
     * @param name what to call the location
     */
    Started begin(Places.Place place, String name, List<UUID> disks) {
        Location location = places.take(place, name);
        Vault vault = vaults.create(new NewVault(
                Names.suggest("vault_", random),
                "",
                location.id(),
                vaults.suggestedCapacityGb(disks),
                disks,
                true,
                Optional.empty(),
                false,
                "",
                Map.of()));
        List<Task> tasks = backups.start(
                new NewBackup(vault.id(), List.of(), Names.suggest(Backups.MANUAL_PREFIX, random), "", false));
        return new Started(vault.id(), tasks.stream().map(Task::id).toList());
    }
}
