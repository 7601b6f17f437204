package org.coffer.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.coffer.console.Console;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.location.Location;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Objects by the name or ID that somebody typed; see {@link Picker}. */
final class Lookup {
    /** More than this many of one name are not listed as candidates anyway. */
    private static final int MOST = 1000;

    private static final String UNLISTED = "disk.unlisted";

    private final Context context;

    Lookup(Context context) {
        this.context = context;
    }

    private Console services() {
        return context.services();
    }

    private static Function<String, Problem> missing(String code, String argument) {
        return typed -> Problem.of(code, argument, typed);
    }

    Location location(String typed) {
        return new Picker<Location>(missing("location.unknown", "location"), Location::id, Location::name)
                .pick(typed, services().locations().list());
    }

    /** A disk; one that is not known may have been attached since somebody looked. */
    Disk disk(String typed) {
        try {
            return disk(typed, services().disks().list());
        } catch (ProblemException e) {
            if (!e.problem().code().equals(UNLISTED)) {
                throw e;
            }
            return disk(typed, services().disks().refresh());
        }
    }

    private Disk disk(String typed, List<Disk> known) {
        Picker<Disk> picker = new Picker<>(missing(UNLISTED, "disk"), Disk::id, Disk::name);
        Optional<Disk> byPath = known.stream()
                .filter(disk -> typed.contains("/") && disk.path().equals(context.path(java.nio.file.Path.of(typed))))
                .findFirst();
        return byPath.orElseGet(() -> picker.pick(typed, known));
    }

    List<UUID> disks(List<String> typed) {
        return typed.stream().map(one -> disk(one).id()).distinct().toList();
    }

    Vault vault(String typed) {
        return vaults(VaultFilter.ALL, typed);
    }

    Vault vaultInTrash(String typed) {
        return vaults(VaultFilter.TRASH, typed);
    }

    private Vault vaults(VaultFilter filter, String typed) {
        return new Picker<Vault>(missing("vault.unknown", "vault"), Vault::id, Vault::name)
                .pick(typed, services().vaults().list(filter));
    }

    OpenDisk openDisk(String typed) {
        return new Picker<OpenDisk>(missing("open.unknown", "id"), OpenDisk::id, disk -> disk.name())
                .pick(typed, services().openDisks().list());
    }

    Backup backup(String typed) {
        return backups(BackupFilter.ALL, typed);
    }

    Backup backupInTrash(String typed) {
        return backups(BackupFilter.ALL.inTrash(), typed);
    }

    private Backup backups(BackupFilter filter, String typed) {
        return new Picker<Backup>(missing("backup.missing", "backup"), Backup::id, Backup::name)
                .pick(typed, services().backups().list(filter.withText(typed), BackupSort.NEWEST, 0, MOST));
    }

    Policy policy(String typed) {
        return new Picker<Policy>(missing("policy.unknown", "policy"), Policy::id, Policy::name)
                .pick(typed, services().policies().list());
    }

    Task task(String typed) {
        TaskFilter filter =
                new TaskFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), typed);
        return new Picker<Task>(
                        missing("task.missing", "task"),
                        Task::id,
                        task -> task.subject().name())
                .pick(typed, services().tasks().list(filter, 0, MOST));
    }
}
