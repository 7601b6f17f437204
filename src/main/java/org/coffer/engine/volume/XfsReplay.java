package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What an XFS would be after the recovery of its log, without writing anything.
 *
 * <p>A disk that was backed up while it was mounted has its latest changes of folders, inodes and maps only in the log. Its
 * transactions are walked twice, as the kernel does at the next mount: once to learn which buffers were given away, whose earlier
 * changes must not come back over what lies there now; then to note, in their order, where in the log each piece has its last
 * change ({@link XfsLogged}). All changes since the oldest record that counts are taken, whether they are in their place already or
 * not: each ends as its last change left it. Inodes that are new are not made empty first, as nothing names one of which the log says
 * nothing.
 *
 * <p>Checksums are not logged: those of blocks that the log changed are not looked at.
 *
 * <p>All of it or nothing: without its log, an old inode may have blocks that belong to another file now, so a log that makes no
 * sense here, was written by a big-endian machine, or changed more than there is room to note, is {@code files.journal}. Otherwise than
 * the kernel, what was begun over several transactions and not ended is left where it is: freed ranges, which nobody reads, and
 * ranges that were being exchanged or shared and attributes that were being set; of these {@link Recovery#whole} tells.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>Journaling Log</i>.
 */
final class XfsReplay {
    /** Bytes of the largest log there can be. */
    private static final long LARGEST = 2L << 30;

    private static final int MOST_CANCELED = 2 << 20;
    private static final int MOST_INTENTS = 1 << 16;

    private static final int TRANSACTION = 0x5452414e;
    private static final int FIRST_TYPE = 0x1236;
    private static final int INODE = 0x123b;
    private static final int BUFFER = 0x123c;
    private static final int LAST_TYPE = 0x124f;

    /** What is begun and ended by items of their own, by the type of those that begin it; the others follow them by one. */
    private static final int MAPPING = 0x1244;

    private static final int ATTRIBUTE = 0x1246;
    private static final int EXCHANGE = 0x1248;

    private final XfsSuper layout;
    private final boolean v5;
    private final XfsLogged logged;
    private final BlockMap canceled = new BlockMap();
    private final Set<Long> intents = new HashSet<>();

    private XfsReplay(XfsSuper layout, XfsLogged logged) {
        this.layout = layout;
        this.v5 = layout.features().v5();
        this.logged = logged;
    }

    /**
     * What was found.
     *
     * @param disk the volume as it would be after its recovery
     * @param whole whether nothing was left in the log, as far as can be known
     */
    record Recovery(XfsDisk disk, boolean whole) {}

    /**
     * The recovery of a volume.
     *
     * @param most how many pieces and inodes the log may have changed, as {@link XfsLogged#MOST}
     * @throws org.coffer.problem.ProblemException {@code files.journal} if it cannot be replayed
     */
    static Recovery over(Bytes volume, XfsSuper layout, int most) throws IOException {
        XfsSuper.Log place = layout.log();
        Recovery asItLies = new Recovery(new XfsDisk(volume, layout, Optional.empty()), place.start() != 0);
        if (place.start() == 0) {
            return asItLies;
        }
        if (!layout.has(place.start(), place.blocks()) || place.blocks() << layout.blockLog() > LARGEST) {
            throw Trouble.broken("log");
        }
        Bytes bytes =
                volume.part(layout.place(place.start(), place.blocks(), "log"), place.blocks() << layout.blockLog());
        XfsLog log = new XfsLog(bytes, layout.features().v5());
        XfsLogRecords records = new XfsLogRecords(bytes, layout.features().v5());
        XfsLogged logged = new XfsLogged(volume, records, layout, most);
        XfsReplay replay = new XfsReplay(layout, logged);
        if (pass(log, record -> 0, replay::note) || pass(log, records::add, replay::apply) || logged.isEmpty()) {
            return asItLies;
        }
        XfsSuper recovered = XfsSuper.read(logged, !logged.isChanged(0, XfsSuper.LENGTH));
        return new Recovery(new XfsDisk(logged, recovered, Optional.of(logged)), replay.intents.isEmpty());
    }

    /** Takes an item's pieces; false if they make no sense. */
    @FunctionalInterface
    private interface Items {
        boolean take(int type, List<XfsLogPiece> pieces);
    }

    /** True if there is nothing to be done, as the file system was let go as it should be. */
    private static boolean pass(XfsLog log, ToLongFunction<XfsLogRecord> place, Items items) throws IOException {
        XfsTransactions transactions = new XfsTransactions(pieces -> split(pieces, items));
        if (!log.walk(record -> transactions.take(record, place.applyAsLong(record)))) {
            throw Trouble.unreplayed("xfs");
        }
        return transactions.unmounted();
    }

    /** Buffers first, changes of inodes after them, what is given away last. */
    private static boolean split(List<XfsLogPiece> pieces, Items items) {
        List<List<XfsLogPiece>> inodes = new ArrayList<>();
        List<List<XfsLogPiece>> last = new ArrayList<>();
        if (pieces.isEmpty()
                || pieces.getFirst().bytes().limit() < 4
                || pieces.getFirst().bytes().getInt(0) != TRANSACTION) {
            return false;
        }
        int count;
        for (int at = 1; at < pieces.size(); at += count) {
            ByteBuffer format = pieces.get(at).bytes();
            count = format.limit() < 4 ? 0 : Short.toUnsignedInt(format.getShort(2));
            if (count == 0 || count > pieces.size() - at) {
                return false;
            }
            List<XfsLogPiece> item = pieces.subList(at, at + count);
            int type = Short.toUnsignedInt(format.getShort(0));
            if (type == INODE) {
                inodes.add(item);
            } else if (type == BUFFER && !new XfsLogBuffer(item).isSound()) {
                return false;
            } else if (type == BUFFER && new XfsLogBuffer(item).isCanceled()) {
                last.add(item);
            } else if (!items.take(type, item)) {
                return false;
            }
        }
        return all(INODE, inodes, items) && all(BUFFER, last, items);
    }

    private static boolean all(int type, List<List<XfsLogPiece>> found, Items items) {
        for (List<XfsLogPiece> item : found) {
            if (!items.take(type, item)) {
                return false;
            }
        }
        return true;
    }

    private boolean note(int type, List<XfsLogPiece> pieces) {
        if (type == BUFFER) {
            XfsLogBuffer buffer = new XfsLogBuffer(pieces);
            if (buffer.isCanceled()) {
                long key = buffer.place().key();
                canceled.put(key, Math.max(0, canceled.get(key)) + 1);
            }
        }
        return canceled.used() <= MOST_CANCELED;
    }

    private boolean apply(int type, List<XfsLogPiece> pieces) {
        return switch (type) {
            case BUFFER -> buffer(new XfsLogBuffer(pieces));
            case INODE -> inode(pieces);
            case MAPPING, ATTRIBUTE, EXCHANGE -> intent(pieces, true);
            case MAPPING + 1, ATTRIBUTE + 1, EXCHANGE + 1 -> intent(pieces, false);
            default -> type >= FIRST_TYPE && type <= LAST_TYPE;
        };
    }

    private boolean isCanceled(XfsLogBuffer.Place place) {
        return place.isSound() && canceled.get(place.key()) > 0;
    }

    private boolean buffer(XfsLogBuffer buffer) {
        if (buffer.isCanceled()) {
            long key = buffer.place().key();
            long left = canceled.get(key) - 1;
            if (left > 0) {
                canceled.put(key, left);
            } else {
                canceled.remove(key);
            }
            return true;
        }
        if (isCanceled(buffer.place()) || !buffer.isWanted(v5)) {
            return true;
        }
        if (buffer.place().start() > logged.size() - buffer.place().length()) {
            return false;
        }
        return buffer.write((position, piece, length) -> logged.change(position, piece, 0, length)) && logged.fits();
    }

    private boolean inode(List<XfsLogPiece> pieces) {
        XfsLogInode inode =
                new XfsLogInode(pieces.stream().map(XfsLogPiece::bytes).toList(), v5);
        if (!inode.isSound() || !layout.hasInode(inode.id())) {
            return false;
        }
        if (!isCanceled(inode.buffer())) {
            logged.change(layout.inodePlace(inode.id()), pieces, inode);
        }
        return logged.fits();
    }

    /** What is begun has a number, by which it is ended. */
    private boolean intent(List<XfsLogPiece> pieces, boolean begun) {
        ByteBuffer format = pieces.getFirst().bytes();
        if (format.limit() < 16) {
            return false;
        }
        if (begun) {
            intents.add(format.getLong(8));
        } else {
            intents.remove(format.getLong(8));
        }
        return intents.size() <= MOST_INTENTS;
    }
}
