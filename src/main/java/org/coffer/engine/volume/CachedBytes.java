package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Bytes whose pieces that were read last are kept, for readers that ask for many small things near each other: inodes, records,
 * nodes of trees, entries of tables.
 *
 * <p>Pieces lie at multiples of their length. At most {@code most} of them are kept, with the defaults 4 MiB; the one that was not
 * used for longest goes first. A read of more than {@link #LARGE} pieces passes by, so that contents of files do not drive out
 * what is needed again. Any number of threads may read; two that miss the same piece at the same time both read it.
 */
final class CachedBytes implements Bytes {
    /** Bytes of a piece, unless said otherwise. */
    static final int PIECE = 16 << 10;

    /** How many pieces are kept, unless said otherwise. */
    static final int MOST = 256;

    private static final int LARGE = 4;

    private final Bytes source;
    private final int piece;
    private final Map<Long, byte[]> kept;

    /** Keeps {@link #MOST} pieces of {@link #PIECE} bytes. */
    CachedBytes(Bytes source) {
        this(source, PIECE, MOST);
    }

    CachedBytes(Bytes source, int piece, int most) {
        this.source = source;
        this.piece = piece;
        this.kept = new Recent(most);
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void read(long position, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(position, into.remaining(), size());
        if (into.remaining() > (long) LARGE * piece) {
            source.read(position, into);
            return;
        }
        long at = position;
        while (into.hasRemaining()) {
            byte[] bytes = piece(at / piece);
            int within = (int) (at % piece);
            int length = Math.min(into.remaining(), bytes.length - within);
            into.put(bytes, within, length);
            at += length;
        }
    }

    /**
     * A few bytes in a buffer of their own, little-endian, from 0 on.
     *
     * @param what they are, for the {@code files.broken} that is thrown if they do not lie within
     */
    ByteBuffer at(long position, int length, String what) throws IOException {
        if (position < 0 || position > size() - length) {
            throw Trouble.broken(what);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        read(position, bytes);
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] piece(long number) throws IOException {
        synchronized (kept) {
            byte[] found = kept.get(number);
            if (found != null) {
                return found;
            }
        }
        long from = number * piece;
        byte[] read = new byte[(int) Math.min(piece, size() - from)];
        source.read(from, ByteBuffer.wrap(read));
        synchronized (kept) {
            kept.put(number, read);
        }
        return read;
    }

    /** Forgets what was not used for longest. */
    private static final class Recent extends LinkedHashMap<Long, byte[]> {
        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > most;
        }
    }
}
