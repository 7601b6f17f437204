package org.coffer.console.home;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import org.coffer.engine.store.FolderStore;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The data directory of one console. Everything in it but the catalog's plans can be lost without losing a backup.
 *
 * @param directory where it is; absolute
 */
public record Home(Path directory) {
    /** The environment variable that names the home. */
    public static final String VARIABLE = "COFFER_HOME";

    /** Keeps the absolute path. */
    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    /**
     * Where the home is when nobody names one: the place that the system's convention gives to data of programs.
     *
     * @param system the name of the operating system, as in the property {@code os.name}
     * @param userHome the user's own folder
     * @param environment the environment variables
     */
    public static Home usual(String system, Path userHome, Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return new Home(Path.of(named));
        }
        String os = system.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return new Home(userHome.resolve("Library/Application Support/Coffer"));
        }
        if (os.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            Path base = local.isBlank() ? userHome.resolve("AppData").resolve("Local") : Path.of(local);
            return new Home(base.resolve("Coffer"));
        }
        // The convention says that a relative path in the variable is to be ignored.
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = data.startsWith("/")
                ? Path.of(data)
                : userHome.resolve(".local").resolve("share");
        return new Home(base.resolve("coffer"));
    }

    /** The catalog's file without the ending that the database adds. */
    public Path catalog() {
        return directory.resolve("catalog");
    }

    /** The file whose lock says who owns the home. */
    public Path lock() {
        return directory.resolve("lock");
    }

    /** The log that is being written; older ones lie beside it. */
    public Path log() {
        return directory.resolve("log").resolve("coffer.log");
    }

    /** What vaults keep here to be quicker; may be deleted at any time while nothing runs. */
    public Path cache() {
        return directory.resolve("cache");
    }

    /**
     * Makes the folder, readable by its user alone, if it is not there. A folder that is there is left as it
     * is until {@link #tighten}.
     *
     * @throws ProblemException {@code home.not-folder}, {@code home.denied} or {@code home.failed}; {@code home.in-location}
     *     if it would be begun among the vaults of a location
     */
    public void create() {
        refuseInLocation();
        try {
            if (Files.isDirectory(directory)) {
                return;
            }
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** One that was there before the folder around it became a location stays usable: its keys are needed. */
    private void refuseInLocation() {
        if (Files.exists(lock())) {
            return;
        }
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            if (FolderStore.identify(folder).isPresent()) {
                throw new ProblemException(
                        Problem.of("home.in-location", "home", directory.toString(), "path", folder.toString()));
            }
        }
    }

    /**
     * Closes to other accounts what is Coffer's in it, where the file system has permissions; done again when new files were
     * made.
     *
     * @throws ProblemException {@code home.denied} or {@code home.failed}
     */
    public void tighten() {
        try {
            new HomeRights(this).tighten();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** Explains why the home cannot be used. */
    ProblemException trouble(Exception cause) {
        if (cause instanceof FileAlreadyExistsException || (Files.exists(directory) && !Files.isDirectory(directory))) {
            return new ProblemException(Problem.of("home.not-folder", "home", directory.toString()), cause);
        }
        boolean denied = cause instanceof AccessDeniedException
                || cause instanceof ReadOnlyFileSystemException
                || (cause instanceof FileSystemException fs
                        && fs.getReason() != null
                        && fs.getReason().contains("Read-only"));
        if (denied) {
            return new ProblemException(
                    Problem.of("home.denied", "home", directory.toString(), "user", HomeOwner.currentUser()), cause);
        }
        return new ProblemException(
                Problem.of("home.failed", "home", directory.toString(), "cause", String.valueOf(cause.getMessage())),
                cause);
    }
}
