package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Reparse points as Windows writes them, in hexadecimal (MS-FSCC, 2.1.2). */
final class NtfsPoints {
    private NtfsPoints() {}

    static String junction(String meant, String shown) {
        return point(0xa0000003, names(meant, shown, 0));
    }

    static String symbolic(String meant, String shown) {
        return point(0xa000000c, names(meant, shown, 4));
    }

    static String point(int tag, byte[] data) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(tag).putShort((short) data.length).putShort((short) 0).put(data);
        return HexFormat.of().formatHex(bytes.array());
    }

    private static byte[] names(String meant, String shown, int flags) {
        byte[] first = meant.getBytes(StandardCharsets.UTF_16LE);
        byte[] second = shown.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer bytes = ByteBuffer.allocate(8 + flags + first.length + second.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort((short) first.length)
                .putShort((short) (first.length + 2))
                .putShort((short) second.length);
        bytes.position(8 + flags).put(first).putShort((short) 0).put(second);
        return bytes.array();
    }
}
