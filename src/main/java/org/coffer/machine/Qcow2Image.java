package org.coffer.machine;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.disk.Extent;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * A new qcow2 image (version 3) that is being filled: only clusters that were written take room. Any number of threads may
 * write different clusters at once.
 *
 * <p>Layout: the header's cluster, the L1 table, then data clusters and L2 tables in the order in which they are needed, and in
 * the end, when all is written, the reference counts. The header comes last: a file that was not finished is no qcow2 image,
 * and cannot be taken for one. It is not resumed but begun afresh.
 *
 * <p>Memory: the L1 table, 16 KiB for each TiB of the disk.
 *
 * <p>Source: <em>docs/interop/qcow2.rst</em> of QEMU.
 */
public final class Qcow2Image implements BlockTarget {
    private static final int BITS = 16;
    private static final int CLUSTER = 1 << BITS;
    private static final int ENTRY = Long.BYTES;
    private static final int ENTRIES = CLUSTER / ENTRY;
    /** The cluster is used once, so it may be written in place. */
    private static final long COPIED = 1L << 63;
    /** Where in an entry the cluster's place in the file stands. */
    private static final long PLACE = 0x00FF_FFFF_FFFF_FE00L;

    private static final int COUNTS = CLUSTER / Short.BYTES;
    private static final int HEADER = 104;
    private static final int MAGIC = 0x514649FB;
    private static final int VERSION = 3;
    private static final int COUNT_ORDER = 4; // Counts of 16 bits.

    private final Path path;
    private final FileChannel file;
    private final long size;
    private final long[] tables;
    private final AtomicLong next;

    private Qcow2Image(Path path, FileChannel file, long size) {
        this.path = path;
        this.file = file;
        this.size = size;
        this.tables = new long[Math.toIntExact(Math.ceilDiv(Math.ceilDiv(size, CLUSTER), ENTRIES))];
        this.next = new AtomicLong(1 + clusters((long) tables.length * ENTRY));
    }

    /**
     * Makes an image of a disk of {@code size} bytes, all hole.
     *
     * @throws ProblemException {@code image.exists}, {@code image.denied}
     */
    public static Qcow2Image make(Path path, long size) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProblemException(Problem.of("image.exists", "path", path.toString()));
        }
        try {
            FileChannel file = FileChannel.open(
                    path,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.SPARSE);
            return new Qcow2Image(path, file, size);
        } catch (IOException e) {
            throw new ProblemException(Problem.of("image.denied", "path", path.toString()), e);
        }
    }

    private static long clusters(long bytes) {
        return Math.ceilDiv(bytes, CLUSTER);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String name() {
        return Images.nameOf(path);
    }

    // ---- where clusters are

    /** The place in the file of the L2 table that covers a cluster; 0 if there is none. */
    private synchronized long table(long cluster) {
        return tables[(int) (cluster / ENTRIES)];
    }

    private synchronized long makeTable(long cluster) throws IOException {
        int which = (int) (cluster / ENTRIES);
        if (tables[which] == 0) {
            long place = allocate();
            put(ByteBuffer.allocate(CLUSTER), place);
            tables[which] = place;
        }
        return tables[which];
    }

    private long allocate() {
        return next.getAndIncrement() * CLUSTER;
    }

    /** The places in the file of some clusters in a row under one L2 table; 0 for one that was never written. */
    private long[] places(long first, int count) throws IOException {
        long[] places = new long[count];
        long table = table(first);
        if (table != 0) {
            ByteBuffer entries = get(table + first % ENTRIES * ENTRY, count * ENTRY);
            for (int i = 0; i < count; i++) {
                places[i] = entries.getLong(i * ENTRY) & PLACE;
            }
        }
        return places;
    }

    private long placeToWrite(long cluster) throws IOException {
        long known = places(cluster, 1)[0];
        if (known != 0) {
            return known;
        }
        long place = allocate();
        long table = makeTable(cluster);
        put(ByteBuffer.allocate(ENTRY).putLong(0, place | COPIED), table + cluster % ENTRIES * ENTRY);
        return place;
    }

    // ---- reading and writing the disk

    @Override
    public void write(long position, ByteBuffer src) throws IOException {
        int end = src.limit();
        long at = position;
        while (src.position() < end) {
            int within = (int) (at % CLUSTER);
            int length = Math.min(CLUSTER - within, end - src.position());
            long place = placeToWrite(at / CLUSTER);
            put(src.limit(src.position() + length), place + within);
            src.limit(end);
            at += length;
        }
    }

    @Override
    public void zero(long position, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(CLUSTER);
        for (long at = position; at < position + length; ) {
            int within = (int) (at % CLUSTER);
            int part = (int) Math.min(CLUSTER - within, position + length - at);
            long place = places(at / CLUSTER, 1)[0];
            if (place != 0) {
                put(zeros.clear().limit(part), place + within);
            }
            at += part;
        }
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        int end = dst.limit();
        long at = position;
        while (dst.position() < end) {
            int within = (int) (at % CLUSTER);
            int length = Math.min(CLUSTER - within, end - dst.position());
            long place = places(at / CLUSTER, 1)[0];
            if (place == 0) {
                dst.put(ByteBuffer.allocate(length));
            } else {
                fill(dst.limit(dst.position() + length), place + within);
                dst.limit(end);
            }
            at += length;
        }
    }

    @Override
    public List<Extent> data(long from, long to) throws IOException {
        List<Extent> found = new ArrayList<>();
        long end = Math.min(to, size);
        for (long at = from / CLUSTER * CLUSTER; at < end; ) {
            long cluster = at / CLUSTER;
            int count = (int) Math.min(ENTRIES - cluster % ENTRIES, clusters(end) - cluster);
            long[] places = places(cluster, count);
            for (int i = 0; i < count; i++) {
                if (places[i] != 0) {
                    long begin = (cluster + i) * CLUSTER;
                    add(found, Math.max(from, begin), Math.min(end, begin + CLUSTER));
                }
            }
            at += (long) count * CLUSTER;
        }
        return List.copyOf(found);
    }

    private static void add(List<Extent> found, long from, long to) {
        if (!found.isEmpty() && found.getLast().to() == from) {
            found.set(found.size() - 1, new Extent(found.getLast().from(), to));
        } else {
            found.add(new Extent(from, to));
        }
    }

    // ---- the end

    @Override
    public void flush() throws IOException {
        file.force(false);
    }

    /** Writes what makes the file an image. */
    @Override
    public void settle(long restored) throws IOException {
        ByteBuffer first = ByteBuffer.allocate((int) clusters((long) tables.length * ENTRY) * CLUSTER);
        for (long table : tables) {
            first.putLong(table == 0 ? 0 : table | COPIED);
        }
        put(first.clear(), CLUSTER);
        long used = next.get();
        long blocks = 0;
        long tops = 0;
        // The counts count themselves.
        while (blocks * COUNTS < used + blocks + tops) {
            blocks = Math.ceilDiv(used + blocks + tops, COUNTS);
            tops = clusters(blocks * ENTRY);
        }
        ByteBuffer top = ByteBuffer.allocate((int) tops * CLUSTER);
        for (long block = 0; block < blocks; block++) {
            top.putLong((used + tops + block) * CLUSTER);
            put(counts(block, used + tops + blocks), (used + tops + block) * CLUSTER);
        }
        put(top.clear(), used * CLUSTER);
        file.force(false);
        put(header(used * CLUSTER, (int) tops), 0);
        file.force(true);
    }

    private static ByteBuffer counts(long block, long used) {
        ByteBuffer counts = ByteBuffer.allocate(CLUSTER).order(ByteOrder.BIG_ENDIAN);
        for (long cluster = block * COUNTS; cluster < Math.min(used, (block + 1) * COUNTS); cluster++) {
            counts.putShort((short) 1);
        }
        return counts.clear();
    }

    private ByteBuffer header(long counts, int countClusters) {
        ByteBuffer header = ByteBuffer.allocate(CLUSTER);
        header.putInt(MAGIC).putInt(VERSION);
        header.putLong(0).putInt(0); // No backing file.
        header.putInt(BITS).putLong(size).putInt(0); // Not encrypted.
        header.putInt(tables.length).putLong(CLUSTER);
        header.putLong(counts).putInt(countClusters);
        header.putInt(0).putLong(0); // No snapshots.
        header.putLong(0).putLong(0).putLong(0); // No features.
        header.putInt(COUNT_ORDER).putInt(HEADER);
        return header.clear();
    }

    @Override
    public long check() {
        if (!Files.exists(path)) {
            throw Presence.lost(name());
        }
        return size;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // ---- the file

    private void put(ByteBuffer content, long place) throws IOException {
        try {
            for (long at = place; content.hasRemaining(); ) {
                at += file.write(content, at);
            }
        } catch (IOException e) {
            // The JDK tells a full place from a broken one by words only.
            if (String.valueOf(e.getMessage()).contains("No space") || full()) {
                throw new ProblemException(Problem.of("image.room", "path", path.toString()), e);
            }
            throw e;
        }
    }

    private boolean full() throws IOException {
        return Files.getFileStore(path).getUsableSpace() < CLUSTER;
    }

    private ByteBuffer get(long place, int length) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(length);
        fill(content, place);
        return content;
    }

    /** What lies beyond the end of the file was allocated and not written in full: the end of the disk's last cluster. */
    private void fill(ByteBuffer into, long place) throws IOException {
        for (long at = place; into.hasRemaining(); ) {
            int got = file.read(into, at);
            if (got < 0) {
                throw new EOFException("nothing at " + at);
            }
            at += got;
        }
    }
}
