package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.coffer.engine.vault.BlockKind;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.LeafView;
import org.coffer.engine.volume.Bytes;

/** A backup's disk, to be read only: by clients, and by readers of the file systems on it. */
public final class BackupDisk implements ReadableDisk, Bytes {
    /** Leaves kept in memory: 128 MiB. */
    private static final int SLOTS = 16;
    /** Leaves looked at for one question about what a range is. */
    private static final int LOOKS = 1024;

    private static final int BLOCK = DiskWriter.BLOCK;

    private final DiskReader reader;
    private final LeafCache cache;

    /** Opens it; nothing is read before somebody asks. */
    public BackupDisk(DiskReader reader) {
        this(reader, SLOTS);
    }

    /**
     * The same, with one's own idea of how much memory it may take.
     *
     * @param slots leaves kept in memory, 8 MiB each; at least 1
     */
    public BackupDisk(DiskReader reader, int slots) {
        this.reader = reader;
        this.cache = new LeafCache(reader, slots);
    }

    @Override
    public long size() {
        return reader.size();
    }

    @Override
    public void prepare(long position, int length) throws IOException {
        cache.prepare(position, length);
    }

    @Override
    public void read(long position, ByteBuffer dst) throws IOException {
        Objects.checkFromIndexSize(position, dst.remaining(), reader.size());
        cache.read(position, dst);
    }

    @Override
    public void allocation(long position, long length, Pieces pieces) {
        long end = position + length;
        long leaf = position / DiskWriter.LEAF;
        for (int looked = 0; looked < LOOKS && position < end; looked++, leaf++) {
            long start = leaf * DiskWriter.LEAF;
            long stop = Math.min(end, start + DiskWriter.LEAF);
            LeafView view = reader.leaf(leaf);
            if (view.allHole()) {
                if (!pieces.add(stop - position, Allocation.HOLE)) {
                    return;
                }
                position = stop;
                continue;
            }
            while (position < stop) {
                int block = (int) ((position - start) / BLOCK);
                BlockKind kind = view.kind(block);
                int next = block + 1;
                while (next < view.count() && view.kind(next) == kind) {
                    next++;
                }
                long to = Math.min(stop, start + (long) next * BLOCK);
                if (!pieces.add(to - position, allocation(kind))) {
                    return;
                }
                position = to;
            }
        }
    }

    private static Allocation allocation(BlockKind kind) {
        return switch (kind) {
            case DATA -> Allocation.DATA;
            case ZERO -> Allocation.ZERO;
            case HOLE -> Allocation.HOLE;
        };
    }

    @Override
    public void close() {
        cache.close();
    }
}
