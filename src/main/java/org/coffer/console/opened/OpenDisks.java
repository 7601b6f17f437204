package org.coffer.console.opened;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.opened.OpenDiskStore.Row;
import org.coffer.console.restore.RestoreWork;
import org.coffer.console.restore.Restores;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.nbd.BackupDisk;
import org.coffer.engine.nbd.NbdServer;
import org.coffer.engine.nbd.OverlayDisk;
import org.coffer.engine.nbd.ReadableDisk;
import org.coffer.machine.Mounting;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Backups that are open as disks (S6): served over NBD in seconds, read only or with an overlay for writes, until somebody
 * closes them. The process that owns the home serves them; one that ends, however it does, leaves them to the next, which serves them at
 * the same address. What was written and flushed is there then; what was mounted is not mounted any more.
 *
 * <p>An open backup, and one of which changes are kept, is not deleted, by nobody: it has a
 * {@linkplain org.coffer.console.backup.Leases lease}. One that vanished all the same, because another computer deleted it, stays on
 * the list until somebody closes it.
 */
public final class OpenDisks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenDisks.class.getName());

    private final OpenRows rows;
    private final Sources sources;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final Doors doors;
    private final Overlays overlays;
    private final MountedDisks mounts;
    private final Map<UUID, Served> served = new ConcurrentHashMap<>();
    private final Map<UUID, Problem> problems = new ConcurrentHashMap<>();
    private final Object troubles = new Object();
    private final AtomicBoolean cleaned = new AtomicBoolean();

    private record Served(NbdServer server, ReadableDisk disk) {}

    /**
     * Where disks come from.
     *
     * @param restores say why a backup cannot be read
     * @param backups are opened
     * @param vaults hold them
     */
    public record Sources(Restores restores, Backups backups, Vaults vaults) {
        private ReadableDisk disk(Backup backup) {
            return new BackupDisk(RestoreWork.reader(vaults.open().get(backup.vaultId()), backup));
        }
    }

    /**
     * Where they are seen.
     *
     * @param home where overlays and sockets are kept
     * @param mounting shows their files
     */
    public record Place(Path home, Mounting mounting) {}

    /** Open disks of a catalog; none is served before {@link #goOn}. */
    public OpenDisks(Catalog catalog, Sources sources, Audit audit, Events events, Clock clock, Place place) {
        this.rows = new OpenRows(catalog, sources.backups());
        this.sources = sources;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.doors = new Doors(place.home(), rows.all());
        this.overlays = new Overlays(place.home());
        this.mounts = new MountedDisks(place.mounting(), place.home());
        sources.backups().leases().alsoAsk(rows);
    }

    // ---- what is open

    /** What is open, and of what changes are kept, the earliest first. */
    public List<OpenDisk> list() {
        return rows.all().stream().map(this::disk).toList();
    }

    /**
     * One of them.
     *
     * @throws ProblemException {@code open.unknown}
     */
    public OpenDisk get(UUID id) {
        return disk(row(id));
    }

    private Row row(UUID id) {
        return rows.find(id).orElseThrow(() -> new ProblemException(Problem.of("open.unknown", "id", id)));
    }

    private OpenDisk disk(Row row) {
        Optional<NbdServer> server = Optional.ofNullable(served.get(row.id())).map(Served::server);
        Optional<Backup> backup = sources.backups().find(row.backup());
        String name = backup.map(Backup::name).orElse(row.name());
        Optional<Problem> gone = backup.isPresent()
                ? Optional.empty()
                : Optional.of(Problem.of(row.writable() ? "open.gone.writable" : "open.gone", "backup", name));
        return new OpenDisk(
                row.id(),
                row.backup(),
                name,
                backup.map(Backup::diskName).orElse(row.diskName()),
                backup.map(Backup::vaultId),
                row.writable(),
                !row.served(),
                row.openedAt(),
                server.map(NbdServer::uri),
                server.map(NbdServer::clients).orElse(0),
                mounts.points(row.id()),
                gone.or(() -> Optional.ofNullable(problems.get(row.id()))));
    }

    /** Whether any disk is being served by this process. */
    public boolean serving() {
        return !served.isEmpty();
    }

    /** Whether changes of a backup are kept, with which a writable disk would go on. */
    public boolean keepsChanges(UUID backup) {
        return rows.kept(backup).isPresent();
    }

    // ---- opening

    /**
     * Opens a backup. A writable one of which changes are kept goes on where it was.
     *
     * @throws ProblemException {@code backup.missing}, why the backup cannot be read, {@code open.taken} if something is at the
     *     address, {@code open.socket-long}, {@code open.home-long}, {@code open.failed}
     */
    public OpenDisk open(NewOpening wanted) {
        Backup backup = sources.backups().get(wanted.backup());
        sources.restores().sourceProblem(backup).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Begun begun = sources.backups().leases().take(() -> begin(wanted));
        try {
            serve(begun.row, backup);
        } catch (RuntimeException e) {
            takeBack(begun);
            throw e;
        }
        audit.succeeded(AuditEvent.OPEN_BACKUP, target(begun.row), Map.of(), Map.of("writable", wanted.writable()));
        changed(begun.row);
        return get(begun.row.id());
    }

    /** A row that is to be served, and whether its changes are from before. */
    private record Begun(Row row, boolean resumed) {}

    private Begun begin(NewOpening wanted) {
        Backup now = sources.backups().get(wanted.backup());
        Backups.notRestorable(now).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Optional<Row> kept = wanted.writable() ? rows.kept(now.id()) : Optional.empty();
        UUID id = kept.map(Row::id).orElseGet(UUID::randomUUID);
        Doors.Door door = doors.door(wanted.address(), id);
        Row row = kept.map(before -> before.served(true, door.socket(), door.port()))
                .orElseGet(() -> new Row(
                        id,
                        now.id(),
                        now.name(),
                        now.diskName(),
                        wanted.writable(),
                        true,
                        door.socket(),
                        door.port(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        rows.put(row);
        return new Begun(row, kept.isPresent());
    }

    private void takeBack(Begun begun) {
        UUID id = begun.row.id();
        problems.remove(id);
        if (begun.resumed) {
            rows.put(begun.row.served(false, null, 0));
            return;
        }
        rows.remove(id);
        try {
            overlays.remove(id);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "an overlay that nobody wrote to", e);
        }
    }

    private synchronized void serve(Row row, Backup backup) {
        if (served.containsKey(row.id())
                || rows.find(row.id()).filter(Row::served).isEmpty()) {
            return; // It is served, or was closed meanwhile.
        }
        ReadableDisk disk = sources.disk(backup);
        try {
            if (row.writable()) {
                disk = overlays.open(row.id(), disk);
            }
            NbdServer server = doors.open(row, disk, backup.name(), new Watch(row));
            served.put(row.id(), new Served(server, disk));
            if (row.socket() == null && row.port() == 0) {
                rows.put(row.served(true, null, server.port()));
            }
            problems.remove(row.id());
        } catch (IOException e) {
            throw closed(disk, Doors.failed(overlays.of(row.id()).toString(), e));
        } catch (RuntimeException e) {
            throw closed(disk, e);
        }
    }

    /** Closes a disk that could not be served; why that was is what counts. */
    private static RuntimeException closed(ReadableDisk disk, RuntimeException why) {
        try {
            disk.close();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    /** Hears what happens to a served disk. */
    private final class Watch implements NbdServer.Watcher {
        private final Row row;

        Watch(Row row) {
            this.row = row;
        }

        @Override
        public void trouble(Exception what) {
            Problem problem = what instanceof ProblemException known
                    ? known.problem()
                    : Problem.of("open.failed", "address", row.name(), "cause", String.valueOf(what.getMessage()));
            // Whoever meets the same trouble answers its client only when it is shown.
            synchronized (troubles) {
                if (problems.put(row.id(), problem) == null) {
                    LOG.log(System.Logger.Level.WARNING, "an open disk", what);
                    if (problem.code().equals("vault.damaged")) {
                        sources.backups().damaged(row.backup(), problem);
                    }
                    changed(row);
                }
            }
        }

        @Override
        public void clientsChanged() {
            events.publish(new Event.OpenDisksChanged());
        }
    }

    private void changed(Row row) {
        events.publish(new Event.OpenDisksChanged());
        events.publish(new Event.BackupChanged(row.backup()));
    }

    /** Serves what an earlier process left open, and what could not be served until now; undoes what it left mounted. */
    public void goOn() {
        if (cleaned.compareAndSet(false, true)) {
            mounts.cleanUp();
        }
        for (Row row : rows.all()) {
            if (row.served() && !served.containsKey(row.id())) {
                try {
                    sources.backups().find(row.backup()).ifPresent(backup -> serve(row, backup));
                } catch (RuntimeException e) {
                    // One that cannot be served keeps none of the others from it; the next look tries again.
                    problems.put(row.id(), Problem.from(e));
                }
                events.publish(new Event.OpenDisksChanged());
            }
        }
    }

    // ---- mounting

    /** Why no open disk can be mounted on this computer. */
    public Optional<Problem> whyNotMount() {
        return mounts.whyNot();
    }

    /**
     * Shows the files of an open disk on this computer.
     *
     * @param into an empty folder, or one that can be made; empty for one in the home
     * @return why some of what is on the disk is not seen
     * @throws ProblemException {@code open.unknown}, {@code open.closed}, {@code mount.…}
     */
    public List<Problem> mount(UUID id, Optional<Path> into) {
        Row row = row(id);
        Served now = served.get(id);
        if (now == null) {
            throw new ProblemException(Problem.of("open.closed", "backup", row.name()));
        }
        List<Problem> refused = (row.writable()
                        ? mounts.mount(id, new MountedDisks.Writable(now.server.uri(), now.disk), into)
                        : mounts.mount(id, folder -> recovering(row, folder), into))
                .refused();
        if (!served.containsKey(id)) {
            mounts.unmount(id); // It was closed meanwhile.
            throw new ProblemException(Problem.of("open.closed", "backup", row.name()));
        }
        events.publish(new Event.OpenDisksChanged());
        return refused;
    }

    private Recovering recovering(Row row, Path folder) throws IOException {
        ReadableDisk disk = sources.disk(sources.backups().get(row.backup()));
        return Recovering.serve(disk, folder, doors.beside(row.id()), new Watch(row));
    }

    /**
     * Takes the files of an open disk away again; the disk stays open.
     *
     * @throws ProblemException {@code open.unknown}, {@code mount.busy} if a program uses them
     */
    public void unmount(UUID id) {
        row(id);
        mounts.unmount(id);
        events.publish(new Event.OpenDisksChanged());
    }

    // ---- closing

    /**
     * Closes a disk, unmounting it first; its clients lose it.
     *
     * @param keep whether what was written is kept for the next time; without meaning for one that was not writable
     * @throws ProblemException {@code open.unknown}, {@code mount.busy}, {@code open.failed} if the changes could not be removed,
     *     {@code open.lost} if not all of them could be written out: it is closed all the same, and what was flushed last is kept
     */
    public void close(UUID id, boolean keep) {
        Row row = row(id);
        mounts.unmount(id);
        boolean kept = row.writable() && keep;
        try {
            end(row, kept);
        } catch (ProblemException e) {
            audit.failed(
                    AuditEvent.CLOSE_BACKUP,
                    target(row),
                    Map.of("code", e.problem().code()));
            throw e;
        } finally {
            changed(row);
        }
        audit.succeeded(AuditEvent.CLOSE_BACKUP, target(row), Map.of(), Map.of("kept", kept));
    }

    /** Ends serving and says so in one go, so that nobody who looks around serves it once more between the two. */
    private synchronized void end(Row row, boolean kept) {
        if (kept) {
            try {
                stop(row.id(), false);
            } catch (UncheckedIOException e) {
                throw lost(row, e);
            } finally {
                // Also if it could not be written out: else it is served again by itself, as if nobody had closed it.
                rows.put(row.served(false, null, 0));
            }
            return;
        }
        try {
            stop(row.id(), row.writable());
            overlays.remove(row.id());
            rows.remove(row.id());
        } catch (IOException | UncheckedIOException e) {
            throw Doors.failed(overlays.of(row.id()).toString(), e);
        }
    }

    private ProblemException lost(Row row, UncheckedIOException why) {
        String cause = String.valueOf(
                Optional.ofNullable(why.getCause()).orElse(new IOException(why)).getMessage());
        Path place = overlays.of(row.id());
        return new ProblemException(
                Problem.of("open.lost", "backup", row.name(), "path", place.toString(), "cause", cause), why);
    }

    private static Audit.Target target(Row row) {
        return new Audit.Target("backup", row.backup().toString(), row.name());
    }

    /**
     * Frees all that a served disk has, whatever goes wrong.
     *
     * @param discard whether what was written is thrown away next: there may be no room to write out the rest of it
     * @throws UncheckedIOException if not all that was written could be written out
     */
    private synchronized void stop(UUID id, boolean discard) {
        problems.remove(id);
        Served now = served.remove(id);
        if (now == null) {
            return;
        }
        LOG.log(System.Logger.Level.DEBUG, "closing {0}", now.server.uri());
        try {
            now.server.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "an address that is not served any more", e);
        } finally {
            close(now.disk, discard);
        }
    }

    private static void close(ReadableDisk disk, boolean discard) {
        if (discard && disk instanceof OverlayDisk overlay) {
            overlay.discard();
        } else {
            disk.close();
        }
    }

    /** Stops serving; the next process goes on. */
    @Override
    public void close() {
        mounts.detach();
        for (UUID id : List.copyOf(served.keySet())) {
            try {
                stop(id, false);
            } catch (UncheckedIOException e) {
                LOG.log(System.Logger.Level.WARNING, "closing an open disk", e);
            }
        }
    }

    /** Where what is written lies. */
    Path overlays() {
        return overlays.folder();
    }
}
