package org.coffer.console.restore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.coffer.console.audit.Audit;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.restore.NewOpening.Address;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.nbd.BackupDisk;
import org.coffer.engine.nbd.NbdServer;
import org.coffer.engine.nbd.OverlayDisk;
import org.coffer.engine.nbd.ReadableDisk;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Backups that are open as disks (S6): served over NBD in seconds, read only or with an overlay for writes, until somebody
 * closes them. The process that owns the home serves them; one that ends, however it does, leaves them to the next, which serves them at
 * the same address. What was written and flushed is there then.
 *
 * <p>An open backup, and one of which changes are kept, is not deleted, by nobody: it has a {@linkplain Leases lease}.
 */
public final class OpenDisks implements Leases.OpenBackups, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OpenDisks.class.getName());
    /** Bytes that the system has for the path of a socket, less one for the end. */
    private static final int LONGEST_SOCKET = 107;
    /** What a file is, in the bits of its mode, and the one for sockets. */
    private static final int KIND = 0170000;

    private static final int SOCKET = 0140000;

    private final OpenDiskStore store;
    private final Restores restores;
    private final Backups backups;
    private final Vaults vaults;
    private final Leases leases;
    private final Audit audit;
    private final Events events;
    private final Clock clock;
    private final Path home;
    /** All rows, by ID, in the order of opening; guarded by itself. */
    private final Map<UUID, OpenDiskStore.Row> rows = new LinkedHashMap<>();

    /** Where what was open when this process began was served: only those sockets can be left over. */
    private final Map<UUID, Path> earlier = new HashMap<>();

    private final Map<UUID, Served> served = new ConcurrentHashMap<>();
    private final Map<UUID, Problem> problems = new ConcurrentHashMap<>();
    private final Object troubles = new Object();

    private record Served(NbdServer server, ReadableDisk disk) {}

    /** @param home where overlays and sockets are kept */
    public OpenDisks(
            Catalog catalog,
            Restores restores,
            Backups backups,
            Vaults vaults,
            Audit audit,
            Events events,
            Clock clock,
            Path home) {
        this.store = new OpenDiskStore(catalog);
        this.restores = restores;
        this.backups = backups;
        this.vaults = vaults;
        this.leases = backups.leases();
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.home = home;
        store.all().forEach(row -> rows.put(row.id(), row));
        rows.values().stream()
                .filter(row -> row.served() && row.socket() != null)
                .forEach(row -> earlier.put(row.id(), row.socket()));
        leases.alsoAsk(this);
    }

    @Override
    public Optional<Problem> backup(Backup backup) {
        return known().stream()
                .filter(row -> row.backup().equals(backup.id()))
                .findFirst()
                .map(row -> held(row, backup));
    }

    @Override
    public Optional<Problem> vault(UUID vault) {
        return known().stream()
                .flatMap(row -> backups
                        .find(row.backup())
                        .filter(backup -> backup.vaultId().equals(vault))
                        .map(backup -> held(row, backup))
                        .stream())
                .findFirst();
    }

    private static Problem held(OpenDiskStore.Row row, Backup backup) {
        return Problem.of(row.served() ? "backup.opened" : "backup.changes-kept", "backup", backup.name());
    }

    private List<OpenDiskStore.Row> known() {
        synchronized (rows) {
            return List.copyOf(rows.values());
        }
    }

    private void remember(OpenDiskStore.Row row) {
        store.put(row);
        synchronized (rows) {
            rows.put(row.id(), row);
        }
    }

    private void forget(UUID id) {
        store.remove(id);
        problems.remove(id);
        synchronized (rows) {
            rows.remove(id);
        }
    }

    /**
     * Opens a backup. A writable one of which changes are kept goes on where it was.
     *
     * @throws ProblemException {@code backup.missing}, why the backup cannot be read, {@code open.taken} if something is at the
     *     address, {@code open.socket-long}, {@code open.failed}
     */
    public OpenDisk open(NewOpening wanted) {
        Backup backup = backups.get(wanted.backup());
        restores.sourceProblem(backup).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        Begun begun = leases.take(() -> {
            Backup now = backups.get(wanted.backup());
            Backups.notRestorable(now).ifPresent(problem -> {
                throw new ProblemException(problem);
            });
            Optional<OpenDiskStore.Row> kept = kept(wanted);
            OpenDiskStore.Row row = row(wanted, kept);
            remember(row);
            return new Begun(row, kept.isPresent());
        });
        OpenDiskStore.Row row = begun.row;
        try {
            serve(row, backup);
        } catch (RuntimeException e) {
            takeBack(begun);
            throw e;
        }
        audit.succeeded(AuditEvent.OPEN_BACKUP, target(backup), Map.of(), Map.of("writable", wanted.writable()));
        events.publish(new Event.BackupChanged(backup.id()));
        return get(row.id());
    }

    /** A row that is to be served, and whether its changes are from before. */
    private record Begun(OpenDiskStore.Row row, boolean resumed) {}

    private void takeBack(Begun begun) {
        UUID id = begun.row.id();
        problems.remove(id);
        if (begun.resumed) {
            remember(begun.row.served(false, null, 0));
            return;
        }
        forget(id);
        try {
            remove(overlay(id));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "an overlay that nobody wrote to", e);
        }
    }

    /** The changes that a writable disk goes on with. */
    private Optional<OpenDiskStore.Row> kept(NewOpening wanted) {
        return known().stream()
                .filter(row -> row.backup().equals(wanted.backup()) && !row.served() && wanted.writable())
                .findFirst();
    }

    private OpenDiskStore.Row row(NewOpening wanted, Optional<OpenDiskStore.Row> before) {
        UUID id = before.map(OpenDiskStore.Row::id).orElseGet(UUID::randomUUID);
        Path socket = switch (wanted.address()) {
            case Address.Anywhere ignored -> ownSocket(id);
            case Address.Socket at -> at.path().toAbsolutePath();
            case Address.Port ignored -> null;
        };
        int port = wanted.address() instanceof Address.Port at ? at.number() : 0;
        return before.map(row -> row.served(true, socket, port))
                .orElseGet(() -> new OpenDiskStore.Row(
                        id,
                        wanted.backup(),
                        wanted.writable(),
                        true,
                        socket,
                        port,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private Path overlay(UUID id) {
        return overlays().resolve(id.toString());
    }

    /** Where what is written lies: a folder for each writable disk. Not encrypted; its user's alone. */
    Path overlays() {
        return home.resolve("overlays");
    }

    /** A socket in the home, whose folder is its user's alone; if that path is too long for one, in a folder of its own. */
    private Path ownSocket(UUID id) {
        Path inHome = home.resolve("open").resolve(id.toString().substring(0, 8));
        if (inHome.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET) {
            return inHome;
        }
        try {
            return Files.createTempDirectory("coffer-").resolve("disk");
        } catch (IOException e) {
            throw failed(inHome.toString(), e);
        }
    }

    private static ProblemException failed(String address, Exception cause) {
        return new ProblemException(
                Problem.of("open.failed", "address", address, "cause", String.valueOf(cause.getMessage())), cause);
    }

    private synchronized void serve(OpenDiskStore.Row row, Backup backup) {
        if (served.containsKey(row.id())) {
            return;
        }
        ReadableDisk disk = null;
        try {
            disk = new BackupDisk(RestoreWork.reader(vaults.open().get(backup.vaultId()), backup));
            if (row.writable()) {
                disk = OverlayDisk.open(privateFolder(overlay(row.id())), disk);
            }
            NbdServer server = server(row, disk, backup);
            served.put(row.id(), new Served(server, disk));
            if (row.socket() == null && row.port() == 0) {
                remember(row.served(true, null, server.port()));
            }
            problems.remove(row.id());
        } catch (IOException | RuntimeException e) {
            if (disk != null) {
                disk.close();
            }
            throw e instanceof RuntimeException known ? known : failed(home.toString(), e);
        }
    }

    private NbdServer server(OpenDiskStore.Row row, ReadableDisk disk, Backup backup) throws IOException {
        Path socket = row.socket();
        if (socket == null) {
            try {
                return NbdServer.onPort(disk, backup.name(), row.port(), trouble -> trouble(row, backup, trouble));
            } catch (java.net.BindException e) {
                throw new ProblemException(Problem.of("open.taken", "address", "127.0.0.1:" + row.port()), e);
            }
        }
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw new ProblemException(
                    Problem.of("open.socket-long", "path", socket.toString(), "most", LONGEST_SOCKET));
        }
        if (socket.startsWith(home)) {
            privateFolder(socket.getParent());
            Files.deleteIfExists(socket); // Left by a process that died; nobody else makes sockets here.
        } else if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS) && !isLeft(row, socket)) {
            throw new ProblemException(Problem.of("open.taken", "address", socket.toString()));
        }
        try {
            return NbdServer.onSocket(disk, backup.name(), socket, trouble -> trouble(row, backup, trouble));
        } catch (IOException e) {
            throw failed(socket.toString(), e);
        }
    }

    /** Removes a socket that a process before this one served the row at, and that nobody answers at any more. */
    private boolean isLeft(OpenDiskStore.Row row, Path socket) throws IOException {
        if (!socket.equals(earlier.get(row.id())) || !isSocket(socket)) {
            return false;
        }
        try (var probe = java.nio.channels.SocketChannel.open(java.net.UnixDomainSocketAddress.of(socket))) {
            return !probe.isConnected();
        } catch (IOException nobody) {
            Files.delete(socket);
            return true;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                && Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) instanceof Integer mode
                && (mode & KIND) == SOCKET;
    }

    private static Path privateFolder(@Nullable Path folder) throws IOException {
        if (folder == null) {
            throw new IOException("no folder");
        }
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }

    private void trouble(OpenDiskStore.Row row, Backup backup, Exception trouble) {
        Problem problem = trouble instanceof ProblemException known
                ? known.problem()
                : Problem.of("open.failed", "address", backup.name(), "cause", String.valueOf(trouble.getMessage()));
        // Whoever meets the same trouble answers its client only when it is shown.
        synchronized (troubles) {
            if (problems.put(row.id(), problem) == null) {
                LOG.log(System.Logger.Level.WARNING, "an open disk", trouble);
                if (problem.code().equals("vault.damaged")) {
                    backups.damaged(backup.id(), problem);
                }
                events.publish(new Event.BackupChanged(backup.id()));
            }
        }
    }

    /** What is open, and of what changes are kept, the earliest first. */
    public List<OpenDisk> list() {
        return known().stream().flatMap(row -> disk(row).stream()).toList();
    }

    /**
     * One of them.
     *
     * @throws ProblemException {@code open.unknown}
     */
    public OpenDisk get(UUID id) {
        return known().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .flatMap(this::disk)
                .orElseThrow(() -> new ProblemException(Problem.of("open.unknown", "id", id)));
    }

    private Optional<OpenDisk> disk(OpenDiskStore.Row row) {
        Optional<NbdServer> server = Optional.ofNullable(served.get(row.id())).map(Served::server);
        return backups.find(row.backup())
                .map(backup -> new OpenDisk(
                        row.id(),
                        backup,
                        row.writable(),
                        !row.served(),
                        row.openedAt(),
                        server.map(NbdServer::uri),
                        server.map(NbdServer::clients).orElse(0),
                        Optional.ofNullable(problems.get(row.id()))));
    }

    /** Whether any disk is being served by this process. */
    public boolean serving() {
        return !served.isEmpty();
    }

    /**
     * Closes a disk; its clients lose it.
     *
     * @param keep whether what was written is kept for the next time; without meaning for one that was not writable
     * @throws ProblemException {@code open.unknown}, {@code open.failed} if the changes could not be written out or removed
     */
    public void close(UUID id, boolean keep) {
        OpenDisk disk = get(id);
        stop(id);
        try {
            if (disk.writable() && keep) {
                known().stream()
                        .filter(row -> row.id().equals(id))
                        .findFirst()
                        .ifPresent(row -> remember(row.served(false, null, 0)));
            } else {
                remove(overlay(id));
                forget(id);
            }
        } catch (IOException e) {
            throw failed(overlay(id).toString(), e);
        }
        audit.succeeded(
                AuditEvent.CLOSE_BACKUP, target(disk.backup()), Map.of(), Map.of("kept", disk.writable() && keep));
        events.publish(new Event.BackupChanged(disk.backup().id()));
    }

    private static Audit.Target target(Backup backup) {
        return new Audit.Target("backup", backup.id().toString(), backup.name());
    }

    private synchronized void stop(UUID id) {
        Served now = served.remove(id);
        if (now == null) {
            return;
        }
        try (now.disk;
                now.server) {
            problems.remove(id);
        } catch (IOException | UncheckedIOException e) {
            throw failed(overlay(id).toString(), e);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Serves what an earlier process left open, and what could not be served until now. */
    public void goOn() {
        for (OpenDiskStore.Row row : known()) {
            if (row.served() && !served.containsKey(row.id())) {
                try {
                    backups.find(row.backup()).ifPresent(backup -> serve(row, backup));
                } catch (RuntimeException e) {
                    // One that cannot be served keeps none of the others from it; the next look tries again.
                    problems.put(row.id(), Problem.from(e));
                }
            }
        }
    }

    /** Stops serving; the next process goes on. */
    @Override
    public void close() {
        for (UUID id : List.copyOf(served.keySet())) {
            try {
                stop(id);
            } catch (ProblemException e) {
                LOG.log(System.Logger.Level.WARNING, "closing an open disk", e);
            }
        }
    }
}
