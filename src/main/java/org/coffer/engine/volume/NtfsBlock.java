package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of NTFS' own structures, little-endian. Whoever asks for more than lies there learns that it is broken, so that no reader
 * of a structure has to check a place before looking at it.
 *
 * @param bytes all of it, from index 0 to the limit
 * @param kind what it is part of, as {@link Trouble#broken} names it
 * @param number which one
 */
record NtfsBlock(ByteBuffer bytes, String kind, long number) {
    NtfsBlock {
        bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return bytes.limit();
    }

    /** An unsigned byte. */
    int u8(long at) {
        return bytes.get(checked(at, 1)) & 0xff;
    }

    /** An unsigned number of two bytes. */
    int u16(long at) {
        return bytes.getShort(checked(at, 2)) & 0xffff;
    }

    /** An unsigned number of four bytes. */
    long u32(long at) {
        return Integer.toUnsignedLong(bytes.getInt(checked(at, 4)));
    }

    int i32(long at) {
        return bytes.getInt(checked(at, 4));
    }

    long i64(long at) {
        return bytes.getLong(checked(at, 8));
    }

    /** Text of so many UTF-16 units, exactly as it lies there. */
    String text(long at, int units) {
        StringBuilder text = new StringBuilder(units);
        int from = checked(at, 2L * units);
        for (int i = 0; i < units; i++) {
            text.append(bytes.getChar(from + 2 * i));
        }
        return text.toString();
    }

    byte[] copy() {
        byte[] copy = new byte[size()];
        bytes.get(0, copy);
        return copy;
    }

    NtfsBlock part(long at, long length) {
        return new NtfsBlock(bytes.slice(checked(at, length), (int) length), kind, number);
    }

    /** That it makes no sense. */
    RuntimeException broken() {
        return Trouble.broken(kind + " " + number);
    }

    private int checked(long at, long length) {
        if (at < 0 || length < 0 || at > size() - length) {
            throw broken();
        }
        return (int) at;
    }
}
