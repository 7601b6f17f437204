package org.coffer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** The checks every disk image file passes before anybody opens it; the same on all systems. */
final class Images {
    /**
     * A file that can be an image.
     *
     * @param path absolute, links resolved
     * @param size bytes, at least one sector of 512
     */
    record Image(Path path, long size) {
        /** The file's name. */
        String name() {
            return nameOf(path);
        }
    }

    /** Bytes of the smallest sector of a disk. */
    private static final int SECTOR = 512;

    private Images() {}

    /** The last name in a path. */
    static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /**
     * Whether two paths are one file: by hard links and bind mounts it can have any number of names. Two that are not there
     * are one if they would be made in one folder under one name.
     */
    static boolean same(Path one, Path other) {
        try {
            if (one.equals(other) || Files.isSameFile(one, other)) {
                return true;
            }
        } catch (IOException e) {
            // One of them is not there.
        }
        Path folder = one.getParent();
        Path otherFolder = other.getParent();
        return folder != null
                && otherFolder != null
                && java.util.Objects.equals(one.getFileName(), other.getFileName())
                && isOne(folder, otherFolder);
    }

    private static boolean isOne(Path folder, Path other) {
        try {
            return Files.isSameFile(folder, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** Looks at a path. Throws what {@link Machine#inspect} names. */
    static Image look(Path path) {
        String shown = path.toString();
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of("image.missing", "path", shown));
        }
        try {
            if (Files.isSymbolicLink(path) && !Files.exists(path)) {
                throw new ProblemException(Problem.of("image.link", "path", shown));
            }
            Path real = path.toRealPath();
            BasicFileAttributes facts = Files.readAttributes(real, BasicFileAttributes.class);
            if (facts.isDirectory()) {
                throw new ProblemException(Problem.of("image.folder", "path", shown));
            }
            if (!facts.isRegularFile() || SpecialFiles.hold(real)) {
                throw new ProblemException(Problem.of("image.special", "path", shown));
            }
            if (!Files.isReadable(real)) {
                throw new ProblemException(Problem.of("image.unreadable", "path", shown));
            }
            if (facts.size() == 0) {
                throw new ProblemException(Problem.of("image.empty", "path", shown));
            }
            if (facts.size() < SECTOR) {
                throw new ProblemException(Problem.of("image.small", "path", shown, "least", SECTOR));
            }
            return new Image(real, facts.size());
        } catch (IOException e) {
            throw new ProblemException(Problem.of("image.unreadable", "path", shown), e);
        }
    }
}
