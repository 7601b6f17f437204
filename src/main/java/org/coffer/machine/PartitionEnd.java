package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.GptHeader;
import org.coffer.engine.volume.GptTable;

/**
 * Moves the end of a partition in its table, GPT or MBR; nothing else in the table changes.
 *
 * <p>Order in a GPT: the second copy with its header, durable, then the first with its header, durable. Cut off between any two, one of
 * the copies is sound, and all tools go by that one. An MBR is one sector.
 */
final class PartitionEnd {
    private static final int SECTOR = 512;
    private static final int FIRST_ENTRY = 446;
    private static final int ENTRY = 16;
    /** Heads and sectors that a place in the old form is counted in, and the most cylinders it can say. */
    private static final int HEADS = 255;

    private static final int SECTORS = 63;
    private static final int CYLINDERS = 1024;

    private final BlockTarget disk;

    PartitionEnd(BlockTarget disk) {
        this.disk = disk;
    }

    /**
     * Moves it.
     *
     * @param number of the partition in the table
     * @param end first byte behind it, a multiple of the table's sectors
     */
    void move(int number, long end) throws IOException {
        Optional<GptTable> table = GptTable.read(this::read);
        if (table.isPresent()) {
            move(table.get().withEnd(number, end));
        } else {
            moveInMbr(number, end);
        }
        disk.flush();
    }

    private void move(GptTable table) throws IOException {
        GptHeader first = table.header();
        int sector = first.sector();
        GptHeader second = GptHeader.parse(read(first.other() * sector, sector), sector)
                .orElseThrow(() -> new IOException("the second header is not at " + first.other()));
        disk.write(second.entries() * sector, table.entries().duplicate().rewind());
        disk.write(first.other() * sector, second.withEntriesOf(first).bytes().rewind());
        disk.flush();
        disk.write(first.entries() * sector, table.entries().duplicate().rewind());
        disk.write(sector, first.bytes().rewind());
    }

    private void moveInMbr(int number, long end) throws IOException {
        ByteBuffer mbr = read(0, SECTOR);
        int at = FIRST_ENTRY + (number - 1) * ENTRY;
        long start = Integer.toUnsignedLong(mbr.getInt(at + 8));
        long last = end / SECTOR - 1;
        mbr.putInt(at + 12, (int) (last - start + 1));
        long cylinder = last / (HEADS * SECTORS);
        boolean said = cylinder < CYLINDERS;
        int head = said ? (int) (last / SECTORS % HEADS) : HEADS - 1;
        int inTrack = said ? (int) (last % SECTORS) + 1 : SECTORS;
        int upTo = said ? (int) cylinder : CYLINDERS - 1;
        mbr.put(at + 5, (byte) head)
                .put(at + 6, (byte) (inTrack | upTo >> 8 << 6))
                .put(at + 7, (byte) upTo);
        disk.write(0, mbr.rewind());
    }

    private ByteBuffer read(long position, int length) throws IOException {
        int room = (int) Math.clamp(disk.size() - position, 0L, length);
        ByteBuffer bytes = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
        disk.read(position, bytes);
        return bytes.rewind();
    }
}
