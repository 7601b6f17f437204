package org.coffer.console.home;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.coffer.problem.Problem;

/**
 * Who may do what with a home: it belongs to the account that runs Coffer, and nobody else reads what Coffer keeps there.
 *
 * <p>A home that somebody made by hand is often open to all. Coffer's own files and folders in it are closed whenever it is
 * opened; the folder itself too, unless other things lie in it that are none of Coffer's business. On a file system
 * without permissions of its own nothing can be closed, and nothing is.
 */
final class HomeRights {
    private static final System.Logger LOG = System.getLogger(HomeRights.class.getName());
    private static final Pattern OWN =
            Pattern.compile("(catalog|secrets|disks\\.seen)([-.].*)?|lock|log|cache|overlay|owner\\.sock");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Path SELF = Path.of("/proc/self");

    private final Home home;

    HomeRights(Home home) {
        this.home = home;
    }

    /** {@code home.foreign}: the home belongs to another account; empty also where nobody can say. */
    Optional<Problem> stranger() throws IOException {
        Path folder = home.directory();
        if (!has(folder, "unix") || !Files.exists(SELF)) {
            return Optional.empty();
        }
        return Files.getAttribute(folder, "unix:uid").equals(Files.getAttribute(SELF, "unix:uid"))
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "home.foreign",
                        "home",
                        folder.toString(),
                        "owner",
                        Files.getOwner(folder).getName(),
                        "user",
                        HomeOwner.currentUser()));
    }

    /** Closes what is Coffer's, and makes the folders closed that it will fill. */
    void tighten() throws IOException {
        if (!has(home.directory(), "posix")) {
            return;
        }
        for (Path folder : new Path[] {home.log().getParent(), home.cache()}) {
            if (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            }
        }
        boolean alone = true;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(home.directory())) {
            for (Path each : all) {
                String name = String.valueOf(each.getFileName());
                if (OWN.matcher(name).matches()) {
                    close(each);
                } else {
                    alone &= name.equals("vaults");
                }
            }
        }
        if (alone) {
            close(home.directory().toRealPath());
        }
    }

    private static void close(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return;
        }
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> most = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? FOLDER : FILE;
        EnumSet<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(now);
        left.retainAll(most);
        if (left.equals(now)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(path, left);
        } catch (FileSystemException e) {
            // The file system has no permissions of its own, or the file is not ours: opening it will tell.
            LOG.log(System.Logger.Level.WARNING, "closing " + path + " to others", e);
        }
    }

    private static boolean has(Path path, String view) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains(view)
                && Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
