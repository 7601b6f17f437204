package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The files of FAT12, FAT16 and FAT32 with long names.
 *
 * <p>FAT numbers no files: the number of one is where its entry lies, in entries from the start of the volume; that of the topmost folder,
 * which has none, is 0. Its times are those of the clock on the wall where they were written, without a zone; they are read in
 * a zone that is given, which is right if the disk was written in it.
 *
 * <p>It keeps no journal: what was in use when it was copied is read as it lay there. Whether it was is told by a mark in the table, which
 * Windows clears, and one in the boot sector, which Linux sets, until it is let go.
 */
final class FatFileSystem implements FileSystem {
    /** Most entries of a folder times the bytes of one. */
    private static final int LONGEST_FOLDER = 65536 * FatEntry.LENGTH;

    private static final int CLEAN_16 = 0x8000;
    private static final int CLEAN_32 = 0x0800_0000;

    private final Bytes volume;
    private final CachedBytes pieces;
    private final FatLayout layout;
    private final ZoneId zone;
    private final String label;
    private final boolean inUse;

    private FatFileSystem(Bytes volume, FatLayout layout, ZoneId zone) throws IOException {
        this.volume = volume;
        this.pieces = new CachedBytes(volume);
        this.layout = layout;
        this.zone = zone;
        String[] found = {layout.label()};
        entries(0, (entry, place) -> {
            if (!entry.isLabel() || entry.isDeleted()) {
                return true;
            }
            found[0] = entry.label();
            return false;
        });
        this.label = found[0];
        this.inUse = layout.marked() || isMarked();
    }

    /** Opens one, as {@link Volumes.Reader} says; its times are taken as of that zone. */
    static FileSystem open(Bytes volume, ZoneId zone) throws IOException {
        return new FatFileSystem(volume, FatLayout.of(volume), zone);
    }

    /** The second entry of the table, which no cluster has, carries the mark; where entries have 12 bits there is no room for it. */
    private boolean isMarked() throws IOException {
        return switch (layout.bits()) {
            case 16 ->
                (pieces.at(layout.table() + 2, 2, "table")
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .getShort(0)
                                & CLEAN_16)
                        == 0;
            case 32 ->
                (pieces.at(layout.table() + 4, 4, "table")
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .getInt(0)
                                & CLEAN_32)
                        == 0;
            default -> false;
        };
    }

    @Override
    public boolean lacksLastSeconds() {
        return inUse;
    }

    @Override
    public String format() {
        return "vfat";
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Node root() {
        return new Node(0, NodeKind.FOLDER, 0, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(), 1);
    }

    @Override
    public Node node(Name name) throws IOException {
        FatEntry entry = entry(name.id());
        return new Node(
                name.id(),
                entry.isFolder() ? NodeKind.FOLDER : NodeKind.FILE,
                entry.isFolder() ? 0 : entry.size(),
                entry.modified(zone),
                entry.accessed(zone),
                entry.created(zone),
                Optional.empty(),
                1);
    }

    @Override
    public void names(Node folder, Names names) throws IOException {
        FatLongName gathered = new FatLongName();
        entries(folder.id(), (entry, place) -> {
            if (entry.isDeleted() || entry.isLabel()) {
                gathered.clear();
                return true;
            }
            if (entry.isPieceOfName()) {
                gathered.take(entry);
                return true;
            }
            String text =
                    Utf16Text.of(gathered.of(entry).filter(it -> !isDots(it)).orElseGet(entry::shortName), "/\0");
            NodeKind kind = entry.isFolder() ? NodeKind.FOLDER : NodeKind.FILE;
            return isDots(text) || names.take(new Name(text, place / FatEntry.LENGTH, kind));
        });
    }

    private static boolean isDots(String name) {
        return name.isEmpty() || name.equals(".") || name.equals("..");
    }

    @Override
    public FileContent open(Node file) throws IOException {
        FatEntry entry = entry(file.id());
        String what = "entry " + file.id();
        if (entry.isFolder()) {
            throw new IllegalArgumentException("no file: " + file);
        }
        long wanted = (entry.size() + layout.clusterSize() - 1) / layout.clusterSize();
        FatChain chain = FatChain.follow(layout, pieces, entry.cluster(layout.bits()), wanted, what);
        if (chain.size() < entry.size()) {
            throw Trouble.broken(what);
        }
        return new FatContent(volume, chain, entry.size());
    }

    @Override
    public FileAttributes attributes(Node node) throws IOException {
        return node.id() == 0
                ? FileAttributes.NONE
                : DosFlags.attributes(entry(node.id()).flags());
    }

    @Override
    public String target(Node link) {
        throw new IllegalArgumentException("FAT has no links: " + link);
    }

    private FatEntry entry(long id) throws IOException {
        String what = "entry " + id;
        if (id <= 0 || id > volume.size() / FatEntry.LENGTH) {
            throw Trouble.broken(what);
        }
        return new FatEntry(pieces.at(id * FatEntry.LENGTH, FatEntry.LENGTH, what));
    }

    /** Takes entries one by one. */
    @FunctionalInterface
    private interface Entries {
        /** Takes an entry and where it lies; false for no more of them. */
        boolean take(FatEntry entry, long place) throws IOException;
    }

    private void entries(long folder, Entries entries) throws IOException {
        if (folder == 0 && layout.bits() != 32) {
            entries(layout.rootFrom(), layout.rootLength(), entries);
            return;
        }
        String what = "entry " + folder;
        long first = folder == 0 ? layout.rootCluster() : entry(folder).cluster(layout.bits());
        long most = LONGEST_FOLDER / layout.clusterSize() + 1L;
        FatChain chain = FatChain.follow(layout, pieces, first, most, what);
        if (chain.size() == 0 || chain.size() > Math.max(LONGEST_FOLDER, layout.clusterSize())) {
            throw Trouble.broken(what);
        }
        for (long at = 0; at < chain.size(); ) {
            long length = chain.straight(at);
            if (!entries(chain.place(at), (int) length, entries)) {
                return;
            }
            at += length;
        }
    }

    private boolean entries(long from, int length, Entries entries) throws IOException {
        if (from > volume.size() - length) {
            throw Trouble.broken("folder at " + from);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        volume.read(from, bytes);
        for (int at = 0; at + FatEntry.LENGTH <= length; at += FatEntry.LENGTH) {
            FatEntry entry = new FatEntry(bytes.slice(at, FatEntry.LENGTH).order(ByteOrder.LITTLE_ENDIAN));
            if (entry.isEnd() || !entries.take(entry, from + at)) {
                return false;
            }
        }
        return true;
    }
}
