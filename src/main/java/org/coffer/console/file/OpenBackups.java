package org.coffer.console.file;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.restore.Restores;
import org.coffer.problem.ProblemException;

/**
 * The backups whose file systems are open. What was used a moment ago stays open, because whoever looked into a folder looks into
 * the next: at most {@link #IDLE} that nobody uses, for {@link #LINGER} each.
 *
 * <p>While somebody uses one it is held by a {@linkplain Leases#lookAt look} and not deleted; one that only lingers is not held,
 * and is asked for again before it is used. Any number of threads.
 */
final class OpenBackups implements AutoCloseable {
    /** So many stay open that nobody uses: 128 MiB. */
    static final int IDLE = 2;

    static final Duration LINGER = Duration.ofMinutes(3);

    private final Backups backups;
    private final Restores restores;
    private final Clock clock;
    private final Map<UUID, Entry> open = new HashMap<>();

    OpenBackups(Backups backups, Restores restores, Clock clock) {
        this.backups = backups;
        this.restores = restores;
        this.clock = clock;
    }

    /** An open backup and who uses it; guarded by the map's owner. */
    private static final class Entry {
        final OpenBackup backup;
        int users;
        Instant left;

        Entry(OpenBackup backup, Instant now) {
            this.backup = backup;
            this.left = now;
        }
    }

    /** A backup in use, until closed. */
    final class Use implements AutoCloseable {
        private final Leases.Look look;
        private final Entry entry;

        private Use(Leases.Look look, Entry entry) {
            this.look = look;
            this.entry = entry;
        }

        OpenBackup backup() {
            return entry.backup;
        }

        /** The files of the volume that a path lies on. */
        FileTree tree(FilePath path) {
            return entry.backup.tree(path.volume());
        }

        @Override
        public void close() {
            leave(entry);
            look.close();
        }
    }

    /**
     * Opens a backup, or goes on with one that is open.
     *
     * @throws ProblemException {@code backup.missing}, or why it cannot be read
     */
    Use use(UUID id) {
        Leases.Look look = backups.leases().lookAt(id);
        try {
            // Asked only now: what is being deleted already is not held by the look.
            Backup backup = backups.get(id);
            restores.sourceProblem(backup).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            return new Use(look, enter(backup));
        } catch (RuntimeException e) {
            look.close();
            throw e;
        }
    }

    /** Opening reads from the vault, whose place may not answer: nobody else waits for that. */
    private Entry enter(Backup backup) {
        Optional<Entry> known = join(backup);
        if (known.isPresent()) {
            return known.get();
        }
        OpenBackup fresh = new OpenBackup(backup, restores.reader(backup));
        return join(backup, fresh);
    }

    private synchronized Optional<Entry> join(Backup backup) {
        Optional<Entry> known = Optional.ofNullable(open.get(backup.id()))
                .filter(entry -> entry.backup.backup().session().equals(backup.session()));
        known.ifPresent(entry -> entry.users++);
        return known;
    }

    /** The same with what was just opened, unless another did so meanwhile. */
    private synchronized Entry join(Backup backup, OpenBackup fresh) {
        Optional<Entry> known = join(backup);
        if (known.isPresent()) {
            fresh.close();
            return known.get();
        }
        Entry entry = new Entry(fresh, clock.instant());
        entry.users++;
        Entry stale = open.put(backup.id(), entry);
        if (stale != null && stale.users == 0) {
            stale.backup.close();
        }
        return entry;
    }

    private synchronized void leave(Entry entry) {
        entry.users--;
        entry.left = clock.instant();
        if (entry.users == 0 && open.get(entry.backup.backup().id()) != entry) {
            entry.backup.close(); // Another took its place while it was used.
        }
        tidy();
    }

    /** Closes what lingered long enough, and the earliest of too many. */
    synchronized void tidy() {
        Instant limit = clock.instant().minus(LINGER);
        List<Map.Entry<UUID, Entry>> idle = new ArrayList<>(open.entrySet().stream()
                .filter(each -> each.getValue().users == 0)
                .sorted(Comparator.comparing(each -> each.getValue().left))
                .toList());
        while (!idle.isEmpty()
                && (idle.size() > IDLE || idle.getFirst().getValue().left.isBefore(limit))) {
            Map.Entry<UUID, Entry> gone = idle.removeFirst();
            open.remove(gone.getKey());
            gone.getValue().backup.close();
        }
    }

    /** How many are open. */
    synchronized int count() {
        return open.size();
    }

    @Override
    public synchronized void close() {
        open.values().forEach(entry -> entry.backup.close());
        open.clear();
    }
}
