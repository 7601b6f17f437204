package org.coffer.engine.vault;

/** Bytes that look like machine code, by arithmetic that needs no library to stay the same. */
final class Code {
    private static final int FUNCTIONS = 5;

    private Code() {}

    /** Other bytes, and in about every 60th a call of one of five functions that lie far behind: {@code E8 distance}. */
    static byte[] of(int length) {
        byte[] code = new byte[length];
        for (int at = 0; at < length; at++) {
            code[at] = (byte) ((at % 3_001 * 37) >>> 3);
        }
        int state = 1;
        for (int at = 7; at + 5 <= length; at += 40 + (state >>> 16) % 40) {
            state = state * 1_103_515_245 + 12_345;
            int distance = 5_000_000 + 4_321 * ((state >>> 20) % FUNCTIONS) - (at + 5);
            code[at] = (byte) 0xe8;
            for (int i = 0; i < 4; i++) {
                code[at + 1 + i] = (byte) (distance >>> (8 * i));
            }
        }
        return code;
    }
}
