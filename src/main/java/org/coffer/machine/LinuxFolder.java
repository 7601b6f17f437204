package org.coffer.machine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.coffer.engine.volume.RawName;

/** A folder held open by its file descriptor, so that names in it are found from there and nowhere else. */
final class LinuxFolder implements TargetFolder {
    private static final int KIND = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int BOUNCE = 1 << 20;

    private final int file;
    private final Path path;
    private boolean closed;

    private LinuxFolder(int file, Path path) {
        this.file = file;
        this.path = path;
    }

    static LinuxFolder at(Path folder) throws TargetException {
        try {
            return new LinuxFolder(PosixAt.folder(folder.toString()), folder);
        } catch (Errno e) {
            throw TargetException.of(folder.toString(), e);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    /** Something asked of the system about a name. */
    private interface Act<T> {
        T run() throws Errno;
    }

    private static <T> T about(String name, Act<T> act) throws TargetException {
        try {
            return act.run();
        } catch (Errno e) {
            throw TargetException.of(name, e);
        }
    }

    /** Something done by the system, without an answer. */
    private interface Deed {
        void run() throws Errno;
    }

    private static void to(String name, Deed deed) throws TargetException {
        try {
            deed.run();
        } catch (Errno e) {
            throw TargetException.of(name, e);
        }
    }

    /** Whether something is now as it was asked to be, and not only nobody complained. */
    private interface Test {
        boolean holds(PosixAt.Stat now);
    }

    /**
     * Does what a file system may not know, or this user may not ask for: then that is no failure. Some that do not know it say that it is
     * done; so it is looked at.
     */
    private static boolean kept(int file, String name, String said, Deed deed, Test test) throws TargetException {
        try {
            deed.run();
            return test.holds(PosixAt.stat(file, name));
        } catch (Errno e) {
            // File systems without owners say that they cannot, or that the number makes no sense.
            if (e.denied() || unknown(e)) {
                return false;
            }
            throw TargetException.of(said, e);
        }
    }

    private static boolean unknown(Errno e) {
        return e.number() == Errno.EINVAL || e.number() == Errno.EOPNOTSUPP || e.number() == Errno.ENOSYS;
    }

    private static boolean owned(int file, String name, String said, long user, long group) throws TargetException {
        return kept(
                file,
                name,
                said,
                () -> PosixAt.own(file, name, user, group),
                now -> now.user() == user && now.group() == group);
    }

    private static boolean moded(int file, String said, int mode) throws TargetException {
        return kept(file, "", said, () -> PosixAt.mode(file, mode), now -> (now.mode() & ~KIND) == mode);
    }

    /** Gives a name in this folder; that there is no such thing is then said of the name itself, unless the folder is what is gone. */
    private void name(String name, Deed deed) throws TargetException {
        try {
            deed.run();
        } catch (Errno e) {
            throw unnamed(name, e);
        }
    }

    private TargetException unnamed(String name, Errno e) {
        if (e.number() == Errno.ENOENT) {
            try {
                if (PosixAt.stat(file, "").links() > 0) {
                    return new TargetException(TargetException.Reason.NAME, name, e);
                }
            } catch (Errno gone) {
                e.addSuppressed(gone);
            }
        }
        return TargetException.of(name, e);
    }

    @Override
    public Optional<Found> look(String name) throws TargetException {
        try {
            PosixAt.Stat stat = PosixAt.stat(file, name);
            Kind kind = switch (stat.mode() & KIND) {
                case FILE -> Kind.FILE;
                case FOLDER -> Kind.FOLDER;
                case LINK -> Kind.LINK;
                default -> Kind.OTHER;
            };
            return Optional.of(new Found(kind, stat.size(), stat.modified()));
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw TargetException.of(name, e);
        }
    }

    @Override
    public TargetFolder enter(String name) throws TargetException {
        int flags = Posix.O_RDONLY | PosixAt.O_DIRECTORY | PosixAt.O_NOFOLLOW;
        return about(name, () -> new LinuxFolder(PosixAt.open(file, name, flags), path.resolve(shown(name))));
    }

    /** Java cannot spell every name in every locale; the path is for showing only. */
    private static String shown(String name) {
        try {
            return Path.of(RawName.shown(name)).toString();
        } catch (java.nio.file.InvalidPathException e) {
            return "?";
        }
    }

    @Override
    public void make(String name) throws TargetException {
        name(name, () -> PosixAt.makeFolder(file, name));
    }

    @Override
    public NewFile create(String name) throws TargetException {
        int flags = Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL | PosixAt.O_NOFOLLOW;
        try {
            return new Written(PosixAt.open(file, name, flags), name);
        } catch (Errno e) {
            throw unnamed(name, e);
        }
    }

    @Override
    public void link(String name, String target) throws TargetException {
        try {
            PosixAt.symbolicLink(file, name, target);
        } catch (Errno e) {
            // symlink(2): EPERM means that the file system keeps none; of a right that is missing EACCES tells.
            if (e.number() == Errno.EPERM || e.number() == Errno.ENOSYS || e.number() == Errno.EOPNOTSUPP) {
                throw new TargetException(TargetException.Reason.LINKS, name, e);
            }
            throw unnamed(name, e);
        }
    }

    @Override
    public void same(String name, TargetFolder there, String existing) throws TargetException {
        to(name, () -> PosixAt.hardLink(((LinuxFolder) there).file, existing, file, name));
    }

    @Override
    public void rename(String from, String to, boolean replace) throws TargetException {
        try {
            PosixAt.rename(file, from, file, to, replace);
        } catch (Errno e) {
            if (e.number() == Errno.ENOENT && look(from).isPresent()) {
                throw unnamed(to, e);
            }
            if (replace || (e.number() != Errno.EINVAL && e.number() != Errno.ENOSYS)) {
                throw TargetException.of(to, e);
            }
            if (look(to).isPresent()) {
                throw new TargetException(TargetException.Reason.EXISTS, to, e);
            }
            name(to, () -> PosixAt.rename(file, from, file, to, true));
        }
    }

    @Override
    public boolean isBeside(TargetFolder other) throws TargetException {
        PosixAt.Mount mine = about(path.toString(), () -> PosixAt.stat(file, "").mount());
        return mine.equals(about(
                other.path().toString(),
                () -> PosixAt.stat(((LinuxFolder) other).file, "").mount()));
    }

    @Override
    public void move(String name, TargetFolder there, String to) throws TargetException {
        if (there.look(to).isPresent()) {
            throw new TargetException(TargetException.Reason.EXISTS, to, new Errno("renameat2", Errno.EEXIST));
        }
        to(to, () -> PosixAt.rename(file, name, ((LinuxFolder) there).file, to, true));
    }

    @Override
    public void remove(String name) throws TargetException {
        try {
            PosixAt.remove(file, name);
        } catch (Errno e) {
            if (e.number() != Errno.ENOENT) {
                throw TargetException.of(name, e);
            }
        }
    }

    @Override
    public boolean ownLink(String name, long user, long group) throws TargetException {
        return owned(file, name, name, user, group);
    }

    @Override
    public void timeLink(String name, Instant modified) throws TargetException {
        to(name, () -> PosixAt.time(file, name, modified));
    }

    @Override
    public boolean own(long user, long group) throws TargetException {
        return owned(file, "", path.toString(), user, group);
    }

    @Override
    public boolean mode(int mode) throws TargetException {
        return moded(file, path.toString(), mode);
    }

    @Override
    public boolean attribute(String name, byte[] value) throws TargetException {
        return attribute(file, path.toString(), name, value);
    }

    /** What the target cannot hold, or not from this user, is left. */
    private static boolean attribute(int file, String of, String name, byte[] value) throws TargetException {
        try {
            if (name.equals(WindowsFlags.NAME) && dos(file, value)) {
                return true;
            }
            PosixAt.attribute(file, name, value);
            return true;
        } catch (Errno e) {
            return switch (e.number()) {
                case Errno.EOPNOTSUPP,
                        Errno.EPERM,
                        Errno.EACCES,
                        Errno.EINVAL,
                        Errno.ENOSPC,
                        Errno.EDQUOT,
                        Errno.E2BIG,
                        Errno.ERANGE -> false;
                default -> throw TargetException.of(of, e);
            };
        }
    }

    /** An NTFS takes such flags as four bytes; false on any other file system, and for a value that says none. */
    private static boolean dos(int file, byte[] value) throws Errno {
        OptionalInt flags = WindowsFlags.of(value);
        if (flags.isEmpty()) {
            return false;
        }
        try {
            PosixAt.attribute(
                    file,
                    "system.ntfs_attrib_be",
                    ByteBuffer.allocate(Integer.BYTES).putInt(flags.getAsInt()).array());
            return true;
        } catch (Errno e) {
            if (e.number() == Errno.EOPNOTSUPP || e.number() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void time(Instant modified) throws TargetException {
        to(path.toString(), () -> PosixAt.time(file, "", modified));
    }

    @Override
    public void sync() throws TargetException {
        to(path.toString(), () -> Posix.sync(file));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Posix.close(file);
        }
    }

    /** A file that is being written. */
    private static final class Written implements NewFile {
        private final int file;
        private final String name;
        private boolean closed;

        Written(int file, String name) {
            this.file = file;
            this.name = name;
        }

        @Override
        public void write(long position, ByteBuffer bytes) throws TargetException {
            ByteBuffer direct = bytes.isDirect() ? bytes : copy(bytes);
            long at = position;
            while (direct.hasRemaining()) {
                long from = at;
                at += about(name, () -> Posix.write(file, direct, from));
            }
        }

        @Override
        public void read(long position, ByteBuffer into) throws TargetException {
            long at = position;
            while (into.hasRemaining()) {
                long from = at;
                int got = about(name, () -> Posix.read(file, into, from));
                if (got == 0) {
                    return;
                }
                at += got;
            }
        }

        @Override
        public void forget() {
            Posix.advise(file, 0, 0, Posix.FADV_DONTNEED);
        }

        private static ByteBuffer copy(ByteBuffer bytes) {
            if (bytes.remaining() > BOUNCE) {
                throw new IllegalArgumentException("a piece of " + bytes.remaining() + " bytes");
            }
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining());
            return direct.put(bytes).flip();
        }

        @Override
        public void length(long bytes) throws TargetException {
            to(name, () -> Posix.truncate(file, bytes));
        }

        @Override
        public long length() throws TargetException {
            return about(name, () -> PosixAt.stat(file, "").size());
        }

        @Override
        public boolean own(long user, long group) throws TargetException {
            return owned(file, "", name, user, group);
        }

        @Override
        public boolean mode(int mode) throws TargetException {
            return moded(file, name, mode);
        }

        @Override
        public boolean attribute(String attribute, byte[] value) throws TargetException {
            return LinuxFolder.attribute(file, name, attribute, value);
        }

        @Override
        public void time(Instant modified) throws TargetException {
            to(name, () -> PosixAt.time(file, "", modified));
        }

        @Override
        public void sync() throws TargetException {
            to(name, () -> Posix.sync(file));
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                Posix.close(file);
            }
        }
    }
}
