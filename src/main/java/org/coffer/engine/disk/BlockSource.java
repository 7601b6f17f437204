package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A disk that can be read: a device, an image, later a snapshot. All methods but {@link #close} may be called by several
 * threads at once.
 *
 * <p>Trouble a user can act on comes as a {@link org.coffer.problem.ProblemException}: {@code disk.read} (with the
 * place) when the medium reports errors, {@code disk.lost} when the disk went away, {@code disk.shrunk} when its end did.
 */
public interface BlockSource extends AutoCloseable {
    /** Bytes that can be read; fixed at the moment the source was opened. */
    long size();

    /** What a message calls the disk. */
    String name();

    /**
     * Fills the remaining room of {@code dst} with the bytes from {@code position} on. A direct buffer whose memory
     * begins on a page is read into without copying.
     *
     * @throws IOException if reading fails in a way that has no words for a user
     */
    void read(long position, ByteBuffer dst) throws IOException;

    /**
     * Whether a range, or nearly all of it, lies in memory already, so that many small reads cost no more than one.
     * False where that cannot be known.
     */
    default boolean isInMemory(long position, int length) {
        return false;
    }

    /**
     * The allocated ranges between {@code from} and {@code to}, in order, cut to that window. What lies outside them reads
     * as zeros. The whole window where holes cannot be known.
     *
     * @throws IOException if asking fails in a way that has no words for a user
     */
    List<Extent> data(long from, long to) throws IOException;

    /**
     * Looks at the disk again.
     *
     * @return its size now in bytes: {@link #size} or more
     * @throws org.coffer.problem.ProblemException {@code disk.lost} if it is gone, {@code disk.shrunk} if it became smaller
     */
    long check();

    /** Lets go of the disk. */
    @Override
    void close();
}
