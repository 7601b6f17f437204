package org.coffer.console.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one process that uses a home, from taking it until closing.
 *
 * <p>It is the kernel's lock on one byte of the file {@code lock}, far behind the note in it, so that others can read
 * the note on systems where a lock forbids reading. It cannot be forgotten: a process that is killed loses it at once,
 * and the next one finds the home free. Taking never waits.
 */
public final class HomeOwnership implements AutoCloseable {
    /** A byte that no note reaches. */
    private static final long LOCKED_BYTE = 1L << 40;

    /** A socket's path may have 104 bytes on macOS and 108 on Linux, with a zero at the end. */
    private static final int LONGEST_SOCKET_PATH = 100;

    /** How the folder begins that is made for a socket whose path would be too long. */
    private static final String SOCKET_FOLDER = "coffer-owner-";

    private final Home home;
    private final FileChannel file;
    private final HomeOwner owner;

    private HomeOwnership(Home home, FileChannel file, HomeOwner owner) {
        this.home = home;
        this.file = file;
        this.owner = owner;
    }

    /**
     * Takes the home if nobody has it, notes who did, and closes what is Coffer's in it to other accounts.
     *
     * @param environment the environment variables; say where short-lived files lie
     * @return empty if another process, or another part of this one, has it
     * @throws ProblemException {@code home.foreign} if it belongs to another account, or why it cannot be written
     */
    public static Optional<HomeOwnership> take(Home home, Clock clock, Map<String, String> environment) {
        home.create();
        FileChannel file = null;
        try {
            HomeRights rights = new HomeRights(home);
            Optional<Problem> stranger = rights.stranger();
            if (stranger.isPresent() && !Files.exists(home.lock())) {
                throw new ProblemException(stranger.get());
            }
            file = FileChannel.open(
                    home.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(file);
            if (lock == null || stranger.isPresent()) {
                file.close();
                // Whoever runs it may be asked to do something with it; nobody else begins to use it.
                if (lock == null) {
                    return Optional.empty();
                }
                throw new ProblemException(stranger.orElseThrow());
            }
            rights.tighten();
            HomeOwner owner = new HomeOwner(
                    ProcessHandle.current().pid(), HomeOwner.currentUser(), clock.instant(), socket(home, environment));
            ByteBuffer note = ByteBuffer.wrap(owner.note().getBytes(StandardCharsets.UTF_8));
            file.truncate(0);
            while (note.hasRemaining()) {
                file.write(note);
            }
            return Optional.of(new HomeOwnership(home, file, owner));
        } catch (IOException e) {
            closeQuietly(file, e);
            throw home.trouble(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void closeQuietly(@Nullable FileChannel file, IOException during) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                during.addSuppressed(e);
            }
        }
    }

    /** In the home, unless its path is too long for a socket: then in a folder that only this user can open. */
    private static Path socket(Home home, Map<String, String> environment) throws IOException {
        Path inside = home.directory().resolve("owner.sock");
        if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH) {
            return inside;
        }
        CRC32C sum = new CRC32C();
        sum.update(home.directory().toString().getBytes(StandardCharsets.UTF_8));
        String name = "coffer-" + HexFormat.of().toHexDigits((int) sum.getValue()) + ".sock";
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank() && Files.isWritable(Path.of(runtime))) {
            return Path.of(runtime, name);
        }
        Path base = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        return Files.createTempDirectory(
                        base,
                        SOCKET_FOLDER,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                .resolve(name);
    }

    /** Who this process is to others. */
    public HomeOwner owner() {
        return owner;
    }

    /** Gives the home back. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(owner.socket());
            Path folder = owner.socket().getParent();
            if (folder != null && folder.getFileName().toString().startsWith(SOCKET_FOLDER)) {
                Files.deleteIfExists(folder);
            }
            file.close();
        } catch (IOException e) {
            throw home.trouble(e);
        }
    }
}
