package org.coffer.engine.volume;

/**
 * Takes the marks out of a record or an index block by which a torn write is found: in each 512 bytes, whatever the sectors of the
 * disk are, the last two hold the same number, and the bytes that belong there stand in a list.
 */
final class NtfsFixups {
    private static final int STRIDE = 512;

    private NtfsFixups() {}

    /** Whether a structure of that size can carry them: its list must lie before the first mark. */
    static boolean fit(int size) {
        return size >= STRIDE && size <= 64 * 1024 && Integer.bitCount(size) == 1;
    }

    /**
     * Puts the bytes back in place.
     *
     * @param block the whole structure, which is changed
     * @param magic the four letters that it has to begin with
     */
    static void undo(NtfsBlock block, int magic) {
        int list = block.u16(4);
        int marks = block.u16(6) - 1;
        boolean sound = block.i32(0) == magic
                && marks == block.size() / STRIDE
                && list + 2 * (marks + 1) <= STRIDE - Short.BYTES;
        if (!sound) {
            throw block.broken();
        }
        int mark = block.u16(list);
        for (int i = 1; i <= marks; i++) {
            int end = i * STRIDE - Short.BYTES;
            if (block.u16(end) != mark) {
                throw block.broken();
            }
            block.bytes().putShort(end, (short) block.u16(list + 2L * i));
        }
    }
}
