package org.coffer.console.opened;

import java.io.IOException;
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

    private final Mounting mounting;
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<UUID, Mounted> mounted = new ConcurrentHashMap<>();

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

    /** Mounts a served disk; one that is mounted stays as it is. */
    Mounted mount(UUID id, String uri, ReadableDisk disk, boolean writable, Optional<Path> into) {
        lock.lock();
        try {
            Mounted before = mounted.get(id);
            if (before != null) {
                return before;
            }
            PrivateFolder.make(folder);
            var served = new Mounting.Served(uri, Volumes.of(new DiskBytes(disk)), writable);
            Path place = into.map(Path::toAbsolutePath).orElse(own(id).resolve("files"));
            Mounted now = mounting.mount(served, own(id), place);
            mounted.put(id, now);
            return now;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("mount.failed", "path", folder.toString(), "cause", String.valueOf(e.getMessage())), e);
        } finally {
            lock.unlock();
        }
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
            mounted.keySet().forEach(id -> mounting.detach(own(id)));
            mounted.clear();
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
                    mounting.detach(own);
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what was left mounted", e);
        } finally {
            lock.unlock();
        }
    }

    private Path own(UUID id) {
        return folder.resolve(id.toString());
    }
}
