package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The table of all file records, which is a file itself: its record, the first, tells where the table lies. If that takes more records
 * they are found by what is known of the table until then, so that none can need itself.
 *
 * @param volume all bytes of the volume, out of a cache
 * @param boot what is known of it
 * @param table the table as far as it is known
 */
record NtfsMft(Bytes volume, NtfsBoot boot, NtfsStream table) {
    static NtfsMft open(Bytes volume, NtfsBoot boot) throws IOException {
        NtfsRuns runs = new NtfsRuns(boot);
        NtfsRecord first = record(volume, boot.mft() * boot.cluster(), boot, 0);
        NtfsMft mft = new NtfsMft(volume, boot, new NtfsStream(volume, boot.cluster(), runs, 0, 0));
        NtfsFile file = NtfsFile.of(mft, first);
        NtfsAttribute head = file.first(NtfsAttribute.DATA, "").orElseThrow(file::broken);
        for (NtfsEntry piece : file.pieces(NtfsAttribute.DATA, "")) {
            NtfsAttribute data = file.with(mft).load(piece);
            runs.append(data.first(), data.pairs());
            long known = Math.min(head.initialized(), runs.bytes());
            mft = new NtfsMft(volume, boot, new NtfsStream(volume, boot.cluster(), runs, known, known));
        }
        return mft;
    }

    /** The record at a place of the table. */
    NtfsRecord record(long number) throws IOException {
        if (number >= table.size() / boot.record()) {
            throw Trouble.broken(NtfsFile.RECORD + " " + number);
        }
        return record(table, number * boot.record(), boot, number);
    }

    private static NtfsRecord record(Bytes from, long position, NtfsBoot boot, long number) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(boot.record());
        if (position > from.size() - boot.record()) {
            throw Trouble.broken(NtfsFile.RECORD + " " + number);
        }
        from.read(position, bytes);
        return NtfsRecord.of(new NtfsBlock(bytes.flip(), NtfsFile.RECORD, number));
    }
}
