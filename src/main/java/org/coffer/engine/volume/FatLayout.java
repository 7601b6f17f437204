package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where the parts of a FAT12, FAT16 or FAT32 volume lie, out of its boot sector. Source: Microsoft's <i>FAT: General Overview of
 * On-Disk Format</i>. As in Linux, a volume is FAT32 if it has no 16-bit length of the table, whatever the number of its clusters.
 *
 * @param bits of an entry of the table: 12, 16 or 32
 * @param clusterSize bytes
 * @param clusters how many there are, at most as many as the volume and its table have room for; they are numbered from 2
 * @param table first byte of the table that counts
 * @param rootFrom first byte of the topmost folder in FAT12 and FAT16
 * @param rootLength its bytes
 * @param rootCluster first cluster of the topmost folder in FAT32, else 0
 * @param data first byte of cluster 2
 * @param label the volume's name as the boot sector has it
 * @param marked whether the boot sector says that the volume is in use
 */
record FatLayout(
        int bits,
        int clusterSize,
        long clusters,
        long table,
        long rootFrom,
        int rootLength,
        long rootCluster,
        long data,
        String label,
        boolean marked) {
    /** The number of the first cluster. */
    static final int FIRST = 2;

    private static final int LENGTH = 512;
    private static final int IN_USE = 1;
    private static final int FEWEST_16 = 4085;
    private static final long MOST = 0xffffff5;

    /**
     * Reads it off a volume.
     *
     * @throws org.coffer.problem.ProblemException {@code files.broken}
     */
    static FatLayout of(Bytes volume) throws IOException {
        if (volume.size() < LENGTH) {
            throw Trouble.broken("boot sector");
        }
        ByteBuffer boot = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        volume.read(0, boot);
        return of(boot.flip(), volume.size());
    }

    private static FatLayout of(ByteBuffer boot, long size) {
        int sector = boot.getShort(11) & 0xffff;
        int perCluster = boot.get(13) & 0xff;
        long reserved = boot.getShort(14) & 0xffff;
        int tables = boot.get(16) & 0xff;
        boolean is32 = boot.getShort(22) == 0;
        long tableSectors = is32 ? Integer.toUnsignedLong(boot.getInt(36)) : boot.getShort(22) & 0xffff;
        long sectors = boot.getShort(19) == 0 ? Integer.toUnsignedLong(boot.getInt(32)) : boot.getShort(19) & 0xffff;
        if (Integer.bitCount(sector) != 1
                || sector < 128
                || sector > 4096
                || Integer.bitCount(perCluster) != 1
                || reserved == 0
                || tables == 0
                || tableSectors == 0) {
            throw Trouble.broken("boot sector");
        }
        long rootFrom = (reserved + tables * tableSectors) * sector;
        int rootLength = is32 ? 0 : (boot.getShort(17) & 0xffff) * 32;
        int rootSectors = (rootLength + sector - 1) / sector;
        long data = rootFrom + (long) rootSectors * sector;
        int clusterSize = sector * perCluster;
        long room = (Math.min(sectors * sector, size) - data) / clusterSize;
        // The type is by what the volume says, even if a part of it is missing.
        long claimed = (sectors * sector - data) / clusterSize;
        int bits = is32 ? 32 : claimed < FEWEST_16 ? 12 : 16;
        long entries = tableSectors * sector * 8 / bits - FIRST;
        if (room <= 0 || entries <= 0) {
            throw Trouble.broken("boot sector");
        }
        return new FatLayout(
                bits,
                clusterSize,
                Math.min(MOST, Math.min(room, entries)),
                (reserved + active(boot, is32, tables) * tableSectors) * sector,
                rootFrom,
                rootLength,
                is32 ? Integer.toUnsignedLong(boot.getInt(44)) : 0,
                data,
                label(boot, is32 ? 71 : 43),
                (boot.get(is32 ? 65 : 37) & IN_USE) != 0);
    }

    /** FAT32 can say that one table counts, and the others are not kept. */
    private static int active(ByteBuffer boot, boolean is32, int tables) {
        int flags = boot.getShort(40);
        int active = flags & 0xf;
        return is32 && (flags & 0x80) != 0 && active < tables ? active : 0;
    }

    private static String label(ByteBuffer boot, int place) {
        byte[] raw = new byte[11];
        boot.get(place, raw);
        String label = FatEntry.text(raw, 0, raw.length);
        return label.equals("NO NAME") ? "" : label;
    }

    /** Whether there is a cluster of that number. */
    boolean has(long cluster) {
        return cluster >= FIRST && cluster < FIRST + clusters;
    }

    /** First byte of a cluster that there is. */
    long place(long cluster) {
        return data + (cluster - FIRST) * clusterSize;
    }
}
