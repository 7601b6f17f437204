package org.coffer.console.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.vault.LeftStore;
import org.coffer.console.vault.Vaults;
import org.coffer.problem.ProblemException;

/** The trash for backups (B10): into it, out of it again, and emptying it of what rested there long enough. */
public final class BackupTrash {
    /** How long backups rest in the trash, in days observed. */
    public static final int DAYS = Vaults.TRASH_DAYS;

    /** For so long taking a backup out of the trash undoes what was just done, and leaves nothing of it. */
    private static final Duration UNDO = Duration.ofMinutes(1);

    private final Backups backups;
    private final BackupStore store;
    private final Deletion deletion;
    private final Vaults vaults;
    private final Audit audit;
    private final Events events;
    private final Leases leases;
    private final LeftStore left;

    /** The trash of {@code backups}; what goes for ever goes through {@code deletion}. */
    BackupTrash(Backups backups, Deletion deletion, Vaults vaults, Audit audit, Events events) {
        this.backups = backups;
        this.store = backups.store();
        this.deletion = deletion;
        this.vaults = vaults;
        this.audit = audit;
        this.events = events;
        this.leases = backups.leases();
        this.left = backups.left();
    }

    /**
     * Puts backups into the trash: still whole, no longer listed, gone for ever after {@link #DAYS} days unless one
     * is the last good backup of its disk.
     *
     * @throws ProblemException why one of them cannot be deleted; then all stay
     */
    public void put(Collection<UUID> ids) {
        List<Backup> gone = leases.take(() -> {
            List<Backup> chosen = ids.stream().distinct().map(backups::get).toList();
            chosen.forEach(deletion::deletable);
            chosen.forEach(backup -> store.trashed(backup.id(), backups.now()));
            return chosen;
        });
        tell(gone);
    }

    void tell(List<Backup> gone) {
        for (Backup backup : gone) {
            audit.succeeded(AuditEvent.TRASH_BACKUP, Backups.target(backup));
            events.publish(new Event.BackupChanged(backup.id()));
        }
        gone.stream().map(Backup::vaultId).distinct().forEach(vaults::describe);
    }

    /**
     * Takes a backup out of the trash. Who does that wants it: no count of its policy takes it in again, and a date that came
     * meanwhile is taken away, so that it stays until somebody deletes it. Only who changes his mind at once finds everything as
     * it was. While the clock is not believed a date comes as it does for the rules.
     *
     * @throws ProblemException {@code backup.held} while it is being deleted
     */
    public void takeBack(UUID id) {
        TrustedTime.Reading reading = backups.time().read();
        Backup backup = leases.take(() -> {
            Backup found = backups.get(id);
            leases.backup(found).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            store.takenBack(id);
            if (!justTrashed(found, reading.now())) {
                left.takenBack(id);
                takeDate(found, reading);
            }
            return found;
        });
        audit.succeeded(AuditEvent.UNTRASH_BACKUP, Backups.target(backup));
        events.publish(new Event.BackupChanged(id));
        vaults.describe(backup.vaultId());
    }

    /** One that was put there under a clock that was ahead may have been there for long. */
    private static boolean justTrashed(Backup backup, Instant now) {
        return backup.trashedAt()
                .filter(at -> !at.isBefore(now.minus(UNDO)) && !at.isAfter(now))
                .isPresent();
    }

    /** Takes the date of a backup away, if it came. */
    void takeDate(Backup backup, TrustedTime.Reading reading) {
        if (backup.expiresAt()
                .filter(at -> !at.isAfter(reading.judging(backup.createdAt())))
                .isPresent()) {
            store.expires(backup.id(), null);
        }
    }

    /**
     * Deletes what has rested in the trash long enough, but never the last good backup of a disk, nor what another console made
     * that still keeps the vault: it may have taken that back meanwhile.
     */
    void empty(String today) {
        List<Backup> gone = new ArrayList<>();
        List<Task> started = leases.take(() -> {
            store.trashDay(today, DAYS).stream()
                    .flatMap(id -> backups.find(id).stream())
                    .filter(backup -> deletion.refusal(backup).isEmpty())
                    .filter(backup -> sweeps(backup))
                    .forEach(gone::add);
            List<Task> rows = new ArrayList<>();
            Deletion.byVault(gone)
                    .forEach((vault, group) ->
                            rows.add(deletion.begin(vaults.get(vault), group, Deletion.Wanted.RESTED)));
            return rows;
        });
        deletion.launch(gone.stream().map(Backup::id).toList(), started);
    }

    /** Whether one that rested long enough may go with nobody asking for it. */
    boolean sweeps(Backup backup) {
        return !isLastGood(backup) && backup.madeHere();
    }

    /** Whether a vault in the trash holds the last good backup of some disk. */
    boolean holdsLastGood(UUID vault) {
        return store.ofVault(vault).stream().anyMatch(this::isLastGood);
    }

    private boolean isLastGood(Backup backup) {
        return backups.lists().lastGoodInTrash(backup.diskId()).equals(Optional.of(backup.id()));
    }
}
