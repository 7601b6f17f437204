package org.coffer.console.backup;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.ProblemException;

/**
 * Lets backups go because a rule says so (P13).
 *
 * <p><b>Judged again.</b> Between the moment at which a backup is found due and the moment at which it goes, somebody may take its
 * date away, switch the policy off or edit it, put the backup into the trash, or begin to work with it. So the rule is asked again
 * with nobody between the question and the row that holds the backup ({@link Leases#take}), and once more right before each
 * single one goes ({@link DeletionWork}). What the rule does not want any more stays as it was.
 */
public final class Expiry {
    private final Backups backups;
    private final Vaults vaults;
    private final Deletion deletion;
    private final Reconciler reconciler;

    /** Deletes through {@code deletion}. */
    public Expiry(Backups backups, Vaults vaults, Deletion deletion, Reconciler reconciler) {
        this.backups = backups;
        this.vaults = vaults;
        this.deletion = deletion;
        this.reconciler = reconciler;
    }

    /**
     * Deletes those that a rule lets go and nothing holds now; the others are left for the next time. What cannot be deleted is
     * available again: it is still due, and the next clean-up tries it again.
     *
     * @param rule reads the clock anew each time
     */
    public Optional<Task> expire(UUID vault, Supplier<Due> rule) {
        List<UUID> ids = sure(vault, rule.get().of(vault));
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        Due due = rule.get();
        Optional<Task> started = backups.leases().take(() -> {
            List<Backup> group = free(vault, ids, due);
            return group.isEmpty()
                    ? Optional.empty()
                    : Optional.of(deletion.begin(vaults.get(vault), group, Deletion.Wanted.BY_RULE));
        });
        deletion.launch(ids, started.stream().toList());
        return started;
    }

    /**
     * The same inside a task that goes on afterwards, and without collecting. What cannot be deleted now stays as it was:
     * that is no failure of the task.
     */
    public void expire(TaskRun run, UUID vault, Supplier<Due> rule) {
        List<UUID> ids = sure(vault, rule.get().of(vault));
        if (ids.isEmpty()) {
            return;
        }
        Due due = rule.get();
        List<Backup> group = backups.leases().take(() -> {
            List<Backup> free = free(vault, ids, due);
            free.forEach(deletion::holdOn);
            return free;
        });
        deletion.work().purge(run, vault, group, rule);
    }

    /**
     * Those that are what they seem. A run whose process died after it published its backup seems to have failed until its
     * vault is compared; so that is done first, and while it cannot be done none of them is let go.
     */
    private List<UUID> sure(UUID vault, Collection<UUID> ids) {
        List<UUID> unsure = ids.stream()
                .flatMap(id -> backups.find(id).stream())
                .filter(backup ->
                        backup.finishedAt().isEmpty() && backup.session().isPresent())
                .map(Backup::id)
                .toList();
        if (unsure.isEmpty()) {
            return List.copyOf(ids);
        }
        Set<UUID> spared = new HashSet<>();
        try {
            reconciler.reconcile(vault);
            unsure.stream()
                    .flatMap(id -> backups.find(id).stream())
                    .filter(backup -> backup.finishedAt().isPresent())
                    .forEach(backup -> spared.add(backup.id()));
        } catch (ProblemException e) {
            spared.addAll(unsure);
        }
        return ids.stream().filter(id -> !spared.contains(id)).toList();
    }

    private List<Backup> free(UUID vault, List<UUID> ids, Due due) {
        Set<UUID> still = new HashSet<>(due.of(vault));
        return ids.stream()
                .filter(still::contains)
                .flatMap(id -> backups.find(id).stream())
                .filter(backup -> deletion.refusal(backup).isEmpty())
                .toList();
    }
}
