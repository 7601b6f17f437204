package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.coffer.engine.disk.Extent;

/**
 * Reads the entries of a folder in the order in which they lie. The nodes of a hash tree look like blocks with one unused entry, so
 * that a folder with such a tree is read like any other.
 */
final class ExtFolder {
    private static final int PIECE = 128 << 10;
    /** Bytes of which the parts are asked for at once. */
    private static final long WINDOW = 16 << 20;

    private static final long WIDEST = 1 << 30;

    private static final int SMALLEST = 8;
    private static final int PARENT = 4;

    private final ExtSuperblock superblock;
    private final FileSystem.Names names;
    private final String what;

    /** Hands the names to {@code names}; {@code what} is the folder's name for troubles. */
    ExtFolder(ExtSuperblock superblock, FileSystem.Names names, String what) {
        this.superblock = superblock;
        this.names = names;
        this.what = what;
    }

    /** Reads a folder of which a map finds the blocks; holes in it hold no entries. */
    void read(FileContent content) throws IOException {
        int block = superblock.blockSize();
        long end = content.size() / block * block;
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(Math.max(PIECE, block), end));
        long left = superblock.blocks() * block;
        // A window at a time, wider where there is nothing: a folder whose parts lie one on the other may claim any
        // number of them.
        long window = WINDOW;
        for (long from = 0; from < end; ) {
            long to = Math.min(end, from + window);
            List<Extent> found = content.data(from, to);
            if (!found.isEmpty() && window > WINDOW) {
                window = WINDOW;
                from = found.getFirst().from();
                continue;
            }
            for (Extent extent : found) {
                left -= extent.length();
                // Only such a folder has more than there is.
                if (left < 0) {
                    throw Trouble.broken(what);
                }
                if (!read(content, extent, piece)) {
                    return;
                }
            }
            window = found.isEmpty() ? Math.min(WIDEST, 2 * window) : WINDOW;
            from = to;
        }
    }

    private boolean read(FileContent content, Extent extent, ByteBuffer piece) throws IOException {
        for (long at = extent.from(); at < extent.to(); at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), extent.to() - at));
            content.read(at, piece);
            if (!blocks(piece)) {
                return false;
            }
        }
        return true;
    }

    private boolean blocks(ByteBuffer piece) throws IOException {
        int block = superblock.blockSize();
        for (int from = 0; from < piece.limit(); from += block) {
            if (!entries(piece.slice(from, block))) {
                return false;
            }
        }
        return true;
    }

    /** Reads a folder that lies in its inode, of which the first four bytes name its parent. */
    void read(byte[] content) throws IOException {
        entries(ByteBuffer.wrap(content).slice(PARENT, content.length - PARENT));
    }

    private boolean entries(ByteBuffer bytes) throws IOException {
        ByteBuffer entries = bytes.order(ByteOrder.LITTLE_ENDIAN);
        byte[] raw = new byte[entries.limit()];
        entries.get(0, raw);
        int length;
        for (int at = 0; at + SMALLEST <= entries.limit(); at += length) {
            length = length(entries, at);
            int name = nameLength(entries, at);
            if (length < SMALLEST + name || length > entries.limit() - at) {
                throw Trouble.broken(what);
            }
            long inode = Integer.toUnsignedLong(entries.getInt(at));
            boolean counts = inode != 0 && !NameText.isDots(raw, at + SMALLEST, name);
            if (counts && !names.take(new Name(NameText.name(raw, at + SMALLEST, name), inode, kind(entries, at)))) {
                return false;
            }
        }
        return true;
    }

    /** In blocks of 64 KiB, a length does not fit its sixteen bits: it is a multiple of four, and the lower two mean more. */
    private int length(ByteBuffer entries, int at) {
        int length = entries.getShort(at + 4) & 0xffff;
        if (superblock.blockSize() < 1 << 16) {
            return length;
        }
        return length == 0 || length == 0xffff ? 1 << 16 : (length & ~3) | ((length & 3) << 16);
    }

    private int nameLength(ByteBuffer entries, int at) {
        int length = entries.getShort(at + 6) & 0xffff;
        return superblock.hasKindsInFolders() ? length & 0xff : length;
    }

    private NodeKind kind(ByteBuffer entries, int at) {
        return switch (superblock.hasKindsInFolders() ? entries.get(at + 7) : 0) {
            case 1 -> NodeKind.FILE;
            case 2 -> NodeKind.FOLDER;
            case 3, 4, 5, 6 -> NodeKind.SPECIAL;
            case 7 -> NodeKind.LINK;
            default -> NodeKind.UNKNOWN;
        };
    }
}
