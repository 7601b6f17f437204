package org.coffer.engine.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * A file record: one of a file, or one more of a file that did not fit into its first.
 *
 * @param number its place in the table
 * @param sequence how often the place was used
 * @param used whether it is in use
 * @param folder whether it is a folder's
 * @param base the first record of the file if this is one more, else 0
 * @param attributes in the order in which they stand there
 */
record NtfsRecord(long number, int sequence, boolean used, boolean folder, long base, List<NtfsAttribute> attributes) {
    private static final int MAGIC = 'F' | 'I' << 8 | 'L' << 16 | 'E' << 24;
    private static final int END = -1;

    /** Reads a record; its bytes are changed. */
    static NtfsRecord of(NtfsBlock block) {
        NtfsFixups.undo(block, MAGIC);
        int flags = block.u16(22);
        return new NtfsRecord(
                block.number(),
                block.u16(16),
                (flags & 1) != 0,
                (flags & 2) != 0,
                block.i64(32),
                attributes(block.part(0, block.u32(24)), block.u16(20)));
    }

    private static List<NtfsAttribute> attributes(NtfsBlock used, int from) {
        List<NtfsAttribute> attributes = new ArrayList<>();
        long at = from;
        while (used.i32(at) != END) {
            long length = used.u32(at + 4);
            if (length < NtfsAttribute.LEAST) {
                throw used.broken();
            }
            attributes.add(new NtfsAttribute(used.part(at, length)));
            at += length;
        }
        return List.copyOf(attributes);
    }
}
