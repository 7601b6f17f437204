package org.coffer.engine.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an attribute of a file, or a piece of one, is found.
 *
 * @param type of the attribute
 * @param name of the attribute
 * @param first the first cluster of the attribute that the piece tells of
 * @param record which record it stands in, as a reference
 * @param instance its number among the attributes of that record
 */
record NtfsEntry(int type, String name, long first, long record, int instance) {
    /** The smallest there can be. */
    private static final int LEAST = 26;

    /** Those that a list of attributes names. */
    static List<NtfsEntry> list(NtfsBlock list) {
        List<NtfsEntry> entries = new ArrayList<>();
        long at = 0;
        while (at < list.size()) {
            int length = list.u16(at + 4);
            if (length < LEAST) {
                throw list.broken();
            }
            String name = list.text(at + list.u8(at + 7), list.u8(at + 6));
            entries.add(new NtfsEntry(list.i32(at), name, list.i64(at + 8), list.i64(at + 16), list.u16(at + 24)));
            at += length;
        }
        return List.copyOf(entries);
    }

    /** Those that stand in a record. */
    static List<NtfsEntry> of(NtfsRecord record) {
        long reference = NtfsReference.of(record);
        return record.attributes().stream()
                .map(found -> new NtfsEntry(found.type(), found.name(), found.first(), reference, found.instance()))
                .toList();
    }
}
