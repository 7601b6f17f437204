package org.coffer.machine;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.coffer.machine.Mounts.Mount;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a path leads into a folder, under whatever names: through symbolic links, through a bind mount of the
 * folder or of any part of it, or because the file has a second name in there (a hard link).
 *
 * <p>A place that does not exist yet is judged by its nearest existing parent. Where something cannot be looked into, the
 * answer is yes: who asks wants to be sure that it does not. Any number of threads; nothing is remembered.
 */
public final class Nesting {
    private final Mounts mounts;

    private Nesting(Mounts mounts) {
        this.mounts = mounts;
    }

    /** For the paths of this computer. Where there is no {@code /proc}, bind mounts of parts of a folder are not seen. */
    public static Nesting here() {
        return new Nesting(new Mounts(Path.of("/proc")));
    }

    /** Whether a path is {@code folder}, or lies in it. */
    public boolean within(Path path, Path folder) {
        Path inner = real(path);
        Path outer = real(folder);
        return inner.startsWith(outer) || throughMount(inner, outer) || hasNameIn(inner, outer);
    }

    /** Whether two paths are one folder or file. */
    public boolean same(Path one, Path other) {
        return Images.same(real(one), real(other));
    }

    private boolean throughMount(Path inner, Path outer) {
        for (Path at = inner; at != null; at = at.getParent()) {
            if (Files.exists(at) && Images.same(at, outer)) {
                return true;
            }
        }
        List<Mount> mounted = mounts.all();
        Optional<Mount> below = Mounts.of(inner, mounted);
        Optional<Mount> there = Mounts.of(outer, mounted);
        return below.isPresent()
                && there.isPresent()
                && below.get().number().equals(there.get().number())
                && below.get().inside(inner).startsWith(there.get().inside(outer));
    }

    /** Whether a file that has several names has one of them somewhere below a folder. */
    private static boolean hasNameIn(Path file, Path folder) {
        try {
            if (!Files.isRegularFile(file)
                    || !Files.isDirectory(folder)
                    || !file.getFileSystem().supportedFileAttributeViews().contains("unix")
                    || Integer.valueOf(1).equals(Files.getAttribute(file, "unix:nlink"))) {
                return false;
            }
            Search search = new Search(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
            Files.walkFileTree(folder, search);
            return search.found;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Looks for one file in a tree. */
    private static final class Search extends SimpleFileVisitor<Path> {
        private final Object wanted;
        private boolean found;

        Search(Object wanted) {
            this.wanted = wanted;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            found = wanted.equals(facts.fileKey());
            return found ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // Deleted while it was looked for.
            }
            throw why;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why) throws IOException {
            return why == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, why);
        }
    }

    /** A path without links; what does not exist yet keeps its name below what does. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path at = whole; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(whole));
            } catch (IOException e) {
                // Its parent may be there.
            }
        }
        return whole;
    }
}
