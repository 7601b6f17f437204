package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What the boot sector says about a volume.
 *
 * @param cluster bytes of a cluster: 256 to 2 MiB
 * @param clusters how many lie on the volume, whatever it says of itself
 * @param record bytes of a file record: 512 to 65,536
 * @param mft cluster in which the table of file records begins
 */
record NtfsBoot(int cluster, long clusters, int record, long mft) {
    private static final int LENGTH = 512;

    static NtfsBoot of(Bytes volume) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        if (volume.size() < LENGTH) {
            throw Trouble.broken("boot sector 0");
        }
        volume.read(0, bytes);
        NtfsBlock boot = new NtfsBlock(bytes.flip(), "boot sector", 0);

        int sector = boot.u16(0x0b);
        int perCluster = boot.u8(0x0d);
        if (Integer.bitCount(sector) != 1 || sector < 256 || sector > 4096) {
            throw boot.broken();
        }
        // Above 128 it is the exponent of a power of two, negated.
        long cluster = sector * (perCluster > 128 ? power(256 - perCluster) : perCluster);
        if (Long.bitCount(cluster) != 1 || cluster > 2 << 20) {
            throw boot.broken();
        }
        int perRecord = (byte) boot.u8(0x40);
        long record = perRecord < 0 ? power(-perRecord) : perRecord * cluster;
        long mft = boot.i64(0x30);
        long clusters = volume.size() / cluster;
        if (record > 64 * 1024 || !NtfsFixups.fit((int) record) || mft <= 0 || mft >= clusters) {
            throw boot.broken();
        }
        return new NtfsBoot((int) cluster, clusters, (int) record, mft);
    }

    private static long power(int exponent) {
        return exponent < 32 ? 1L << exponent : 0;
    }

    /** Whether so many clusters from one on lie on the volume. */
    boolean holds(long from, long length) {
        return from >= 0 && length >= 0 && from <= clusters - length;
    }
}
