package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A volume of which some pieces of 128 bytes are others than on the disk, and some inodes were changed: both are read from its log,
 * of which only the places are kept. It is filled by one thread, before any number of them read it.
 *
 * <p>Of an inode three changes count, which are applied in their order: the latest of all, and the latest that says where its content
 * lies, and the latest that has its extended attributes. Each brings all numbers with it; so nothing else that ever was
 * logged of it shows.
 *
 * <p>Memory: 22 to 43 bytes for each piece, inode and region, at most {@link #MOST} of them (256 MiB; by reckoning,
 * not measured, a full log of 2 GiB needs a quarter of it); and copies of what lies in several records, at most {@link #MOST_COPIED} bytes.
 */
final class XfsLogged implements Bytes {
    /** How many pieces and inodes can be changed. */
    static final int MOST = 6 << 20;

    /** Bytes that are kept themselves. */
    private static final int MOST_COPIED = 32 << 20;
    /** What keeping a copy costs beside its bytes. */
    private static final int COPY = 128;

    private static final int CHUNK = XfsLogBuffer.CHUNK;
    /** Binary logarithm of the bytes of a region, of which is known whether anything in it was changed. */
    private static final int REGION = 16;

    private final Bytes volume;
    private final XfsLogRecords records;
    private final int inodeSize;
    private final boolean v5;
    private final int most;

    /** By number of the piece: its place in the log, twice, with 1 added if it was copied; of inodes too, by their first. */
    private final BlockMap chunks = new BlockMap();

    private final List<BlockMap> inodes = List.of(new BlockMap(), new BlockMap(), new BlockMap());
    private final BlockMap regions = new BlockMap();
    private final Map<Long, List<ByteBuffer>> copies = new HashMap<>();
    private long copied;

    /** @param most how many pieces and inodes can be changed, at most {@link #MOST} */
    XfsLogged(Bytes volume, XfsLogRecords records, XfsSuper layout, int most) {
        this.volume = volume;
        this.records = records;
        this.inodeSize = layout.inodeSize();
        this.v5 = layout.features().v5();
        this.most = most;
    }

    @Override
    public long size() {
        return volume.size();
    }

    /** Whether nothing was changed. */
    boolean isEmpty() {
        return regions.isEmpty();
    }

    /** Whether there is room for what was changed so far. */
    boolean fits() {
        long used = chunks.used()
                + regions.used()
                + inodes.stream().mapToLong(BlockMap::used).sum();
        return used <= most && copied <= MOST_COPIED;
    }

    /**
     * Takes a change of bytes.
     *
     * @param position a multiple of 128, so many bytes within the volume as {@code length} says, a multiple of 128 too
     * @param from where they begin in the piece
     */
    void change(long position, XfsLogPiece piece, int from, int length) {
        for (int at = 0; at < length; at += CHUNK) {
            long place = piece.place(from + at, CHUNK);
            if (place == XfsLogPiece.APART) {
                long start = piece.place(from + at, 1);
                byte[] bytes = new byte[CHUNK];
                piece.bytes().get(from + at, bytes);
                copy(start, List.of(ByteBuffer.wrap(bytes)));
                chunks.put((position + at) / CHUNK, start * 2 + 1);
            } else {
                chunks.put((position + at) / CHUNK, place * 2);
            }
        }
        touch(position, length);
    }

    /** Takes a change of the inode that lies at a position. */
    void change(long position, List<XfsLogPiece> item, XfsLogInode inode) {
        long place = item.getFirst().place(0, 1);
        boolean together = true;
        for (int i = 1; i < item.size(); i++) {
            together &= item.get(i - 1).isBefore(item.get(i));
        }
        if (!together) {
            copy(place, item.stream().map(XfsLogPiece::copy).toList());
        }
        long value = place * 2 + (together ? 0 : 1);
        long key = position / CHUNK;
        inodes.get(0).put(key, value);
        if (inode.hasFork()) {
            inodes.get(1).put(key, value);
        }
        if (inode.hasAttributes()) {
            inodes.get(2).put(key, value);
        }
        touch(position, inodeSize);
    }

    private void copy(long place, List<ByteBuffer> pieces) {
        copies.put(place, pieces);
        copied += pieces.stream().mapToLong(piece -> piece.limit() + COPY).sum();
    }

    private void touch(long position, int length) {
        for (long region = position >> REGION; region <= (position + length - 1) >> REGION; region++) {
            regions.put(region, 0);
        }
    }

    /** Whether any of these bytes come from the log. */
    boolean isChanged(long position, long length) {
        long end = (position + length - 1) / CHUNK;
        for (long chunk = position / CHUNK; chunk <= end; chunk++) {
            if (regions.get((chunk * CHUNK) >> REGION) < 0) {
                chunk |= ((1L << REGION) / CHUNK) - 1;
            } else if (chunks.get(chunk) >= 0 || inodes.getFirst().get(chunk / step() * step()) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Pieces that an inode has; those of one lie at a multiple of it. */
    private int step() {
        return inodeSize / CHUNK;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size());
        ByteBuffer target = into.slice();
        volume.read(position, into);
        long end = position + target.limit();
        for (long at = position; at < end; ) {
            long next = Math.min(end, ((at >> REGION) + 1) << REGION);
            if (regions.get(at >> REGION) >= 0) {
                region(position, target, at, next);
            }
            at = next;
        }
    }

    private void region(long position, ByteBuffer target, long from, long to) throws IOException {
        long last = (to - 1) / CHUNK;
        for (long chunk = from / CHUNK / step() * step(); chunk <= last; chunk += step()) {
            if (inodes.getFirst().get(chunk) >= 0) {
                place(inode(chunk), chunk * CHUNK, position, target);
            }
        }
        for (long chunk = from / CHUNK; chunk <= last; chunk++) {
            long value = chunks.get(chunk);
            if (value >= 0) {
                place(chunk(value), chunk * CHUNK, position, target);
            }
        }
    }

    private ByteBuffer chunk(long value) throws IOException {
        if (value % 2 == 1) {
            return Objects.requireNonNull(copies.get(value / 2)).getFirst().duplicate();
        }
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        records.read(value / 2, bytes);
        return bytes.flip();
    }

    private ByteBuffer inode(long chunk) throws IOException {
        ByteBuffer inode = ByteBuffer.allocate(inodeSize);
        volume.read(chunk * CHUNK, inode);
        inode.flip();
        long[] values = inodes.stream()
                .mapToLong(map -> map.get(chunk))
                .sorted()
                .distinct()
                .toArray();
        for (long value : values) {
            if (value >= 0 && !new XfsLogInode(item(value), v5).apply(inode)) {
                throw Trouble.broken("log");
            }
        }
        if (v5) {
            XfsSeal.set(inode, XfsInode.CHECKSUM);
        }
        return inode;
    }

    private List<ByteBuffer> item(long value) throws IOException {
        return value % 2 == 1 ? Objects.requireNonNull(copies.get(value / 2)) : records.item(value / 2);
    }

    /** Puts what of some bytes lies within those that are asked. */
    private static void place(ByteBuffer bytes, long at, long position, ByteBuffer target) {
        long from = Math.max(at, position);
        int length = (int) (Math.min(at + bytes.limit(), position + target.limit()) - from);
        target.put((int) (from - position), bytes, (int) (from - at), length);
    }
}
