package org.coffer.engine.volume;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** File records of 1024 bytes made by hand, for what no tool here writes. */
final class NtfsRecords {
    private NtfsRecords() {}

    /** A record in use. */
    static byte[] record(long number, long base, byte[]... attributes) {
        ByteBuffer record = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        record.put("FILE".getBytes(StandardCharsets.US_ASCII));
        record.putShort((short) 48).putShort((short) 3);
        record.putShort(16, (short) NtfsReference.sequence(number)).putShort(18, (short) 1);
        record.putShort(20, (short) 56).putShort(22, (short) 1).putInt(28, 1024).putLong(32, base);
        record.position(56);
        for (byte[] attribute : attributes) {
            record.put(attribute);
        }
        record.putInt(-1).putInt(0);
        record.putInt(24, record.position());
        // The marks; what stands in their places goes to the list.
        record.putShort(48, (short) 1);
        for (int sector = 1; sector <= 2; sector++) {
            record.putShort(48 + 2 * sector, record.getShort(512 * sector - 2));
            record.putShort(512 * sector - 2, (short) 1);
        }
        return record.array();
    }

    /** An attribute that stands in its record. */
    static byte[] resident(int type, int instance, byte[] value) {
        ByteBuffer bytes = head(type, 24 + value.length, instance);
        bytes.putInt(16, value.length).putShort(20, (short) 24);
        return all(bytes.put(24, value));
    }

    /** A piece of the content without a name. */
    static byte[] data(int instance, long first, long clusters, long size, byte[] pairs) {
        ByteBuffer bytes = head(NtfsAttribute.DATA, 64 + pairs.length, instance).put(8, (byte) 1);
        bytes.putLong(16, first).putLong(24, first + clusters - 1).putShort(32, (short) 64);
        bytes.putLong(40, size).putLong(48, size).putLong(56, size);
        return all(bytes.put(64, pairs));
    }

    private static byte[] all(ByteBuffer bytes) {
        byte[] all = new byte[bytes.limit()];
        bytes.get(0, all);
        return all;
    }

    private static ByteBuffer head(int type, int length, int instance) {
        int padded = (length + 7) / 8 * 8;
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, type)
                .putInt(4, padded)
                .putShort(10, (short) 24)
                .putShort(14, (short) instance);
    }

    /** One run. */
    static byte[] run(long clusters, long place) {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x44)
                .putInt((int) clusters)
                .putInt((int) place)
                .array();
    }

    /** An attribute list; its entries as {@link NtfsEntry} has them, without names. */
    static byte[] list(int instance, NtfsEntry... entries) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (NtfsEntry entry : entries) {
            ByteBuffer bytes = ByteBuffer.allocate(32)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(entry.type())
                    .putShort((short) 32)
                    .put((byte) 0)
                    .put((byte) 26)
                    .putLong(entry.first())
                    .putLong(entry.record())
                    .putShort((short) entry.instance());
            list.writeBytes(bytes.array());
        }
        return resident(NtfsAttribute.ATTRIBUTE_LIST, instance, list.toByteArray());
    }
}
