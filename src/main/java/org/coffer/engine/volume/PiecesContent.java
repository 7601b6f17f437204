package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.coffer.engine.disk.Extent;

/**
 * A content that lies on its volume in pieces, some of which are holes: whoever extends it says which piece a place lies in. Any number
 * of threads may read if that may be asked by any number.
 */
abstract class PiecesContent implements FileContent {
    /** More than that are told as one: no content is read otherwise for it, and no map fills the memory. */
    private static final int MOST_EXTENTS = 1 << 20;

    private static final byte[] ZEROS = new byte[8192];
    /** Where a hole lies. */
    static final long HOLE = -1;

    private final Bytes volume;
    private final long size;

    PiecesContent(Bytes volume, long size) {
        this.volume = volume;
        this.size = size;
    }

    /**
     * A part of the content that lies together.
     *
     * @param to its first byte that does not belong to it
     * @param place on the volume of the byte that was asked for, or {@link #HOLE}
     */
    record Piece(long to, long place) {
        boolean isHole() {
            return place == HOLE;
        }
    }

    /** The piece that a byte of the content lies in; it ends after that. */
    abstract Piece at(long position) throws IOException;

    /** What is thrown if a piece does not lie within the volume. */
    abstract RuntimeException broken();

    @Override
    public final long size() {
        return size;
    }

    @Override
    public final void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size);
        long at = position;
        while (into.hasRemaining()) {
            Piece piece = at(at);
            int length = (int) Math.min(into.remaining(), piece.to - at);
            if (piece.isHole()) {
                zeros(into, length);
            } else {
                stored(piece.place, length, into);
            }
            at += length;
        }
    }

    private void stored(long from, int length, ByteBuffer into) throws IOException {
        if (from > volume.size() - length) {
            throw broken();
        }
        int limit = into.limit();
        into.limit(into.position() + length);
        volume.read(from, into);
        into.limit(limit);
    }

    private static void zeros(ByteBuffer into, int length) {
        for (int left = length; left > 0; left -= ZEROS.length) {
            into.put(ZEROS, 0, Math.min(left, ZEROS.length));
        }
    }

    @Override
    public final List<Extent> data(long from, long to) throws IOException {
        List<Extent> found = new ArrayList<>();
        long end = Math.min(to, size);
        long start = -1;
        for (long at = from; at < end; ) {
            Piece piece = at(at);
            if (piece.isHole()) {
                add(found, start, at);
                start = -1;
            } else if (start < 0) {
                start = at;
            }
            at = Math.min(end, piece.to);
            if (found.size() == MOST_EXTENTS - 1) {
                start = start < 0 ? at : start;
                break;
            }
        }
        add(found, start, end);
        return List.copyOf(found);
    }

    private static void add(List<Extent> found, long start, long end) {
        if (start >= 0 && start < end) {
            found.add(new Extent(start, end));
        }
    }
}
