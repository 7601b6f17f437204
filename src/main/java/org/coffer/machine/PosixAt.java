package org.coffer.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Instant;
import org.coffer.engine.volume.RawName;

/**
 * The system calls about names in an open folder, which the JDK offers only in part (it can make neither folders nor links there).
 * Names go out as the bytes that their {@linkplain RawName exact text} stands for, whatever the locale is. Linux, 64 bits. Sources: the manual pages of section 2 ({@code openat},
 * {@code mkdirat}, {@code symlinkat}, {@code linkat}, {@code renameat2}, {@code unlinkat}, {@code fchownat}, {@code fchmod},
 * {@code utimensat}, {@code statx}, {@code fsetxattr}).
 */
final class PosixAt {
    static final int O_DIRECTORY = isArm() ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = isArm() ? 0x8000 : 0x20000;

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int RENAME_NOREPLACE = 1;
    private static final int BASIC_STATS = 0x7ff;
    private static final int MOUNT = 0x1000;
    private static final int STATX_BYTES = 256;

    private static final MethodHandle OPENAT = Posix.find(
            "openat",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(3));
    private static final MethodHandle MKDIRAT =
            Posix.find("mkdirat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SYMLINKAT =
            Posix.find("symlinkat", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    private static final MethodHandle LINKAT =
            Posix.find("linkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RENAMEAT2 =
            Posix.find("renameat2", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle UNLINKAT =
            Posix.find("unlinkat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FCHOWNAT =
            Posix.find("fchownat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle FCHMOD =
            Posix.find("fchmod", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle UTIMENSAT =
            Posix.find("utimensat", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle FUTIMENS =
            Posix.find("futimens", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle STATX =
            Posix.find("statx", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));

    private static final MethodHandle FSETXATTR =
            Posix.find("fsetxattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));

    private PosixAt() {}

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    /**
     * What a name is.
     *
     * @param mode kind and rights
     * @param links how many names it has; 0 if it was removed
     * @param user whose it is
     * @param group the group that it belongs to
     * @param size bytes
     * @param modified when it changed last
     */
    record Stat(int mode, int links, long user, long group, long size, Instant modified, Mount mount) {}

    /**
     * Where something is mounted.
     *
     * @param device the numbers of its device, one above the other
     * @param number of the mount; 0 where the system (before Linux 5.8) does not tell it
     */
    record Mount(long device, long number) {}

    private static MemorySegment text(Arena arena, String exact) {
        byte[] bytes = RawName.bytes(exact);
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
        return text;
    }

    /** Opens a folder by a path whose links are followed. */
    static int folder(String path) throws Errno {
        return open(AT_FDCWD, path, Posix.O_RDONLY | O_DIRECTORY);
    }

    /** Opens a name in a folder; a new file is readable by its owner only. */
    static int open(int folder, String name, int flags) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            return (int) Posix.call("openat", arena, state ->
                    (int) OPENAT.invokeExact(state, folder, text, flags | Posix.O_CLOEXEC, 0600));
        }
    }

    static void makeFolder(int folder, String name) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            Posix.call("mkdirat", arena, state -> (int) MKDIRAT.invokeExact(state, folder, text, 0700));
        }
    }

    static void symbolicLink(int folder, String name, String target) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            MemorySegment to = text(arena, target);
            Posix.call("symlinkat", arena, state -> (int) SYMLINKAT.invokeExact(state, to, folder, text));
        }
    }

    static void hardLink(int from, String existing, int folder, String name) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment old = text(arena, existing);
            MemorySegment text = text(arena, name);
            Posix.call("linkat", arena, state -> (int) LINKAT.invokeExact(state, from, old, folder, text, 0));
        }
    }

    /** Renames, also into another folder. Not every file system can refuse to replace: {@link Errno#EINVAL}. */
    static void rename(int folder, String from, int there, String to, boolean replace) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment old = text(arena, from);
            MemorySegment text = text(arena, to);
            int flags = replace ? 0 : RENAME_NOREPLACE;
            Posix.call(
                    "renameat2", arena, state -> (int) RENAMEAT2.invokeExact(state, folder, old, there, text, flags));
        }
    }

    static void remove(int folder, String name) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            Posix.call("unlinkat", arena, state -> (int) UNLINKAT.invokeExact(state, folder, text, 0));
        }
    }

    /** Changes the owner of a name, never of what a link leads to; an empty name is the open file itself. */
    static void own(int folder, String name, long user, long group) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            int flags = name.isEmpty() ? AT_EMPTY_PATH : AT_SYMLINK_NOFOLLOW;
            Posix.call("fchownat", arena, state ->
                    (int) FCHOWNAT.invokeExact(state, folder, text, (int) user, (int) group, flags));
        }
    }

    static void mode(int file, int mode) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            Posix.call("fchmod", arena, state -> (int) FCHMOD.invokeExact(state, file, mode));
        }
    }

    /** Gives an open file or folder an extended attribute, or another value of it. */
    static void attribute(int file, String name, byte[] value) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            MemorySegment bytes = arena.allocate(Math.max(1, value.length));
            MemorySegment.copy(value, 0, bytes, JAVA_BYTE, 0, value.length);
            Posix.call("fsetxattr", arena, state ->
                    (int) FSETXATTR.invokeExact(state, file, text, bytes, (long) value.length, 0));
        }
    }

    /** Sets when a name changed last, never of what a link leads to; an empty name is the open file itself. */
    static void time(int folder, String name, Instant modified) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            // File systems in user space pass over a call that leaves one of the two as it is, without a word.
            Instant read = Instant.now();
            MemorySegment times = arena.allocateFrom(
                    JAVA_LONG, read.getEpochSecond(), read.getNano(), modified.getEpochSecond(), modified.getNano());
            if (name.isEmpty()) {
                Posix.call("futimens", arena, state -> (int) FUTIMENS.invokeExact(state, folder, times));
                return;
            }
            MemorySegment text = text(arena, name);
            Posix.call("utimensat", arena, state ->
                    (int) UTIMENSAT.invokeExact(state, folder, text, times, AT_SYMLINK_NOFOLLOW));
        }
    }

    /** What a name is, without following it; an empty name is the open file itself. */
    static Stat stat(int folder, String name) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = text(arena, name);
            MemorySegment answer = arena.allocate(STATX_BYTES, 8);
            int flags = AT_SYMLINK_NOFOLLOW | (name.isEmpty() ? AT_EMPTY_PATH : 0);
            Posix.call("statx", arena, state ->
                    (int) STATX.invokeExact(state, folder, text, flags, BASIC_STATS | MOUNT, answer));
            // struct statx: stx_mask at 0, stx_nlink at 16, stx_uid at 20, stx_gid at 24, stx_mode at 28, stx_size at
            // 40, stx_mtime at 112, as seconds and nanoseconds, stx_dev_major and stx_dev_minor at 136, stx_mnt_id
            // at 144.
            return new Stat(
                    Short.toUnsignedInt(answer.get(JAVA_SHORT, 28)),
                    answer.get(JAVA_INT, 16),
                    Integer.toUnsignedLong(answer.get(JAVA_INT, 20)),
                    Integer.toUnsignedLong(answer.get(JAVA_INT, 24)),
                    answer.get(JAVA_LONG, 40),
                    Instant.ofEpochSecond(
                            answer.get(JAVA_LONG, 112), Integer.toUnsignedLong(answer.get(JAVA_INT, 120))),
                    new Mount(
                            answer.get(JAVA_LONG, 136),
                            (answer.get(JAVA_INT, 0) & MOUNT) == 0 ? 0 : answer.get(JAVA_LONG, 144)));
        }
    }
}
