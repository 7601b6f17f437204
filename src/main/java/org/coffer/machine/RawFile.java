package org.coffer.machine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.coffer.engine.disk.Extent;
import org.jspecify.annotations.Nullable;

/**
 * An open device or file: whole reads and writes at a place, by several threads at once.
 *
 * <p>A file opened past the page cache ({@code O_DIRECT}) takes only whole, aligned sectors; anything else goes through a
 * small aligned buffer here, so that callers need not know.
 */
final class RawFile implements AutoCloseable {
    /** Enough for the sectors and the memory of every device. */
    static final int ALIGNMENT = 4096;

    private static final int BOUNCE = 1 << 20;

    private final int file;
    private final boolean direct;
    /** A second opening through the page cache for what is no whole sector; the same as {@link #file} if there is none. */
    private final int odd;
    /** The range that was written through the page cache, beside a file that otherwise is not; empty if none. */
    private final AtomicLong cachedFrom = new AtomicLong(Long.MAX_VALUE);

    private final AtomicLong cachedTo = new AtomicLong();

    /** What was written past the page cache last, to see by it whether it really was. */
    private volatile @Nullable Extent writtenPast;

    private boolean closed;

    private RawFile(int file, boolean direct, int odd) {
        this.file = file;
        this.direct = direct;
        this.odd = odd;
    }

    /** Opens with {@link Posix} flags. A file system that knows no {@code O_DIRECT} is opened without. */
    static RawFile open(String path, int flags) throws Errno {
        try {
            int file = Posix.open(path, flags);
            return new RawFile(file, (flags & Posix.O_DIRECT) != 0, file);
        } catch (Errno e) {
            if (e.number() == Errno.EINVAL && (flags & Posix.O_DIRECT) != 0) {
                int file = Posix.open(path, flags & ~Posix.O_DIRECT);
                return new RawFile(file, false, file);
            }
            throw e;
        }
    }

    /**
     * Opens an existing file for overwriting, past the page cache where the file system can, which is twice as fast as
     * through it and pushes nobody out. A file's end may lie within a sector: that goes through the cache.
     */
    static RawFile openImage(String path) throws Errno {
        int odd = Posix.open(path, Posix.O_RDWR);
        try {
            return new RawFile(Posix.open(path, Posix.O_RDWR | Posix.O_DIRECT), true, odd);
        } catch (Errno e) {
            if (e.number() == Errno.EINVAL) {
                return new RawFile(odd, false, odd);
            }
            Posix.close(odd);
            throw e;
        }
    }

    /** Whether whole sectors go past the page cache. */
    boolean isDirect() {
        return direct;
    }

    /** A direct buffer of {@code size} bytes whose memory begins on a page. */
    static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size + ALIGNMENT)
                .alignedSlice(ALIGNMENT)
                .slice(0, size);
    }

    /**
     * Fills the room in {@code dst}.
     *
     * @throws EOFException if the file ends before
     */
    void read(long position, ByteBuffer dst) throws IOException {
        if (dst.isDirect() && aligned(position, dst)) {
            readAll(isAtHand(position, dst.remaining()) ? odd : file, position, dst);
            return;
        }
        ByteBuffer bounce = buffer(Math.min(BOUNCE, roundUp(dst.remaining()) + ALIGNMENT));
        boolean whole = direct && odd == file;
        long at = position;
        while (dst.hasRemaining()) {
            long base = whole ? at & -ALIGNMENT : at;
            int skip = (int) (at - base);
            int room = Math.min(bounce.capacity(), skip + dst.remaining());
            bounce.clear().limit(whole ? Math.min(bounce.capacity(), roundUp(room)) : room);
            readSome(base, bounce);
            int got = Math.min(bounce.position() - skip, dst.remaining());
            if (got <= 0) {
                throw new EOFException("nothing at " + at);
            }
            dst.put(bounce.slice(skip, got));
            at += got;
        }
    }

    /** What is in the page cache already is not fetched from the medium; writing past the cache empties it. */
    private boolean isAtHand(long position, int length) {
        return odd != file && cachedPages(position, length) * ALIGNMENT >= length / 2;
    }

    private static void readAll(int from, long position, ByteBuffer dst) throws IOException {
        long at = position;
        while (dst.hasRemaining()) {
            int got = Posix.read(from, dst, at);
            if (got == 0) {
                throw new EOFException("nothing at " + at);
            }
            at += got;
        }
    }

    /** Reads until the buffer is full or the file ends. */
    private void readSome(long position, ByteBuffer dst) throws IOException {
        long at = position;
        while (dst.hasRemaining()) {
            int got = Posix.read(odd, dst, at);
            if (got == 0) {
                return;
            }
            at += got;
        }
    }

    /** Writes all of {@code src}; past the page cache in whole sectors only, read first where the ends stick out. */
    void write(long position, ByteBuffer src) throws IOException {
        if (src.isDirect() && aligned(position, src)) {
            int length = src.remaining();
            writeAll(file, position, src);
            if (direct) {
                writtenPast = new Extent(position, position + length);
            }
            return;
        }
        if (odd != file) {
            cachedFrom.accumulateAndGet(position, Math::min);
            cachedTo.accumulateAndGet(position + src.remaining(), Math::max);
        }
        ByteBuffer bounce = buffer(Math.min(BOUNCE, roundUp(src.remaining()) + ALIGNMENT));
        boolean whole = direct && odd == file;
        long at = position;
        while (src.hasRemaining()) {
            long base = whole ? at & -ALIGNMENT : at;
            int skip = (int) (at - base);
            int piece = Math.min(bounce.capacity() - skip, src.remaining());
            bounce.clear().limit(whole ? roundUp(skip + piece) : piece);
            if (whole && (skip != 0 || bounce.limit() != piece)) {
                readSome(base, bounce);
                // A disk may end within the last page: only what could be read is written back, in whole sectors.
                bounce.limit(Math.max(bounce.position(), skip + piece));
            }
            bounce.position(skip).put(src.slice(src.position(), piece));
            src.position(src.position() + piece);
            writeAll(odd, base, bounce.rewind());
            at += piece;
        }
    }

    private static void writeAll(int to, long position, ByteBuffer src) throws IOException {
        long at = position;
        while (src.hasRemaining()) {
            at += Posix.write(to, src, at);
        }
    }

    private boolean aligned(long position, ByteBuffer buffer) {
        // Sectors of 512 bytes suffice with a device: one with larger ones has a size that is a multiple of them. An
        // image
        // may lie on any disk.
        int sector = odd == file ? 512 : ALIGNMENT;
        return !direct
                || (position % sector == 0
                        && buffer.remaining() % sector == 0
                        && buffer.alignmentOffset(buffer.position(), sector) == 0);
    }

    private static int roundUp(int length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Allocated ranges within a window; the whole window where the file system keeps no record. */
    List<Extent> data(long from, long to) throws IOException {
        List<Extent> extents = new ArrayList<>(2);
        long at = from;
        while (at < to) {
            long start;
            try {
                start = Posix.seek(file, at, Posix.SEEK_DATA);
            } catch (Errno e) {
                if (e.number() == Errno.EINVAL) {
                    extents.add(new Extent(at, to));
                    break;
                }
                throw e;
            }
            if (start < 0 || start >= to) {
                break;
            }
            long hole = Posix.seek(file, start, Posix.SEEK_HOLE);
            // Without a hole the data reaches to an end that was cut off a moment ago; one right here was punched a
            // moment ago.
            long end = hole <= start ? to : Math.min(to, hole);
            extents.add(new Extent(start, end));
            at = end;
        }
        return extents;
    }

    /** Bytes of a block device. */
    long deviceSize() throws Errno {
        return Posix.query(file, Posix.BLKGETSIZE64, 8);
    }

    /** Bytes of a device's logical sector. */
    int sectorSize() throws Errno {
        return (int) Posix.query(file, Posix.BLKSSZGET, 4);
    }

    void truncate(long size) throws Errno {
        Posix.truncate(file, size);
    }

    void punch(long position, long length) throws Errno {
        Posix.punch(file, position, length);
    }

    void zeroOut(long position, long length) throws Errno {
        Posix.range(file, Posix.BLKZEROOUT, position, length);
    }

    void sync() throws Errno {
        Posix.sync(file);
    }

    /** Asks the kernel to read the partition table of a device again. */
    void readTable() throws Errno {
        Posix.command(file, Posix.BLKRRPART);
    }

    void advise(int advice) {
        Posix.advise(file, 0, 0, advice);
    }

    /** Pages of the range in the page cache, -1 if unknown. */
    long cachedPages(long position, long length) {
        return Posix.cachedPages(file, position, length);
    }

    /** Drops clean pages of the range from the page cache. */
    void forget(long position, long length) {
        Posix.advise(file, position, length, Posix.FADV_DONTNEED);
    }

    /**
     * Drops from the page cache what was written through it, once that is durable, so that the next read comes from the medium. What
     * was written past it is not there any more, and what else is there of a large disk takes a tenth of a second for each
     * gigabyte to drop. Some file systems take {@code O_DIRECT} and go through the cache all the same (ext4 with {@code data=journal},
     * some in user space): where the last of what was written is still there, or nobody can tell, everything is dropped.
     */
    void forgetWritten() {
        Extent last = writtenPast;
        if (!direct || (last != null && cachedPages(last.from(), last.length()) != 0)) {
            forget(0, 0);
        } else if (cachedTo.get() > 0) {
            // Of a page that is in the range by a part nothing is dropped.
            long from = cachedFrom.get() & -ALIGNMENT;
            forget(from, (cachedTo.get() + ALIGNMENT - 1 & -ALIGNMENT) - from);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Posix.close(file);
            if (odd != file) {
                Posix.close(odd);
            }
        }
    }
}
