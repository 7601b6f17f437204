package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A folder by its path, for systems other than Linux. It refuses links where it meets them; somebody who may rename folders on the way
 * while files are restored can still lead it elsewhere. Owners and rights are the user's own.
 */
final class PortableFolder implements TargetFolder {
    private final Path path;

    private PortableFolder(Path path) {
        this.path = path;
    }

    static PortableFolder at(Path folder) throws TargetException {
        return about(folder.toString(), () -> new PortableFolder(folder.toRealPath()));
    }

    private interface Act<T> {
        T run() throws IOException;
    }

    private static <T> T about(String name, Act<T> act) throws TargetException {
        try {
            return act.run();
        } catch (TargetException e) {
            throw e;
        } catch (FileAlreadyExistsException e) {
            throw new TargetException(TargetException.Reason.EXISTS, name, e);
        } catch (NoSuchFileException e) {
            throw new TargetException(TargetException.Reason.MISSING, name, e);
        } catch (AccessDeniedException e) {
            throw new TargetException(TargetException.Reason.DENIED, name, e);
        } catch (InvalidPathException e) {
            throw new TargetException(TargetException.Reason.NAME, name, e);
        } catch (IOException e) {
            String said = String.valueOf(e instanceof FileSystemException known ? known.getReason() : e.getMessage());
            boolean full = said.contains("No space") || said.contains("not enough space");
            throw new TargetException(full ? TargetException.Reason.FULL : TargetException.Reason.OTHER, name, e);
        }
    }

    private interface Deed {
        void run() throws IOException;
    }

    private static void to(String name, Deed deed) throws TargetException {
        about(name, () -> {
            deed.run();
            return name;
        });
    }

    /** A name alone: nothing that leads out of the folder. */
    private Path at(String name) throws TargetException {
        return about(name, () -> {
            Path one = Path.of(name);
            if (one.isAbsolute() || one.getNameCount() != 1 || name.equals("..") || name.equals(".")) {
                throw new InvalidPathException(name, "is no name");
            }
            return path.resolve(one);
        });
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Optional<Found> look(String name) throws TargetException {
        Path there = at(name);
        if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return about(name, () -> {
            var is = Files.readAttributes(there, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Kind kind = is.isSymbolicLink()
                    ? Kind.LINK
                    : is.isDirectory() ? Kind.FOLDER : is.isRegularFile() ? Kind.FILE : Kind.OTHER;
            return Optional.of(new Found(kind, is.size(), is.lastModifiedTime().toInstant()));
        });
    }

    @Override
    public TargetFolder enter(String name) throws TargetException {
        Path there = at(name);
        if (!Files.isDirectory(there, LinkOption.NOFOLLOW_LINKS)) {
            throw new TargetException(
                    TargetException.Reason.IN_WAY, name, new IOException("no folder: " + there.getFileName()));
        }
        return new PortableFolder(there);
    }

    @Override
    public void make(String name) throws TargetException {
        Path there = at(name);
        to(name, () -> Files.createDirectory(there));
    }

    @Override
    public NewFile create(String name) throws TargetException {
        Path there = at(name);
        return about(
                name,
                () -> new Written(
                        FileChannel.open(
                                there,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.SPARSE),
                        there));
    }

    @Override
    public void link(String name, String target) throws TargetException {
        Path there = at(name);
        to(name, () -> Files.createSymbolicLink(there, Path.of(target)));
    }

    @Override
    public void same(String name, TargetFolder there, String existing) throws TargetException {
        Path link = at(name);
        Path old = ((PortableFolder) there).at(existing);
        to(name, () -> Files.createLink(link, old));
    }

    @Override
    public void rename(String from, String to, boolean replace) throws TargetException {
        Path old = at(from);
        Path fresh = at(to);
        if (!replace && Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
            throw new TargetException(TargetException.Reason.EXISTS, to, new FileAlreadyExistsException(to));
        }
        to(to, () -> Files.move(old, fresh, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public boolean isBeside(TargetFolder other) throws TargetException {
        return about(path.toString(), () -> Files.getFileStore(path).equals(Files.getFileStore(other.path())));
    }

    @Override
    public void move(String name, TargetFolder there, String to) throws TargetException {
        Path old = at(name);
        Path fresh = ((PortableFolder) there).at(to);
        to(to, () -> Files.move(old, fresh));
    }

    @Override
    public void remove(String name) throws TargetException {
        Path there = at(name);
        to(name, () -> Files.deleteIfExists(there));
    }

    @Override
    public boolean ownLink(String name, long user, long group) {
        return false;
    }

    @Override
    public void timeLink(String name, Instant modified) {
        // Java cannot set it here without following the link.
    }

    @Override
    public boolean own(long user, long group) {
        return false;
    }

    @Override
    public boolean mode(int mode) {
        return true; // Rights are what the folder around gives.
    }

    @Override
    public boolean attribute(String name, byte[] value) throws TargetException {
        return about(path.toString(), () -> attribute(path, name, value));
    }

    private static boolean attribute(Path there, String name, byte[] value) throws IOException {
        OptionalInt flags = name.equals(WindowsFlags.NAME) ? WindowsFlags.of(value) : OptionalInt.empty();
        if (flags.isPresent()) {
            DosFileAttributeView dos =
                    Files.getFileAttributeView(there, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (dos == null) {
                return false;
            }
            dos.setHidden((flags.getAsInt() & 0x2) != 0);
            dos.setSystem((flags.getAsInt() & 0x4) != 0);
            dos.setReadOnly((flags.getAsInt() & 0x1) != 0);
            return true;
        }
        UserDefinedFileAttributeView user =
                Files.getFileAttributeView(there, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (user == null || !name.startsWith("user.")) {
            return false;
        }
        return user.write(name.substring("user.".length()), ByteBuffer.wrap(value)) == value.length;
    }

    @Override
    public void time(Instant modified) throws TargetException {
        to(path.toString(), () -> setTime(path, modified));
    }

    private static void setTime(Path there, Instant modified) throws IOException {
        Files.getFileAttributeView(there, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(modified), null, null);
    }

    @Override
    public void sync() {
        // Folders cannot be synced here; the file system keeps its own order.
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    /** A file that is being written. */
    private static final class Written implements NewFile {
        private final FileChannel channel;
        private final Path path;

        Written(FileChannel channel, Path path) {
            this.channel = channel;
            this.path = path;
        }

        private String name() {
            return String.valueOf(path.getFileName());
        }

        @Override
        public void write(long position, ByteBuffer bytes) throws TargetException {
            to(name(), () -> {
                long at = position;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
            });
        }

        @Override
        public void read(long position, ByteBuffer into) throws TargetException {
            to(name(), () -> {
                for (long at = position; into.hasRemaining(); ) {
                    int got = channel.read(into, at);
                    if (got < 0) {
                        return;
                    }
                    at += got;
                }
            });
        }

        @Override
        public void forget() {
            // Nobody can be asked here.
        }

        @Override
        public void length(long bytes) throws TargetException {
            to(name(), () -> {
                if (bytes > channel.size()) {
                    channel.write(ByteBuffer.allocate(1), bytes - 1);
                }
                channel.truncate(bytes);
            });
        }

        @Override
        public long length() throws TargetException {
            return about(name(), channel::size);
        }

        @Override
        public boolean own(long user, long group) {
            return false;
        }

        @Override
        public boolean mode(int mode) {
            return true; // Rights are what the folder around gives.
        }

        @Override
        public boolean attribute(String name, byte[] value) throws TargetException {
            return about(name(), () -> PortableFolder.attribute(path, name, value));
        }

        @Override
        public void time(Instant modified) throws TargetException {
            to(name(), () -> setTime(path, modified));
        }

        @Override
        public void sync() throws TargetException {
            to(name(), () -> channel.force(true));
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
