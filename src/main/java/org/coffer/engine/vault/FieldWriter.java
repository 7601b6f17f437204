package org.coffer.engine.vault;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the fields of small objects, big-endian, into memory. */
final class FieldWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private FieldWriter write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FieldWriter u8(int value) {
        return write(() -> out.writeByte(value));
    }

    FieldWriter u16(int value) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException("not 16 bits: " + value);
        }
        return write(() -> out.writeShort(value));
    }

    FieldWriter u32(int value) {
        return write(() -> out.writeInt(value));
    }

    FieldWriter u64(long value) {
        return write(() -> out.writeLong(value));
    }

    FieldWriter id(long high, long low) {
        return u64(high).u64(low);
    }

    FieldWriter session(SessionId id) {
        return id(id.high(), id.low());
    }

    FieldWriter raw(byte[] value) {
        return write(() -> out.write(value));
    }

    FieldWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return u16(utf8.length).raw(utf8);
    }

    /** The place of a value in the order of its kind: the code in the format. */
    <E> FieldWriter oneOf(E[] values, E value) {
        return u8(Arrays.asList(values).indexOf(value));
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
