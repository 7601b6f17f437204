package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an XFS would be after the recovery of its log, without writing anything.
 *
 * <p>A disk that was backed up while it was mounted has its latest changes of folders, inodes and maps only in the log. Its
 * transactions are walked twice, as the kernel does at the next mount: once to learn which buffers were given away, whose earlier
 * changes must not come back over what lies there now; then to apply the changes in their order to sectors kept in memory, over which
 * everything is read then. All changes since the oldest record that counts are applied, whether they are in their place already or
 * not: each ends as its last change left it.
 *
 * <p>Checksums are not logged; of what was changed they are made here, as the kernel makes them when it writes. Only a folder's block
 * that lies in several places is logged in parts, for which none can be made: then those of all folders are not looked at.
 *
 * <p>Otherwise than the kernel: what was begun over several transactions (exchanged or shared ranges, freed ones) is left where
 * it is. A log that makes no sense, lies on another disk, was written by a big-endian machine or has more than 512 MiB to say is
 * as good as none, because files as they were some seconds earlier are better than no files.
 *
 * <p>Source: "XFS Algorithms &amp; Data Structures", chapter <i>Journaling Log</i>.
 */
final class XfsReplay {
    private static final long MOST = 512L << 20;
    private static final int MOST_PLACES = 1 << 20;
    private static final int LARGEST_CHUNK = 1 << 20;

    private static final int TRANSACTION = 0x5452414e;
    private static final int INODE = 0x123b;
    private static final int BUFFER = 0x123c;
    private static final int NEW_INODES = 0x123f;

    /** Where what begins with a number has its checksum. */
    private static final Map<Integer, Integer> SUMS =
            Map.of(0x58444233, 4, 0x58444433, 4, 0x424d4133, 64, 0x58534c4d, 12, 0x5841524d, 12, 0x58465342, 224);

    private final XfsSuper layout;
    private final boolean v5;
    private final XfsOverlay overlay;
    private final NavigableMap<XfsLogBuffer.Place, Integer> canceled = new TreeMap<>();
    private final Set<XfsLogBuffer.Place> changed = new LinkedHashSet<>();
    private boolean partly;

    private XfsReplay(XfsSuper layout, Bytes volume) {
        this.layout = layout;
        this.v5 = layout.features().v5();
        this.overlay = new XfsOverlay(volume);
    }

    /** The volume as it would be after its recovery. */
    static XfsDisk over(Bytes volume, XfsSuper layout) throws IOException {
        XfsSuper.Log place = layout.log();
        if (place.start() == 0 || place.blocks() == 0) {
            return new XfsDisk(volume, layout, true);
        }
        Bytes bytes =
                volume.part(layout.place(place.start(), place.blocks(), "log"), place.blocks() << layout.blockLog());
        XfsLog log = new XfsLog(bytes, layout.features().v5());
        XfsReplay replay = new XfsReplay(layout, volume);
        boolean done = pass(log, replay::note) && pass(log, replay::apply) && replay.seal();
        if (!done || replay.overlay.isEmpty()) {
            return new XfsDisk(volume, layout, true);
        }
        return new XfsDisk(replay.overlay, XfsSuper.read(replay.overlay), !replay.partly);
    }

    /** Takes an item's pieces; false if they make no sense. */
    @FunctionalInterface
    private interface Items {
        boolean take(int type, List<ByteBuffer> pieces) throws IOException;
    }

    /** False if there is nothing to be done, or it makes no sense. */
    private static boolean pass(XfsLog log, Items items) throws IOException {
        XfsTransactions transactions = new XfsTransactions(pieces -> split(pieces, items));
        long[] length = {0};
        boolean[] fine = {true};
        log.walk(record -> {
            length[0] += record.data().limit();
            fine[0] = length[0] <= MOST && transactions.take(record);
            return fine[0];
        });
        return fine[0] && !transactions.unmounted();
    }

    /** Buffers and new inodes first, changes of inodes after them, what is given away last. */
    private static boolean split(List<ByteBuffer> pieces, Items items) throws IOException {
        List<List<ByteBuffer>> inodes = new ArrayList<>();
        List<List<ByteBuffer>> last = new ArrayList<>();
        if (pieces.isEmpty()
                || pieces.getFirst().limit() < 4
                || pieces.getFirst().getInt(0) != TRANSACTION) {
            return false;
        }
        int count;
        for (int at = 1; at < pieces.size(); at += count) {
            ByteBuffer format = pieces.get(at);
            count = format.limit() < 4 ? 0 : Short.toUnsignedInt(format.getShort(2));
            if (count == 0 || count > pieces.size() - at) {
                return false;
            }
            List<ByteBuffer> item = pieces.subList(at, at + count);
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

    private static boolean all(int type, List<List<ByteBuffer>> found, Items items) throws IOException {
        for (List<ByteBuffer> item : found) {
            if (!items.take(type, item)) {
                return false;
            }
        }
        return true;
    }

    private boolean note(int type, List<ByteBuffer> pieces) {
        if (type == BUFFER) {
            XfsLogBuffer buffer = new XfsLogBuffer(pieces);
            if (buffer.isCanceled()) {
                canceled.merge(buffer.place(), 1, Integer::sum);
            }
        }
        return canceled.size() <= MOST_PLACES;
    }

    private boolean apply(int type, List<ByteBuffer> pieces) throws IOException {
        return switch (type) {
            case BUFFER -> buffer(new XfsLogBuffer(pieces));
            case INODE -> inode(new XfsLogInode(pieces, v5));
            case NEW_INODES -> newInodes(pieces.getFirst());
            default -> true;
        };
    }

    private boolean buffer(XfsLogBuffer buffer) throws IOException {
        if (buffer.isCanceled()) {
            canceled.computeIfPresent(buffer.place(), (place, count) -> count == 1 ? null : count - 1);
            return true;
        }
        if (canceled.containsKey(buffer.place()) || !buffer.isWanted(v5)) {
            return true;
        }
        if (buffer.place().start() > overlay.size() - buffer.place().length()) {
            return false;
        }
        partly |= buffer.isOfFolder() && buffer.place().length() < 1 << layout.folderLog();
        changed.add(buffer.place());
        return changed.size() <= MOST_PLACES && buffer.write(overlay::write);
    }

    private boolean inode(XfsLogInode logged) throws IOException {
        if (!logged.isSound() || !layout.hasInode(logged.id())) {
            return false;
        }
        if (canceled.containsKey(logged.buffer())) {
            return true;
        }
        long place = layout.inodePlace(logged.id());
        ByteBuffer inode = ByteBuffer.allocate(layout.inodeSize());
        overlay.read(place, inode);
        inode.flip();
        return logged.apply(inode) && write(place, inode, XfsInode.CHECKSUM);
    }

    private boolean write(long place, ByteBuffer bytes, int sum) throws IOException {
        if (v5) {
            XfsSeal.set(bytes, sum);
        }
        return overlay.write(place, bytes);
    }

    /** Inodes that are new have nothing in them but what the log says later. */
    private boolean newInodes(ByteBuffer format) throws IOException {
        if (format.limit() < 24) {
            return false;
        }
        long group = Integer.toUnsignedLong(Integer.reverseBytes(format.getInt(4)));
        long block = Integer.toUnsignedLong(Integer.reverseBytes(format.getInt(8)));
        long blocks = Integer.toUnsignedLong(Integer.reverseBytes(format.getInt(20)));
        long first = group << layout.groupLog() | block;
        if (block >= layout.groupBlocks()
                || !layout.has(first, blocks)
                || blocks > LARGEST_CHUNK >> layout.blockLog()) {
            return false;
        }
        long start = layout.place(first, blocks, "log");
        long end = start + (blocks << layout.blockLog());
        XfsLogBuffer.Place gone = canceled.ceilingKey(XfsLogBuffer.Place.from(start));
        return (gone != null && gone.start() < end) || overlay.write(start, ByteBuffer.allocate((int) (end - start)));
    }

    private static @Nullable Integer sum(ByteBuffer bytes) {
        int attributes = bytes.limit() < 10 ? 0 : Short.toUnsignedInt(bytes.getShort(8));
        return attributes == XfsAttributes.V5_LEAF || attributes == XfsAttributes.V5_NODE
                ? Integer.valueOf(XfsAttributes.CHECKSUM)
                : bytes.limit() < 4 ? null : SUMS.get(bytes.getInt(0));
    }

    private boolean seal() throws IOException {
        if (!v5) {
            return true;
        }
        for (XfsLogBuffer.Place place : changed) {
            ByteBuffer bytes = ByteBuffer.allocate(place.length());
            overlay.read(place.start(), bytes);
            bytes.flip();
            Integer sum = sum(bytes);
            if (sum != null && !write(place.start(), bytes, sum)) {
                return false;
            }
        }
        return true;
    }
}
