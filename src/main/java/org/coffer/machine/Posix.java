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

    private static final int UMOUNT_NOFOLLOW = 8;
    private static final int PUNCH_HOLE_KEEP_SIZE = 3;
    private static final long SYS_IOPRIO_SET = isArm() ? 30 : 251;
    private static final long SYS_CACHESTAT = 451;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN = find(
            "open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle PREAD =
            find("pread", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle PWRITE =
            find("pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle LSEEK =
            find("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
    private static final MethodHandle IOCTL = find(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FALLOCATE =
            find("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FTRUNCATE =
            find("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle FSYNC = find("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle UMOUNT = find("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FADVISE =
            find("posix_fadvise", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SYSCALL = find(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    private Posix() {}

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

    /** Opens {@code path}; with {@link #O_CREAT} a new file is readable by its owner only. */
    static int open(String path, int flags) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return (int) call("open", arena, state -> (int) OPEN.invokeExact(state, name, flags | O_CLOEXEC, 0600));
        }
    }

    /** Takes a mounted tree away from {@code point}; fails with {@link Errno#EBUSY} while anybody uses it. */
    static void unmount(String point) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(point);
            call("umount2", arena, state -> (int) UMOUNT.invokeExact(state, name, UMOUNT_NOFOLLOW));
        }
    }

    /** Closes a file; trouble in closing is not reported, because everything that matters was synced before. */
    static void close(int file) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), file);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
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
            long found = (long) LSEEK.invokeExact(state, file, from, what);
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
            call("ioctl", arena, state -> (int) IOCTL.invokeExact(state, file, request, answer));
            return bytes == 4 ? answer.get(JAVA_INT, 0) : answer.get(JAVA_LONG, 0);
        }
    }

    /** An ioctl that takes nothing. */
    static void command(int file, long request) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            call("ioctl", arena, state -> (int) IOCTL.invokeExact(state, file, request, MemorySegment.NULL));
        }
    }

    /** An ioctl over a range: {@link #BLKDISCARD} or {@link #BLKZEROOUT}. */
    static void range(int file, long request, long position, long length) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment range = arena.allocateFrom(JAVA_LONG, position, length);
            call("ioctl", arena, state -> (int) IOCTL.invokeExact(state, file, request, range));
        }
    }

    /** Frees a range, which then reads as zeros; the size stays. On devices only if they can do so without writing. */
    static void punch(int file, long position, long length) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            call("fallocate", arena, state ->
                    (int) FALLOCATE.invokeExact(state, file, PUNCH_HOLE_KEEP_SIZE, position, length));
        }
    }

    static void truncate(int file, long size) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            call("ftruncate", arena, state -> (int) FTRUNCATE.invokeExact(state, file, size));
        }
    }

    static void sync(int file) throws Errno {
        try (Arena arena = Arena.ofConfined()) {
            call("fsync", arena, state -> (int) FSYNC.invokeExact(state, file));
        }
    }

    /** A hint; never fails. */
    static void advise(int file, long position, long length, int advice) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) FADVISE.invokeExact(arena.allocate(STATE), file, position, length, advice);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
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
