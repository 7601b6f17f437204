package org.coffer.console.opened;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.coffer.engine.nbd.ReadableDisk;
import org.coffer.engine.volume.Volumes;
import org.coffer.machine.Mounting;
import org.coffer.machine.Mounting.Mounted;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Open disks whose files are seen on this computer. They live as long as the process: what one left that died is undone by the next.
 * One is mounted or unmounted at a time; everything else goes on meanwhile.
 */
final class MountedDisks {
    private static final System.Logger LOG = System.getLogger(MountedDisks.class.getName());

    /** In a mounting's own folder, what the kernel wrote while it mounted. */
    private static final String CHANGES = "changes";

    private final Mounting mounting;
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Mounted> mounted = new ConcurrentHashMap<>();
    private final Map<UUID, Recovering> recovering = new ConcurrentHashMap<>();

    /** @param home whose folder {@code mounts} is used */
    MountedDisks(Mounting mounting, Path home) {
        this.mounting = mounting;
        this.folder = home.toAbsolutePath().resolve("mounts");
    }

    Optional<Problem> whyNot() {
        return mounting.whyNot();
    }

    /** Where a disk is seen; empty if it is not. */
    List<Path> points(UUID id) {
        Mounted now = mounted.get(id);
        return now == null ? List.of() : now.points();
    }

    /** A disk that can be written to, served. */
    record Writable(String uri, ReadableDisk disk) {}

    /** Serves a disk so that journals can be replayed, in a folder. */
    @FunctionalInterface
    interface Recovery {
        Recovering serve(Path folder) throws IOException;
    }

    /** Mounts a disk so that its files can be changed; one that is mounted stays as it is. */
    Mounted mount(UUID id, Writable disk, Optional<Path> into) {
        return mount(id, into, () -> new Mounting.Served(disk.uri, Volumes.of(new DiskBytes(disk.disk)), true));
    }

    /** Mounts a disk so that its files can only be read; one that is mounted stays as it is. */
    Mounted mount(UUID id, Recovery disk, Optional<Path> into) {
        return mount(id, into, () -> {
            Recovering served = disk.serve(changes(id));
            recovering.put(id, served);
            return new Mounting.Served(served.uri(), Volumes.of(new DiskBytes(served.disk())), false);
        });
    }

    /** What is to be mounted, once it is clear that it is. */
    private interface Source {
        Mounting.Served get() throws IOException;
    }

    private Mounted mount(UUID id, Optional<Path> into, Source source) {
        lock.lock();
        try {
            Mounted before = mounted.get(id);
            if (before != null) {
                return before;
            }
            PrivateFolder.make(folder);
            PrivateFolder.make(own(id));
            Path place = into.map(Path::toAbsolutePath).orElse(own(id).resolve("files"));
            Mounted now = mounting.mount(source.get(), own(id), place);
            mounted.put(id, now);
            return now;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("mount.failed", "path", folder.toString(), "cause", String.valueOf(e.getMessage())), e);
        } finally {
            if (!mounted.containsKey(id)) {
                forget(id);
            }
            lock.unlock();
        }
    }

    /** Ends serving what nothing is mounted of any more. */
    private void forget(UUID id) {
        Recovering ended = recovering.remove(id);
        if (ended != null) {
            ended.close();
        }
        try {
            Files.deleteIfExists(own(id));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "left behind: " + own(id), e);
        }
    }

    private Path changes(UUID id) {
        return own(id).resolve(CHANGES);
    }

    /**
     * Unmounts a disk; one that is not mounted stays as it is.
     *
     * @throws ProblemException {@code mount.busy}
     */
    void unmount(UUID id) {
        lock.lock();
        try {
            if (mounted.containsKey(id)) {
                mounting.unmount(own(id));
                mounted.remove(id);
                forget(id);
            }
        } catch (ProblemException e) {
            mounted.computeIfPresent(id, (key, was) -> new Mounted(mounting.points(own(id)), was.refused()));
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Unmounts all, whoever uses them. */
    void detach() {
        lock.lock();
        try {
            for (UUID id : List.copyOf(mounted.keySet())) {
                mounting.detach(own(id));
                mounted.remove(id);
                forget(id);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Undoes what a process before this one left mounted. */
    void cleanUp() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        lock.lock();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path own : left) {
                if (mounted.keySet().stream().noneMatch(id -> own(id).equals(own))) {
                    undo(own);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what was left mounted", e);
        } finally {
            lock.unlock();
        }
    }

    /** What cannot be undone of one keeps none of the others mounted. */
    private void undo(Path own) {
        try {
            mounting.detach(own);
            Recovering.remove(own.resolve(CHANGES));
            Files.deleteIfExists(own);
        } catch (IOException | UncheckedIOException | ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "what was left mounted: " + own, e);
        }
    }

    private Path own(UUID id) {
        return folder.resolve(id.toString());
    }
}
