package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A volume of which some sectors are others than on the disk. It is written by one thread, before any number of them read it.
 *
 * <p>At most {@link #MOST} sectors can be changed, 64 MiB and about as much for keeping them, and each only so often that it ends.
 */
final class XfsOverlay implements Bytes {
    private static final int SECTOR = 512;
    private static final int MOST = (64 << 20) / SECTOR;
    private static final long MOST_WRITTEN = 2L << 30;

    private final Bytes volume;
    private final TreeMap<Long, byte[]> sectors = new TreeMap<>();
    private long written;

    XfsOverlay(Bytes volume) {
        this.volume = volume;
    }

    @Override
    public long size() {
        return volume.size();
    }

    /** Whether nothing was changed. */
    boolean isEmpty() {
        return sectors.isEmpty();
    }

    /** Changes bytes; false if there is no room for more changes, or they do not lie within. */
    boolean write(long position, ByteBuffer from) throws IOException {
        written += from.remaining();
        if (position < 0 || position > size() - from.remaining() || written > MOST_WRITTEN) {
            return false;
        }
        ByteBuffer bytes = from.duplicate();
        long at = position;
        while (bytes.hasRemaining()) {
            byte[] sector = sectors.get(at / SECTOR);
            if (sector == null) {
                if (sectors.size() >= MOST) {
                    return false;
                }
                sector = new byte[SECTOR];
                int there = (int) Math.min(SECTOR, size() - at / SECTOR * SECTOR);
                volume.read(at / SECTOR * SECTOR, ByteBuffer.wrap(sector, 0, there));
                sectors.put(at / SECTOR, sector);
            }
            int within = (int) (at % SECTOR);
            int length = Math.min(bytes.remaining(), SECTOR - within);
            bytes.get(sector, within, length);
            at += length;
        }
        return true;
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size());
        int start = into.position();
        long end = position + into.remaining();
        volume.read(position, into);
        for (Map.Entry<Long, byte[]> sector : sectors.subMap(
                        position / SECTOR, true, (end + SECTOR - 1) / SECTOR, false)
                .entrySet()) {
            long at = sector.getKey() * SECTOR;
            long from = Math.max(at, position);
            int length = (int) (Math.min(at + SECTOR, end) - from);
            into.put(start + (int) (from - position), sector.getValue(), (int) (from - at), length);
        }
    }
}
