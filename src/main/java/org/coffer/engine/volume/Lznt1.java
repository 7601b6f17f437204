package org.coffer.engine.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Undoes the compression of NTFS, LZNT1 (Microsoft's open specification MS-XCA, 2.5).
 *
 * <p>Each 4096 bytes are a chunk of their own: two bytes with its length and whether it is compressed, then the bytes themselves or
 * groups of a byte of flags and eight parts. A part is a byte, or two that name a place before and a length; how many of the sixteen
 * bits are the length depends on how far the chunk has come. A chunk that yields less than 4096 bytes is filled with zeros.
 */
final class Lznt1 {
    private static final int CHUNK = 4096;

    private final ByteBuffer from;
    private final byte[] into;

    private Lznt1(ByteBuffer from, byte[] into) {
        this.from = from.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.into = into;
    }

    /** What was compressed, as many bytes as asked for, with zeros after its end; empty if it is nothing that makes sense. */
    static Optional<byte[]> decode(ByteBuffer from, int length) {
        Lznt1 decoder = new Lznt1(from, new byte[length]);
        return decoder.chunks() ? Optional.of(decoder.into) : Optional.empty();
    }

    private boolean chunks() {
        for (int chunk = 0; chunk < into.length && from.remaining() >= 2; chunk += CHUNK) {
            int header = from.getShort() & 0xffff;
            if (header == 0) {
                return true;
            }
            int length = (header & 0xfff) + 1;
            if (length > from.remaining()) {
                return false;
            }
            ByteBuffer bytes = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            from.position(from.position() + length);
            int end = Math.min(chunk + CHUNK, into.length);
            if (header >= 0x8000) {
                if (!parts(bytes, chunk, end)) {
                    return false;
                }
            } else {
                bytes.get(into, chunk, Math.min(length, end - chunk));
            }
        }
        return true;
    }

    private boolean parts(ByteBuffer bytes, int start, int end) {
        int at = start;
        while (bytes.hasRemaining()) {
            int flags = bytes.get();
            for (int part = 0; part < 8 && bytes.hasRemaining(); part++, flags >>= 1) {
                if ((flags & 1) == 0) {
                    if (at == end) {
                        return false;
                    }
                    into[at++] = bytes.get();
                    continue;
                }
                if (at == start || bytes.remaining() < 2) {
                    return false;
                }
                int pair = bytes.getShort() & 0xffff;
                int lengthBits = lengthBits(at - start);
                int back = (pair >> lengthBits) + 1;
                int length = (pair & (1 << lengthBits) - 1) + 3;
                if (back > at - start || length > end - at) {
                    return false;
                }
                // It may reach into what it writes itself, so byte by byte.
                for (int i = 0; i < length; i++, at++) {
                    into[at] = into[at - back];
                }
            }
        }
        return true;
    }

    /** Places need as many bits as the last byte written so far has, at least four; the length has what is left of sixteen. */
    private static int lengthBits(int done) {
        return Math.min(12, Integer.numberOfLeadingZeros(done - 1) - 16);
    }
}
