package org.coffer.engine.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What a {@link FolderStore} does to files: publishes them durably, compares, walks and tidies. The order of the steps in
 * {@link #publish} is what makes a power cut harmless.
 */
final class FolderFiles {
    static final String TEMPORARY = ".tmp-";

    /**
     * What file managers and network drives leave in any folder. No object has such a name (docs/vault-format.md, section 1), so none is
     * hidden by it; listed, it would be an object that nobody can read, because of which nothing may be deleted.
     */
    private static final Pattern LITTER = Pattern.compile("(.*/)?([.@#].*|Thumbs\\.db|[Dd]esktop\\.ini)");

    /** Where an object may lie and no folder (docs/vault-format.md, section 1): of what has such a name no other objects hang. */
    private static final Pattern LEAF = Pattern.compile(
            "(.*/)?((session|commit|gone|ask|spent|condemned|uses|about|index|desc|slot)/[^/]+|(data|map)/[^/]+/[^/]+)");

    /** A directory that is forgotten is synced once more. */
    private static final int MOST_KNOWN = 10_000;

    private final Path folder;
    private final RandomGenerator random;
    private final Sync sync;
    /** Directories that are certain to survive a power cut, with all above them. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    /** Makes what a directory holds durable. */
    @FunctionalInterface
    interface Sync {
        void sync(Path directory) throws IOException;
    }

    FolderFiles(Path folder, RandomGenerator random, Sync sync) {
        this.folder = folder;
        this.random = random;
        this.sync = sync;
    }

    /**
     * Writes a temporary file, syncs it, renames it, syncs the directory. When this returns the file is there for good; if
     * it fails the file is not there, or there as a whole.
     */
    void publish(Path file, ByteBuffer... bytes) throws IOException {
        try {
            publishOnce(file, bytes);
        } catch (NoSuchFileException e) {
            // A collector found the directory empty, and removed it just before the file was made.
            publishOnce(file, bytes);
        }
    }

    /** Whether something in the folder is certainly no object. */
    static boolean litter(String name) {
        return LITTER.matcher(name).matches();
    }

    private void publishOnce(Path file, ByteBuffer... bytes) throws IOException {
        Path directory = makeDirectory(parent(file));
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY + Long.toHexString(random.nextLong()));
        try {
            NewFile.write(temporary, bytes);
            rename(temporary, file);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
        sync.sync(directory);
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static void deleteQuietly(Path file, IOException reason) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /**
     * Makes a directory, and those above it. One that was there is synced too, once: who made it may have died before it
     * came to that.
     */
    private Path makeDirectory(Path directory) throws IOException {
        boolean there = Files.isDirectory(directory);
        if (directory.equals(folder) || !directory.startsWith(folder)) {
            if (!there) {
                throw new NoSuchFileException(folder.toString());
            }
            return directory;
        }
        if (there && durable.contains(directory)) {
            return directory;
        }
        Path above = makeDirectory(parent(directory));
        if (!there) {
            try {
                Files.createDirectory(directory);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(directory)) {
                    throw e;
                }
            }
        }
        sync.sync(above);
        if (durable.size() >= MOST_KNOWN) {
            durable.clear();
        }
        durable.add(directory);
        return directory;
    }

    static Path parent(Path file) throws NoSuchFileException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString());
        }
        return parent;
    }

    static void syncDirectory(Path directory) throws IOException {
        if (java.io.File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** An object of this name exists: a repeated put must bring the same bytes. */
    static void compare(Path file, String name, long size, ByteBuffer... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            boolean same = channel.size() == size;
            ByteBuffer there = ByteBuffer.allocate(65_536);
            for (ByteBuffer part : bytes) {
                ByteBuffer view = part.duplicate();
                while (same && view.hasRemaining()) {
                    there.clear().limit(Math.min(there.capacity(), view.remaining()));
                    while (there.hasRemaining() && channel.read(there) >= 0) {
                        // Reads on until the piece is there.
                    }
                    there.flip();
                    ByteBuffer expected = view.slice(view.position(), Math.min(65_536, view.remaining()));
                    same = there.equals(expected);
                    view.position(view.position() + expected.capacity());
                }
            }
            if (!same) {
                throw new StoreException(StoreException.Kind.CONFLICT, name + " exists with other content");
            }
        }
    }

    /** A regular file and its length. */
    record Found(Path path, long size) {}

    /**
     * Whether something is there. Only "no such file" is a no: whatever else keeps the system from answering would make
     * what is lost look like what never was, and be the reason to delete the rest.
     *
     * @throws StoreException UNREACHABLE for a link that leads nowhere, such as to a disk that is not attached
     */
    static boolean isThere(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            if (Files.isSymbolicLink(file)) {
                throw new StoreException(StoreException.Kind.UNREACHABLE, file + " is a link that leads nowhere", e);
            }
            return false;
        }
    }

    /**
     * Visits the regular files below a folder, also those that vanish meanwhile; nothing if there is no folder. A folder
     * that is a link is gone into; links below it are left alone, for they may lead anywhere.
     *
     * @throws IOException if any part of the folder cannot be looked at
     */
    static void walk(Path start, Consumer<Found> visitor) throws IOException {
        walk(start, visitor, new Oddities() {
            @Override
            public void link(Path link) {}

            @Override
            public void unreadable(Path file, IOException why) throws IOException {
                throw why;
            }
        });
    }

    /**
     * Visits all regular files below a folder as {@link #walk(Path, Consumer)} does, for one who takes what is not shown for
     * lost. An object of which there is only a name left is shown, with no bytes, and so is a link in its place: whoever
     * reads it learns what it is worth, and the others are not hidden because of it.
     *
     * @param damaged whether a failure means that something is damaged, and not that the place fails
     * @throws StoreException DAMAGED also if there is a link below it in the place of a folder
     */
    static void walkAll(Path start, Predicate<IOException> damaged, Consumer<Found> visitor) throws IOException {
        walk(start, visitor, new Oddities() {
            @Override
            public void link(Path link) throws IOException {
                if (!LEAF.matcher(name(link)).matches()) {
                    throw new StoreException(StoreException.Kind.DAMAGED, link + " is a link, which may hide objects");
                }
                visitor.accept(new Found(link, 0));
            }

            @Override
            public void unreadable(Path file, IOException why) throws IOException {
                if (!LEAF.matcher(name(file)).matches() || !damaged.test(why)) {
                    throw why;
                }
                visitor.accept(new Found(file, 0));
            }
        });
    }

    private static String name(Path file) {
        return file.toString().replace(java.io.File.separatorChar, '/');
    }

    /** What is done about what is no file like others. */
    private interface Oddities {
        void link(Path link) throws IOException;

        void unreadable(Path file, IOException why) throws IOException;
    }

    /** Where a folder really is; empty if there is none, also if it was found empty and removed while it was looked for. */
    private static Optional<Path> found(Path start) throws IOException {
        try {
            if (!isThere(start)) {
                return Optional.empty();
            }
            if (!Files.readAttributes(start, BasicFileAttributes.class).isDirectory()) {
                throw new StoreException(StoreException.Kind.DAMAGED, start + " is no folder");
            }
            return Optional.of(start.toRealPath());
        } catch (NoSuchFileException e) {
            return isThere(start) ? Optional.of(start.toRealPath()) : Optional.empty();
        }
    }

    private static void walk(Path start, Consumer<Found> visitor, Oddities oddities) throws IOException {
        Optional<Path> there = found(start);
        if (there.isEmpty()) {
            return;
        }
        Path real = there.get();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    visitor.accept(new Found(shown(file), attributes.size()));
                } else if (attributes.isSymbolicLink()
                        && !litter(real.relativize(file).toString())) {
                    oddities.link(shown(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // Deleted between listing and looking: as if it had never been listed.
                if (!(e instanceof NoSuchFileException)) {
                    oddities.unreadable(shown(file), e);
                }
                return FileVisitResult.CONTINUE;
            }

            private Path shown(Path file) {
                return start.resolve(real.relativize(file));
            }
        });
    }

    /** Removes a directory that nothing is left in. */
    void removeIfEmpty(Path directory) throws IOException {
        // Whoever writes there just now makes it again.
        durable.remove(directory);
        if (directory.getNameCount() - folder.getNameCount() >= 2) {
            try (var entries = Files.newDirectoryStream(directory)) {
                if (entries.iterator().hasNext()) {
                    return;
                }
            }
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                // Somebody was quicker; the directory stays.
                return;
            }
        }
    }
}
