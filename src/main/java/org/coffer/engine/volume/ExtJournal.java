package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file system would be after the recovery of its journal, without writing anything.
 *
 * <p>A disk that was backed up while it was mounted has its latest changes of folders, inodes and maps only in the journal: each
 * complete transaction there holds whole blocks that the kernel would copy to their places at the next mount. Here they stay where
 * they are; the journal is read once, at the opening, and a map says which blocks of the volume are to be read from it. Source:
 * the kernel's {@code jbd2} (<i>ext4 Data Structures and Algorithms</i>, Journal).
 *
 * <p>As the kernel does it: transactions count in order, from the one that the journal's superblock names up to the first that has no
 * sound commit; a block that a transaction revokes is not taken from it or from those before. A journal that makes no sense, uses what is
 * not known here, or says more than there is room to note, is {@code files.journal}: without it, an old inode may have blocks that
 * belong to another file now. Otherwise than the kernel: fast commits, which follow the last full one, are not applied; and the checksum
 * of a logged block, where the journal has such, is compared when the block is read, so that one that was not written, or overtaken while it was
 * copied, costs those files only of which it tells.
 *
 * <p>Memory: at most 1 Mi logged blocks are taken (a full journal of 4 GiB), which need 128 MiB, and twice that while it is read; what a
 * journal of the usual size holds needs a few hundred KiB.
 */
final class ExtJournal {
    private static final int MOST = 1 << 20;

    private static final int MAGIC = 0xc03b3998;
    private static final int DESCRIPTOR = 1;
    private static final int COMMIT = 2;
    private static final int REVOKE = 5;

    /** How a fast commit begins, and where it names the transaction that it belongs to. */
    private static final int FAST_HEAD = 9;

    private static final int FAST_NUMBER = 8;

    private static final int ESCAPED = 1;
    private static final int SAME_UUID = 2;
    private static final int LAST = 8;

    private final FileContent log;
    private final ExtLogHeader header;

    /** Blocks of the volume by their place in the log, twice, with 1 added for those whose first four bytes were taken away. */
    private final BlockMap places = new BlockMap();

    /** Of the same blocks, if they are checked: how many transactions after the first, and the checksum in the lower half. */
    private final BlockMap sums = new BlockMap();

    private final List<long[]> logged = new ArrayList<>();
    private final List<Long> revoked = new ArrayList<>();

    /** Whether it says more than there is room to note. */
    private boolean full;

    private ExtJournal(FileContent log, ExtLogHeader header) {
        this.log = log;
        this.header = header;
    }

    /**
     * What was found.
     *
     * @param volume as it would be after its recovery; empty if that changes nothing
     * @param whole whether nothing was left in the journal
     */
    record Recovery(Optional<Bytes> volume, boolean whole) {}

    /**
     * The recovery of a volume.
     *
     * @throws org.coffer.problem.ProblemException {@code files.journal}
     * @param log content of the journal's inode
     * @param blockSize bytes of a block of the volume
     * @param format of the volume, for the case that it cannot be replayed
     */
    static Recovery over(Bytes volume, FileContent log, int blockSize, String format) throws IOException {
        if (log.size() < 2L * blockSize) {
            throw Trouble.unreplayed(format);
        }
        ExtLogHeader header = new ExtLogHeader(block(log, 0, blockSize));
        if (!header.isSound(blockSize, log.size() / blockSize)) {
            throw Trouble.unreplayed(format);
        }
        if (header.start() == 0) {
            return new Recovery(Optional.empty(), true);
        }
        ExtJournal journal = new ExtJournal(log, header);
        int next = journal.walk();
        if (journal.full) {
            throw Trouble.unreplayed(format);
        }
        boolean whole = !journal.hasFastCommit(next);
        return new Recovery(
                journal.places.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Replayed(volume, log, header, journal.places, journal.sums)),
                whole);
    }

    /** Whether a fast commit follows the transaction before this number. */
    private boolean hasFastCommit(int next) throws IOException {
        if (!header.hasFastBlocks()) {
            return false;
        }
        ByteBuffer first = block(log, header.firstFast(), header.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
        return first.getShort(0) == FAST_HEAD && first.getInt(FAST_NUMBER) == next;
    }

    private static ByteBuffer block(FileContent log, long number, int blockSize) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(blockSize);
        log.read(number * blockSize, block);
        return block.flip();
    }

    /** Reads it; returns the number of the first transaction that is not there. */
    private int walk() throws IOException {
        int sequence = header.sequence();
        long at = header.start();
        long all = header.end() - header.first();
        for (long walked = 0; walked < all && !full; walked++) {
            full = walked >= MOST;
            ByteBuffer block = block(log, at, header.blockSize());
            if (block.getInt(0) != MAGIC || block.getInt(8) != sequence) {
                return sequence;
            }
            at = header.next(at);
            switch (block.getInt(4)) {
                case DESCRIPTOR -> {
                    if (!header.isSoundBlock(block)) {
                        return sequence;
                    }
                    int before = logged.size();
                    at = describe(block, at);
                    walked += logged.size() - before;
                }
                case REVOKE -> {
                    if (!header.isSoundBlock(block)) {
                        return sequence;
                    }
                    revoke(block);
                }
                case COMMIT -> {
                    if (!header.isSoundCommit(block)) {
                        return sequence;
                    }
                    complete(sequence);
                    sequence++;
                }
                default -> {
                    return sequence;
                }
            }
        }
        return sequence;
    }

    /** Notes what the blocks after a descriptor are, of which the first lies at {@code at}; returns where the one after them lies. */
    private long describe(ByteBuffer block, long at) {
        long place = at;
        int limit = block.limit() - header.tailLength();
        for (int tag = 12; tag + header.tagLength() <= limit; ) {
            int flags = header.tagFlags(block, tag);
            logged.add(
                    new long[] {header.tagBlock(block, tag), 2 * place + (flags & ESCAPED), header.tagSum(block, tag)});
            place = header.next(place);
            if ((flags & LAST) != 0) {
                break;
            }
            tag += header.tagLength() + ((flags & SAME_UUID) != 0 ? 0 : 16);
        }
        return place;
    }

    private void revoke(ByteBuffer block) {
        int end = Math.min(block.getInt(12), block.limit() - header.tailLength());
        int width = header.has64Bits() ? 8 : 4;
        for (int at = 16; at + width <= end && !full; at += width) {
            full = revoked.size() >= MOST;
            revoked.add(width == 8 ? block.getLong(at) : Integer.toUnsignedLong(block.getInt(at)));
        }
    }

    private void complete(int sequence) {
        long since = (long) (sequence - header.sequence()) << Integer.SIZE;
        for (long[] tag : logged) {
            if (tag[0] < 0) {
                continue;
            }
            places.put(tag[0], tag[1]);
            if (header.isChecked()) {
                sums.put(tag[0], since | tag[2]);
            }
        }
        for (long block : revoked) {
            places.remove(block);
        }
        logged.clear();
        revoked.clear();
    }

    /** A volume of which some blocks are read from its journal. */
    private record Replayed(Bytes volume, FileContent log, ExtLogHeader header, BlockMap places, BlockMap sums)
            implements Bytes {
        @Override
        public long size() {
            return volume.size();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            Objects.checkFromIndexSize(position, into.remaining(), size());
            int blockSize = header.blockSize();
            int limit = into.limit();
            long at = position;
            while (into.position() < limit) {
                long place = places.get(at / blockSize);
                int length = (int) Math.min(limit - into.position(), blockSize - at % blockSize);
                if (place >= 0) {
                    logged(at / blockSize, place, (int) (at % blockSize), length, into);
                } else {
                    while (length < limit - into.position() && places.get((at + length) / blockSize) < 0) {
                        length = Math.min(limit - into.position(), length + blockSize);
                    }
                    into.limit(into.position() + length);
                    volume.read(at, into);
                    into.limit(limit);
                }
                at += length;
            }
        }

        private void logged(long number, long place, int from, int length, ByteBuffer into) throws IOException {
            ByteBuffer block = block(log, place / 2, header.blockSize());
            long sum = sums.get(number);
            int sequence = header.sequence() + (int) (sum >> Integer.SIZE);
            if (sum >= 0 && !header.isLogged(block, sequence, sum & 0xffff_ffffL)) {
                throw Trouble.broken("journal block " + place / 2);
            }
            if (place % 2 == ESCAPED) {
                block.putInt(0, MAGIC);
            }
            into.put(block.slice(from, length));
        }
    }
}
