package org.coffer.engine.vault;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Makes machine code of x86 processors easier to compress: calls and jumps name their target by its distance, so that two
 * calls of one function differ; with the target's place in the frame instead of the distance they are alike. The idea is
 * that of the filter that 7-Zip and xz call BCJ; the rule here is simpler, and section 4 of {@code docs/vault-format.md}
 * has it.
 *
 * <p>Looks for the next call eight bytes at a time, in arrays, because that is what the quick compiler makes fast code of:
 * about 1.4 GB/s. {@code X86FilterTest} shows that every content comes back.
 */
final class X86Filter {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long ONES = 0x0101010101010101L;
    private static final long OPCODES = 0xe8e8e8e8e8e8e8e8L;
    /** Multiplied by 256 to the power of n its top byte is n, for n below 8. */
    private static final long INDEXES = 0x0001020304050607L;
    /** A call is E8, a jump E9. */
    private static final int OPCODE = 0xe8;
    /** Opcode and distance. */
    private static final int LENGTH = 5;

    /** Of a distance 25 bits are kept. */
    private static final int UNUSED_BITS = 7;

    private static final int WINDOWS = 8;
    /** Bytes of a sample. */
    static final int WINDOW = 4096;
    /** Measured: of frames with fewer calls none gains more than half a percent. */
    private static final int BYTES_FOR_A_CALL = 650;

    private X86Filter() {}

    /**
     * Whether a content looks as if it gains by this: has a call in at least every 650th byte of eight windows of it. Code
     * has one in about every 100th.
     *
     * @param window room for a window, whatever is in it
     */
    static boolean promising(ByteBuffer data, int offset, int length, byte[] window) {
        int step = length / WINDOWS;
        int size = Math.min(WINDOW, step);
        int calls = 0;
        for (int i = 0; i < WINDOWS; i++) {
            data.get(offset + i * step + (step - size) / 2, window, 0, size);
            calls += calls(window, size);
        }
        return calls * BYTES_FOR_A_CALL > WINDOWS * size;
    }

    private static int calls(byte[] window, int size) {
        int calls = 0;
        for (int at = 0; at <= size - LENGTH; at++) {
            if (window[at] == (byte) OPCODE) {
                byte top = window[at + 4];
                // Two equal bytes at the top are more often data than a distance.
                calls += (top == 0 || top == -1) && window[at + 3] != top ? 1 : 0;
            }
        }
        return calls;
    }

    /** Puts places for distances. */
    static void encode(byte[] data, int length) {
        turn(data, length, 1);
    }

    /** Puts distances for places. */
    static void decode(byte[] data, int length) {
        turn(data, length, -1);
    }

    /**
     * Both directions find the same calls: the bytes that say whether there is one stay as they are or are put back before
     * they are looked at, since after each opcode, taken or not, the search goes on behind its distance.
     */
    private static void turn(byte[] data, int length, int sign) {
        int at = 0;
        while (at <= length - LENGTH) {
            if (at <= length - Long.BYTES) {
                long differs = ((long) EIGHT.get(data, at) ^ OPCODES) & ~ONES;
                long found = (differs - ONES) & ~differs & (ONES << 7);
                if (found == 0) {
                    at += Long.BYTES;
                    continue;
                }
                // Java's own count of trailing zeros is many instructions where only the quick compiler runs.
                at += (int) ((((found & -found) >>> (Byte.SIZE - 1)) * INDEXES) >>> (Long.SIZE - Byte.SIZE));
            }
            if ((data[at] & 0xfe) != OPCODE) {
                at++;
                continue;
            }
            if (at <= length - LENGTH && (data[at + 4] == 0 || data[at + 4] == -1)) {
                move(data, at, sign);
            }
            at += LENGTH;
        }
    }

    /** Adds or takes away the place of the next instruction, in 25 bits with sign, so that the top byte stays 0 or -1. */
    private static void move(byte[] data, int at, int sign) {
        int value = (data[at + 1] & 0xff)
                | ((data[at + 2] & 0xff) << 8)
                | ((data[at + 3] & 0xff) << 16)
                | (data[at + 4] << 24);
        value = ((value + sign * (at + LENGTH)) << UNUSED_BITS) >> UNUSED_BITS;
        data[at + 1] = (byte) value;
        data[at + 2] = (byte) (value >> 8);
        data[at + 3] = (byte) (value >> 16);
        data[at + 4] = (byte) (value >> 24);
    }
}
