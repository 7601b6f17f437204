package org.coffer.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The system calls that the JDK does not offer, by the foreign function interface; Linux only, 64 bits.
 *
 * <p>Reading and writing go this way too, and not through {@code FileChannel}: a channel closes itself when its thread is
 * interrupted, hides the error number that tells a bad sector from a vanished disk, and cannot hold a device against
 * mounting. Calls interrupted by a signal are made again. Sources: the manual pages of section 2 and
 * {@code linux/fs.h}.
 */
final class Posix {
    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    /** With a block device: fail while anybody has it mounted or claimed, and keep others from doing so. */
    static final int O_EXCL = 0x80;

    static final int O_CLOEXEC = 0x80000;
    /** Past the page cache; the one flag whose value differs between processors. */
    static final int O_DIRECT = isArm() ? 0x10000 : 0x4000;

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    static final long BLKRRPART = 0x125F;
    static final long BLKFLSBUF = 0x1261;
    static final long BLKSSZGET = 0x1268;
    static final long BLKDISCARD = 0x1277;
    static final long BLKPBSZGET = 0x127B;
    static final long BLKZEROOUT = 0x127F;
    static final long BLKGETSIZE64 = 0x80081272L;

    static final int FADV_SEQUENTIAL = 2;
    static final int FADV_DONTNEED = 4;

    private static final int NO_FILE = -1;
    private static final int UMOUNT_NOFOLLOW = 8;
    private static final int PUNCH_HOLE_KEEP_SIZE = 3;
    private static final long SYS_IOPRIO_SET = isArm() ? 30 : 251;
    private static final long SYS_CACHESTAT = 451;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /**
     * The one shape of all calls but reading and writing: five words in registers, and one back. Linking a shape costs more
     * than most commands need for anything else, and a function leaves alone what it was given too much; of what an
     * {@code int} comes back in, only the lower half counts. Source: the procedure call standards of x86-64 and AArch64.
     */
    private static final FunctionDescriptor WORDS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    /** Memory of others goes as an address, which keeps it from being freed under the call. */
    private static final FunctionDescriptor TRANSFER =
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle OPEN = words("open");
    private static final MethodHandle CLOSE = words("close");
    private static final MethodHandle PREAD = find("pread", TRANSFER);
    private static final MethodHandle PWRITE = find("pwrite", TRANSFER);
    private static final MethodHandle LSEEK = words("lseek");
    private static final MethodHandle IOCTL = words("ioctl");
    private static final MethodHandle FALLOCATE = words("fallocate");
    private static final MethodHandle FTRUNCATE = words("ftruncate");
    private static final MethodHandle FSYNC = words("fsync");
    private static final MethodHandle UMOUNT = words("umount2");
    private static final MethodHandle FADVISE = words("posix_fadvise");
    private static final MethodHandle SYSCALL = words("syscall");

    private Posix() {}

    /** Links both shapes of calls, by calls that the kernel refuses. */
    static void prepare() {
        cachedPages(NO_FILE, 0, 0);
        try {
            read(NO_FILE, ByteBuffer.allocateDirect(1), 0);
        } catch (Errno e) {
            // It is refused, as it has to be.
        }
    }

    private static boolean isArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    @SuppressWarnings("restricted")
    static MethodHandle find(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        System.arraycopy(more, 0, options, 0, more.length);
        options[more.length] = Linker.Option.captureCallState("errno");
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
    }

    /** A function of the one shape; some of them take a varying number of words. */
    private static MethodHandle words(String name) {
        return find(name, WORDS, Linker.Option.firstVariadicArg(1));
    }

    /** Calls a function that answers with an {@code int}, again as long as signals interrupt it. */
    private static int number(String name, MethodHandle function, Arena arena, long... given) throws Errno {
        long[] all = Arrays.copyOf(given, 4);
        return (int) call(
                name, arena, state -> (int) (long) function.invokeExact(state, all[0], all[1], all[2], all[3], 0L));
    }

    /** Calls a function whose answer does not matter. */
    private static void unheeded(MethodHandle function, long a, long b, long c, long d) {
        try (Arena arena = Arena.ofConfined()) {
            long ignored = (long) function.invokeExact(arena.allocate(STATE), a, b, c, d, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Opens {@code path}; with {@link #O_CREAT} a new file is readable by its owner only. */
    static int open(String path, int flags) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return number("open", OPEN, arena, name.address(), flags | O_CLOEXEC, 0600);
        }
    }

    /** Takes a mounted tree away from {@code point}; fails with {@link Errno#EBUSY} while anybody uses it. */
    static void unmount(String point) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(point);
            number("umount2", UMOUNT, arena, name.address(), UMOUNT_NOFOLLOW);
        }
    }

    /** Closes a file; trouble in closing is not reported, because everything that matters was synced before. */
    static void close(int file) {
        unheeded(CLOSE, file, 0, 0, 0);
    }

    /** Reads into the remaining room of a direct buffer and moves its position. Returns 0 at the end of the file. */
    static int read(int file, ByteBuffer dst, long position) throws Errno {
        MemorySegment room = MemorySegment.ofBuffer(dst);
        try (Arena arena = Arena.ofConfined()) {
            long got = call(
                    "pread", arena, state -> (long) PREAD.invokeExact(state, file, room, room.byteSize(), position));
            dst.position(dst.position() + (int) got);
            return (int) got;
        }
    }

    /** Writes what remains in a direct buffer, or a part of it, and moves its position. */
    static int write(int file, ByteBuffer src, long position) throws Errno {
        MemorySegment bytes = MemorySegment.ofBuffer(src);
        try (Arena arena = Arena.ofConfined()) {
            long put = call("pwrite", arena, state ->
                    (long) PWRITE.invokeExact(state, file, bytes, bytes.byteSize(), position));
            src.position(src.position() + (int) put);
            return (int) put;
        }
    }

    /** Next data or hole at or after {@code from}; -1 when there is none. */
    static long seek(int file, long from, int what) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long found = (long) LSEEK.invokeExact(state, (long) file, from, (long) what, 0L, 0L);
            int number = found >= 0 ? 0 : (int) ERRNO.get(state, 0L);
            if (number != 0 && number != Errno.ENXIO) {
                throw new Errno("lseek", number);
            }
            return found;
        } catch (Errno e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** An ioctl that answers with a number of {@code bytes} bytes (4 or 8). */
    static long query(int file, long request, int bytes) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(8, 8);
            number("ioctl", IOCTL, arena, file, request, answer.address());
            return bytes == 4 ? answer.get(JAVA_INT, 0) : answer.get(JAVA_LONG, 0);
        }
    }

    /** An ioctl that takes nothing. */
    static void command(int file, long request) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            number("ioctl", IOCTL, arena, file, request);
        }
    }

    /** An ioctl over a range: {@link #BLKDISCARD} or {@link #BLKZEROOUT}. */
    static void range(int file, long request, long position, long length) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocateFrom(JAVA_LONG, position, length);
            number("ioctl", IOCTL, arena, file, request, range.address());
        }
    }

    /** Frees a range, which then reads as zeros; the size stays. On devices only if they can do so without writing. */
    static void punch(int file, long position, long length) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            number("fallocate", FALLOCATE, arena, file, PUNCH_HOLE_KEEP_SIZE, position, length);
        }
    }

    static void truncate(int file, long size) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            number("ftruncate", FTRUNCATE, arena, file, size);
        }
    }

    static void sync(int file) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            number("fsync", FSYNC, arena, file);
        }
    }

    /** A hint; never fails. */
    static void advise(int file, long position, long length, int advice) {
        unheeded(FADVISE, file, position, length, advice);
    }

    /** Pages of a range that are in the page cache; -1 where the kernel (before 6.5) cannot say. */
    static long cachedPages(int file, long position, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocateFrom(JAVA_LONG, position, length);
            MemorySegment answer = arena.allocate(40, 8);
            long result = (long) SYSCALL.invokeExact(
                    arena.allocate(STATE), SYS_CACHESTAT, (long) file, range.address(), answer.address(), 0L);
            return result == 0 ? answer.get(JAVA_LONG, 0) : -1;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /**
     * Puts the calling thread into the idle class of disk scheduling. Returns whether the kernel agreed.
     * Source: ioprio_set(2): class in the bits above 13, idle is 3; who 1 is a thread, 0 the calling one.
     */
    static boolean idlePriority() {
        try (Arena arena = Arena.ofConfined()) {
            return 0 == (long) SYSCALL.invokeExact(arena.allocate(STATE), SYS_IOPRIO_SET, 1L, 0L, 3L << 13, 0L);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** A system call that is about to be made. */
    interface Call {
        /** Makes it; the number of an error goes to {@code state}. */
        long run(MemorySegment state) throws Throwable;
    }

    /** Makes a call again as long as signals interrupt it. */
    static long call(String name, Arena arena, Call call) throws Errno {
        MemorySegment state = arena.allocate(STATE);
        while (true) {
            long result;
            try {
                result = call.run(state);
            } catch (Throwable t) {
                throw new AssertionError("the linker refused " + name, t);
            }
            if (result >= 0) {
                return result;
            }
            int number = (int) ERRNO.get(state, 0L);
            if (number != Errno.EINTR) {
                throw new Errno(name, number);
            }
        }
    }
}
