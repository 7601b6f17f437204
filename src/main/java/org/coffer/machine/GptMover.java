package org.coffer.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.GptHeader;

/**
 * Puts the second copy of a GUID partition table at the end of a disk that is larger than the one the table was made for.
 *
 * <p>Order: entries at the new end, second header, both durable, then the first header, durable. Cut off between any two,
 * the first header still names the old second copy, which is untouched, so the table stays sound.
 */
final class GptMover {
    private final BlockTarget disk;

    GptMover(BlockTarget disk) {
        this.disk = disk;
    }

    /**
     * Moves the copy if the table is a sound GPT that ends before the disk does.
     *
     * @return whether anything was written
     */
    boolean move() throws IOException {
        Optional<GptHeader> found = GptHeader.find(this::read);
        if (found.isEmpty()) {
            return false;
        }
        GptHeader first = found.get();
        int sector = first.sector();
        long last = disk.size() / sector - 1;
        ByteBuffer entries = read(first.entries() * sector, first.entriesLength());
        if (first.other() >= last || GptHeader.crc(entries) != first.entriesChecksum()) {
            return false;
        }
        int entrySectors = (first.entriesLength() + sector - 1) / sector;
        long copyOfEntries = last - entrySectors;
        long lastUsable = copyOfEntries - 1;
        disk.write(copyOfEntries * sector, entries);
        disk.write(
                last * sector,
                first.moved(last, 1, lastUsable, copyOfEntries).bytes().rewind());
        disk.flush();
        disk.write(
                sector,
                first.moved(1, last, lastUsable, first.entries()).bytes().rewind());
        widenProtection(last);
        disk.flush();
        return true;
    }

    /** The protective MBR claims the whole disk, as far as 32 bits can say. */
    private void widenProtection(long last) throws IOException {
        ByteBuffer mbr = read(0, 512);
        for (int at = 446; at < 510; at += 16) {
            if (mbr.get(at + 4) == (byte) 0xee && mbr.getInt(at + 8) == 1) {
                mbr.putInt(at + 12, (int) Math.min(last, 0xffff_ffffL));
                disk.write(0, mbr);
                return;
            }
        }
    }

    private ByteBuffer read(long position, int length) throws IOException {
        int room = (int) Math.max(0, Math.min(length, disk.size() - position));
        ByteBuffer bytes = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
        disk.read(position, bytes);
        return bytes.rewind();
    }
}
