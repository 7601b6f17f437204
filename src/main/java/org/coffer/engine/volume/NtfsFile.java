package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A file as NTFS has it: a set of attributes, each with a type and a name. They stand in the file's record; what does not fit stands
 * in further records, and then an attribute of the first, the list, says where each is, and in which order the pieces of one that is
 * itself in pieces follow each other. Only the first record's list is heeded, so nothing goes in circles.
 *
 * <p>Memory: the list, which is at most {@value #LONGEST_LIST} bytes, and what is asked for; records are read when they are needed.
 */
final class NtfsFile {
    /** How {@link Trouble} names what is broken here. */
    static final String RECORD = "file record";

    private static final int LONGEST_LIST = 256 * 1024;

    private final NtfsMft mft;
    private final NtfsRecord base;
    private final List<NtfsEntry> entries;

    private NtfsFile(NtfsMft mft, NtfsRecord base, List<NtfsEntry> entries) {
        this.mft = mft;
        this.base = base;
        this.entries = entries;
    }

    /** The file that a reference names. */
    static NtfsFile of(NtfsMft mft, long reference) throws IOException {
        NtfsRecord record = mft.record(NtfsReference.number(reference));
        if (!NtfsReference.agrees(reference, record) || !record.used() || record.base() != 0) {
            throw Trouble.broken(RECORD + " " + record.number());
        }
        return of(mft, record);
    }

    /** The file whose first record that is. */
    static NtfsFile of(NtfsMft mft, NtfsRecord base) throws IOException {
        NtfsFile alone = new NtfsFile(mft, base, NtfsEntry.of(base));
        Optional<NtfsBlock> list = alone.small(NtfsAttribute.ATTRIBUTE_LIST, LONGEST_LIST);
        return list.isEmpty() ? alone : new NtfsFile(mft, base, NtfsEntry.list(list.get()));
    }

    /** The same file, whose records are found in another table. */
    NtfsFile with(NtfsMft other) {
        return new NtfsFile(other, base, entries);
    }

    long reference() {
        return NtfsReference.of(base);
    }

    boolean isFolder() {
        return base.folder();
    }

    /** That the file makes no sense. */
    RuntimeException broken() {
        return Trouble.broken(RECORD + " " + base.number());
    }

    /** All attributes of a type and name, or the pieces of the one that there is, in their order. */
    List<NtfsEntry> pieces(int type, String name) {
        return entries.stream()
                .filter(entry -> entry.type() == type && entry.name().equals(name))
                .toList();
    }

    /** The attribute, or the piece of it, that an entry names. */
    NtfsAttribute load(NtfsEntry entry) throws IOException {
        return record(entry.record()).attributes().stream()
                .filter(found -> found.type() == entry.type()
                        && found.instance() == entry.instance()
                        && found.first() == entry.first()
                        && found.name().equals(entry.name()))
                .findFirst()
                .orElseThrow(this::broken);
    }

    private NtfsRecord record(long reference) throws IOException {
        if (NtfsReference.number(reference) == base.number()) {
            return base;
        }
        NtfsRecord more = mft.record(NtfsReference.number(reference));
        boolean ours = NtfsReference.number(more.base()) == base.number()
                && NtfsReference.agrees(more.base(), base)
                && NtfsReference.agrees(reference, more);
        if (!more.used() || !ours) {
            throw broken();
        }
        return more;
    }

    /** The attribute of a type and name, or its first piece, which alone tells how long it is. */
    Optional<NtfsAttribute> first(int type, String name) throws IOException {
        for (NtfsEntry entry : entries) {
            if (entry.type() == type && entry.first() == 0 && entry.name().equals(name)) {
                return Optional.of(load(entry));
            }
        }
        return Optional.empty();
    }

    /** What an attribute without a name holds, if there is one; it is broken if that is more than {@code most} bytes. */
    Optional<NtfsBlock> small(int type, int most) throws IOException {
        Optional<NtfsAttribute> first = first(type, "");
        if (first.isEmpty()) {
            return Optional.empty();
        }
        if (first.get().size() > most) {
            throw broken();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) first.get().size());
        content(first.get(), mft.volume()).read(0, bytes);
        return Optional.of(new NtfsBlock(bytes.flip(), RECORD, base.number()));
    }

    /**
     * What an attribute holds.
     *
     * @param first its first piece
     * @param volume the bytes of the volume, out of a cache or not
     */
    FileContent content(NtfsAttribute first, Bytes volume) throws IOException {
        if (first.resident()) {
            return new SmallContent(first.value().copy());
        }
        NtfsRuns runs = new NtfsRuns(mft.boot());
        for (NtfsEntry entry : pieces(first.type(), first.name())) {
            NtfsAttribute piece = load(entry);
            runs.append(piece.first(), piece.pairs());
        }
        int cluster = mft.boot().cluster();
        long size = first.size();
        if (size > runs.bytes()) {
            throw broken();
        }
        if (!first.compressed() || first.unit() == 0) {
            return new NtfsStream(volume, cluster, runs, size, first.initialized());
        }
        int unit = first.unit() < 16 ? cluster << first.unit() : 0;
        if (unit <= 0 || unit > NtfsCompressed.MOST) {
            throw broken();
        }
        FileContent stored = new NtfsStream(volume, cluster, runs, runs.bytes(), runs.bytes());
        return new NtfsCompressed(stored, runs, cluster, unit, size, first.initialized(), first.bytes());
    }
}
