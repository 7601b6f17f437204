package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A disk that can be written to over one that cannot: what is written lies in files of its own, and what was not is read from
 * below. The files outlive the process; opened again over the same disk they go on where they were.
 *
 * <p><b>Promises.</b> What was written before a {@link #flush} that returned is there after a crash. What was not flushed
 * may be there or not, each grain of 4 KiB for itself, as with a disk that has a cache. The disk below is never changed.
 *
 * <p><b>How.</b> {@code data} is a sparse file in which each byte lies where it lies on the disk; {@code map} says which grains of
 * it count ({@link OverlayMap}). A flush takes note of the map, forces the data, and only then writes the map: no grain is
 * ever said to be here that is not. After the data could not be forced once no flush says yes until the overlay is opened anew.
 *
 * <p><b>Room.</b> Grains that were written, until the overlay is thrown away. <b>Threads.</b> Any number; writes that share 64 KiB wait
 * for each other, because a grain of which a part is written is filled from below first.
 */
public final class OverlayDisk implements WritableDisk {
    private static final int GRAIN = OverlayMap.GRAIN;
    private static final int REGION = 64 << 10;
    private static final int STRIPES = 64;
    private static final long TOO_LITTLE = 1 << 20;

    private final ReadableDisk below;
    private final Path folder;
    private final FileChannel data;
    private final FileChannel mapFile;
    private final OverlayMap map;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final ReentrantLock flushing = new ReentrantLock();
    private final AtomicLong left;
    private final Forcing forcing;

    /** Why the data could not be forced once; guarded by {@link #flushing}. */
    private @Nullable IOException lost;

    /**
     * Opens the overlay in a folder, which is made if it is not there.
     *
     * @param below the disk under it, which this closes in the end; the caller sees to it that it is the one from before
     * @throws IOException if the files cannot be opened
     */
    public static OverlayDisk open(Path folder, ReadableDisk below) throws IOException {
        return open(folder, below, Long.MAX_VALUE);
    }

    /**
     * Opens one that takes only so much.
     *
     * @param most bytes that can be written, those that are written again counted again; more find no room
     */
    public static OverlayDisk open(Path folder, ReadableDisk below, long most) throws IOException {
        return open(folder, below, most, file -> file.force(false));
    }

    /** Brings what was written of a file to its drive. */
    @FunctionalInterface
    interface Forcing {
        void force(FileChannel file) throws IOException;
    }

    /** Opens one whose data and map are brought to their drive in a way of its own. */
    static OverlayDisk open(Path folder, ReadableDisk below, long most, Forcing forcing) throws IOException {
        Files.createDirectories(folder);
        FileChannel data = file(folder.resolve("data"));
        try {
            OverlayDisk disk = new OverlayDisk(folder, below, data, file(folder.resolve("map")), most, forcing);
            Whole.keepNames(folder);
            return disk;
        } catch (IOException e) {
            data.close();
            throw e;
        }
    }

    private static FileChannel file(Path path) throws IOException {
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
    }

    private OverlayDisk(
            Path folder, ReadableDisk below, FileChannel data, FileChannel mapFile, long most, Forcing forcing)
            throws IOException {
        this.left = new AtomicLong(most);
        this.forcing = forcing;
        this.folder = folder;
        this.below = below;
        this.data = data;
        this.mapFile = mapFile;
        this.map = new OverlayMap(mapFile);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    @Override
    public long size() {
        return below.size();
    }

    /** Takes one run of grains in the same state. */
    @FunctionalInterface
    private interface Taker {
        boolean take(long position, int state, long length) throws IOException;
    }

    private void runs(long position, long length, Taker taker) throws IOException {
        long end = position + length;
        while (position < end) {
            long grain = position / GRAIN;
            long grains = (end + GRAIN - 1) / GRAIN - grain;
            OverlayMap.Run run = map.run(grain, grains);
            long stop = Math.min(end, (grain + run.count()) * GRAIN);
            if (!taker.take(position, run.state(), stop - position)) {
                return;
            }
            position = stop;
        }
    }

    @Override
    public void prepare(long position, int length) throws IOException {
        runs(position, length, (at, state, bytes) -> {
            if (state == OverlayMap.BELOW) {
                below.prepare(at, (int) bytes);
            }
            return true;
        });
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        int limit = dst.limit();
        try {
            runs(position, dst.remaining(), (at, state, bytes) -> {
                dst.limit(dst.position() + (int) bytes);
                switch (state) {
                    case OverlayMap.HERE -> Whole.readFully(data, at, dst);
                    case OverlayMap.ZERO -> zeros(dst);
                    default -> below.read(at, dst);
                }
                return true;
            });
        } finally {
            dst.limit(limit);
        }
    }

    private static void zeros(ByteBuffer dst) {
        while (dst.remaining() >= Long.BYTES) {
            dst.putLong(0);
        }
        while (dst.hasRemaining()) {
            dst.put((byte) 0);
        }
    }

    @Override
    public void write(long position, ByteBuffer src) throws IOException {
        int limit = src.limit();
        if (left.addAndGet(-src.remaining()) < 0) {
            throw new NoRoomException(new IOException("more than it takes"));
        }
        try {
            long at = position;
            while (src.position() < limit) {
                int length = (int) Math.min(limit - src.position(), REGION - at % REGION);
                src.limit(src.position() + length);
                writeRegion(at, src);
                at += length;
            }
        } catch (IOException e) {
            throw isFull() ? new NoRoomException(e) : e;
        } finally {
            src.limit(limit);
        }
    }

    private void writeRegion(long at, ByteBuffer src) throws IOException {
        ReentrantLock stripe = stripes[(int) (at / REGION % STRIPES)];
        stripe.lock();
        try {
            long end = at + src.remaining();
            fillEdge(at / GRAIN, at, end);
            if ((end - 1) / GRAIN != at / GRAIN) {
                fillEdge((end - 1) / GRAIN, at, end);
            }
            Whole.writeFully(data, at, src);
            map.set(at / GRAIN, (end + GRAIN - 1) / GRAIN - at / GRAIN, OverlayMap.HERE);
        } finally {
            stripe.unlock();
        }
    }

    /** Brings in the rest of a grain of which {@code from} to {@code to} covers only a part. */
    private void fillEdge(long grain, long from, long to) throws IOException {
        long start = grain * GRAIN;
        long end = Math.min(size(), start + GRAIN);
        if ((from <= start && to >= end) || map.get(grain) == OverlayMap.HERE) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) (end - start));
        read(start, bytes);
        Whole.writeFully(data, start, bytes.flip());
    }

    @Override
    public void zero(long position, long length) throws IOException {
        long end = position + length;
        long from = (position + GRAIN - 1) / GRAIN;
        long to = end == size() ? (end + GRAIN - 1) / GRAIN : end / GRAIN;
        if (from >= to) {
            write(position, ByteBuffer.allocateDirect((int) length));
            return;
        }
        if (position < from * GRAIN) {
            write(position, ByteBuffer.allocateDirect((int) (from * GRAIN - position)));
        }
        zeroGrains(from, to);
        if (end > to * GRAIN) {
            write(to * GRAIN, ByteBuffer.allocateDirect((int) (end - to * GRAIN)));
        }
    }

    private void zeroGrains(long from, long to) throws IOException {
        int perRegion = REGION / GRAIN;
        for (long grain = from; grain < to; ) {
            long region = grain / perRegion;
            ReentrantLock stripe = stripes[(int) (region % STRIPES)];
            stripe.lock();
            try {
                long stop = Math.min(to, (region + 1) * perRegion);
                map.set(grain, stop - grain, OverlayMap.ZERO);
                grain = stop;
            } finally {
                stripe.unlock();
            }
        }
    }

    private boolean isFull() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() < TOO_LITTLE;
    }

    @Override
    public void flush() throws IOException {
        flushing.lock();
        try {
            Map<Long, long[]> changed = map.takeChanged();
            try {
                forceData();
                map.write(changed);
                forcing.force(mapFile);
            } catch (IOException e) {
                map.putBack(changed);
                throw isFull() ? new NoRoomException(e) : e;
            }
        } finally {
            flushing.unlock();
        }
    }

    /**
     * Forces the data, and never again once that failed: the system then holds what it could not write for clean and says yes to the next
     * fsync. Opened anew the disk is as it was flushed last.
     */
    private void forceData() throws IOException {
        if (lost != null) {
            throw new IOException("what was written before may be lost: " + lost.getMessage(), lost);
        }
        try {
            forcing.force(data);
        } catch (IOException e) {
            lost = e;
            throw e;
        }
    }

    @Override
    public void allocation(long position, long length, Pieces pieces) throws IOException {
        runs(position, length, (at, state, bytes) -> {
            if (state != OverlayMap.BELOW) {
                return pieces.add(bytes, state == OverlayMap.HERE ? Allocation.DATA : Allocation.HOLE);
            }
            // What was refused counts as not told: the pieces after it would close the gap and say of it what they are.
            long[] told = {0};
            below.allocation(at, bytes, (piece, what) -> {
                boolean taken = pieces.add(piece, what);
                if (taken) {
                    told[0] += piece;
                }
                return taken;
            });
            return told[0] == bytes;
        });
    }

    /** Closes the disk and the one below without writing out what is not yet, for which there may be no room: it is thrown away next. */
    public void discard() {
        try (below;
                data) {
            mapFile.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes out what is not yet, as far as that is possible, and closes the disk below too. */
    @Override
    public void close() {
        try (below;
                data;
                mapFile) {
            if (data.isOpen() && mapFile.isOpen()) {
                flush();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
