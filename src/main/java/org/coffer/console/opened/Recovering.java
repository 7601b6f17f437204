package org.coffer.console.opened;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.coffer.engine.nbd.NbdServer;
import org.coffer.engine.nbd.OverlayDisk;
import org.coffer.engine.nbd.ReadableDisk;

/**
 * A disk that is read only, served once more so that the kernel can replay the journals on it while it is mounted: what that writes
 * lies beside, for this computer's administrator alone and not encrypted, and goes with the mounting.
 */
final class Recovering implements AutoCloseable {
    /** Bytes that a mounting writes at most: twice the largest journal of xfs, and more than what others have. */
    private static final long MOST = 4L << 30;

    private static final System.Logger LOG = System.getLogger(Recovering.class.getName());
    private static final List<String> FILES = List.of("data", "map");

    private final Path folder;
    private final OverlayDisk disk;
    private final NbdServer server;

    private Recovering(Path folder, OverlayDisk disk, NbdServer server) {
        this.folder = folder;
        this.disk = disk;
        this.server = server;
    }

    /**
     * Serves a disk.
     *
     * @param below the disk, which this closes in the end, also if it cannot be served
     * @param folder where what is written lies; what an earlier process left there goes
     * @param socket where it is served
     */
    static Recovering serve(ReadableDisk below, Path folder, Path socket, NbdServer.Watcher watcher)
            throws IOException {
        OverlayDisk disk;
        try {
            remove(folder);
            disk = OverlayDisk.open(PrivateFolder.make(folder), below, MOST);
        } catch (IOException | RuntimeException e) {
            below.close();
            throw e;
        }
        try {
            Files.deleteIfExists(socket);
            return new Recovering(folder, disk, NbdServer.onSocket(disk, "recovering", socket, watcher));
        } catch (IOException | RuntimeException e) {
            disk.discard();
            throw e;
        }
    }

    String uri() {
        return server.uri();
    }

    ReadableDisk disk() {
        return disk;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "closing {0}: {1}", uri(), e.getMessage());
        }
        try {
            disk.discard();
            remove(folder);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "what a mounting wrote", e);
        }
    }

    /** Removes what such a disk left in its folder, and the folder. */
    static void remove(Path folder) throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
