package org.coffer.console;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.coffer.machine.Shell;

/**
 * A location in which every call hangs until closed, as a mount of a server that went away does: a pipe in the place of its marker
 * holds every thread in the kernel that looks at it.
 */
public final class HangingLocation implements AutoCloseable {
    private final Path marker;
    private final Path kept;

    /** Lets the location in a folder hang. */
    public HangingLocation(Path folder) throws IOException {
        marker = folder.resolve("coffer-location.json");
        kept = folder.resolve("kept");
        Path pipe = folder.resolve("pipe");
        Shell.run("mkfifo", pipe.toString());
        Files.createLink(kept, marker);
        Files.move(pipe, marker, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until a thread of the store hangs. */
    public void await() {
        while (Thread.getAllStackTraces().entrySet().stream()
                .noneMatch(each -> each.getKey().getName().startsWith("store-")
                        && Arrays.stream(each.getValue())
                                .anyMatch(frame -> frame.getClassName().endsWith(".FolderMarker")))) {
            LockSupport.parkNanos(20_000_000); // Looking at all threads holds them up.
        }
    }

    /** Puts the marker back, and lets whoever hangs go on. */
    @Override
    public void close() throws IOException {
        try (RandomAccessFile _ = new RandomAccessFile(marker.toFile(), "rw")) {
            Files.move(kept, marker, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
