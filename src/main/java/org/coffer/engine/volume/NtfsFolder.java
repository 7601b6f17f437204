package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.coffer.problem.ProblemException;

/**
 * The names in a folder. They form a tree of index blocks, sorted; here the blocks are read one after the other as they lie there, all
 * that the folder's bitmap says are in use, and the tree's links are not followed: that is faster, and cannot go in circles. Each
 * block says where in the folder it belongs, so one that lies in many places is taken once.
 *
 * <p>The names of sound blocks are handed out even if others are not; then, in the end, it is told. Memory: one block.
 */
final class NtfsFolder {
    private static final String INDEX = "$I30";
    private static final int MAGIC = 'I' | 'N' << 8 | 'D' << 16 | 'X' << 24;
    private static final int MOST_UNSOUND = 16;
    private static final int LEAST = 16;
    private static final int LAST = 2;
    private static final int HEADER = 16;
    private static final int SECTOR = 512;
    private static final int BITS = 4096;

    private final NtfsFile file;
    private final NtfsMft mft;
    private final FileSystem.Names names;
    private int unsound;

    NtfsFolder(NtfsFile file, NtfsMft mft, FileSystem.Names names) {
        this.file = file;
        this.mft = mft;
        this.names = names;
    }

    /** Hands out all names, or as many as are wanted. */
    void read() throws IOException {
        NtfsBlock root = file.first(NtfsAttribute.INDEX_ROOT, INDEX)
                .orElseThrow(file::broken)
                .value();
        boolean large = (root.u8(HEADER + 12) & 1) != 0;
        if (handOut(behind(root, HEADER)) && large) {
            blocks(root.u32(8));
        }
    }

    private void blocks(long size) throws IOException {
        FileContent blocks = content(NtfsAttribute.INDEX_ALLOCATION);
        FileContent bitmap = content(NtfsAttribute.BITMAP);
        // What is in use has its place on the volume: there are no holes.
        if (size > Integer.MAX_VALUE
                || !NtfsFixups.fit((int) size)
                || blocks.size() > mft.volume().size()) {
            throw file.broken();
        }
        long count = Math.min(blocks.size() / size, bitmap.size() * 8);
        for (long from = 0; from < count; from += BITS * 8L) {
            ByteBuffer bits = ByteBuffer.allocate((int) Math.min(BITS, bitmap.size() - from / 8));
            bitmap.read(from / 8, bits);
            for (long block = from; block < Math.min(count, from + bits.limit() * 8L); block++) {
                boolean used = (bits.get((int) (block - from) / 8) >> block % 8 & 1) != 0;
                if (used && !block(blocks, block, (int) size)) {
                    return;
                }
            }
        }
        if (unsound > 0) {
            throw file.broken();
        }
    }

    private FileContent content(int type) throws IOException {
        NtfsAttribute first = file.first(type, INDEX).orElseThrow(file::broken);
        return file.content(first, mft.volume());
    }

    private boolean block(FileContent blocks, long number, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        blocks.read(number * size, bytes);
        NtfsBlock block = new NtfsBlock(bytes.flip(), NtfsFile.RECORD, NtfsReference.number(file.reference()));
        List<Name> found = List.of();
        try {
            found = inBlock(block, number);
        } catch (ProblemException e) {
            unsound++;
            if (unsound == MOST_UNSOUND) {
                throw e;
            }
        }
        return handOut(found);
    }

    private List<Name> inBlock(NtfsBlock block, long number) {
        NtfsFixups.undo(block, MAGIC);
        int cluster = mft.boot().cluster();
        int unit = cluster <= block.size() ? cluster : SECTOR;
        if (block.i64(16) != number * (block.size() / unit)) {
            throw block.broken();
        }
        return behind(block, 24);
    }

    /** The names behind the index header that stands at a place of the block. */
    private List<Name> behind(NtfsBlock block, int header) {
        NtfsBlock entries = block.part(header, block.u32(header + 4));
        List<Name> found = new ArrayList<>();
        long at = entries.u32(0);
        while ((entries.u16(at + 12) & LAST) == 0) {
            int length = entries.u16(at + 8);
            if (length < LEAST) {
                throw block.broken();
            }
            NtfsName name = new NtfsName(entries.part(at + LEAST, entries.u16(at + 10)));
            long reference = entries.i64(at);
            if (!name.isShort() && !NtfsReference.ofSystem(reference) && !name.isDots()) {
                found.add(new Name(name.text(), reference, name.kind()));
            }
            at += length;
        }
        return found;
    }

    private boolean handOut(List<Name> found) throws IOException {
        for (Name name : found) {
            if (!names.take(name)) {
                return false;
            }
        }
        return true;
    }
}
