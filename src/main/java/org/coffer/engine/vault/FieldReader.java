package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads the fields of small objects; whatever does not fit is damage of the object, never another exception. */
final class FieldReader {
    private final String object;
    private final ByteBuffer in;

    FieldReader(String object, byte[] bytes) {
        this.object = object;
        this.in = ByteBuffer.wrap(bytes);
    }

    private ByteBuffer need(int count) throws DamagedException {
        if (in.remaining() < count) {
            throw damaged("ends too early");
        }
        return in;
    }

    int u8() throws DamagedException {
        return need(1).get() & 0xff;
    }

    int u16() throws DamagedException {
        return need(2).getShort() & 0xffff;
    }

    int u32() throws DamagedException {
        return need(4).getInt();
    }

    long u64() throws DamagedException {
        return need(8).getLong();
    }

    /** A number that must lie between 0 and {@code limit}. */
    int count(int limit) throws DamagedException {
        int value = u32();
        if (value < 0 || value > limit) {
            throw damaged("has an impossible count " + value);
        }
        return value;
    }

    SessionId session() throws DamagedException {
        return new SessionId(u64(), u64());
    }

    ConsoleId console() throws DamagedException {
        return new ConsoleId(u64(), u64());
    }

    Instant time() throws DamagedException {
        try {
            return Instant.ofEpochMilli(u64());
        } catch (DateTimeException e) {
            throw damaged("has an impossible time");
        }
    }

    byte[] raw(int length) throws DamagedException {
        byte[] bytes = new byte[need(length).remaining() < length ? 0 : length];
        in.get(bytes);
        return bytes;
    }

    String text() throws DamagedException {
        byte[] utf8 = raw(u16());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("has a text that is not UTF-8");
        }
    }

    <E> E oneOf(E[] values) throws DamagedException {
        int code = u8();
        if (code >= values.length) {
            throw damaged("has an unknown code " + code);
        }
        return values[code];
    }

    DamagedException damaged(String detail) {
        return new DamagedException(object, detail);
    }
}
