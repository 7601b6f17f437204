package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A disk that clients may read. Positions and lengths are bytes and lie within the disk: whoever calls has checked that.
 * All methods may be called by several threads at once; what overlaps in time has no order.
 *
 * <p>Trouble comes as a {@link org.coffer.problem.ProblemException} or an {@link IOException}; nothing is handed out then
 * that was not checked.
 */
public interface ReadableDisk extends AutoCloseable {
    /** Exact size in bytes. */
    long size();

    /**
     * Makes sure that a range can be read, and that reading it soon is quick: an answer whose head is sent cannot become an
     * error any more.
     */
    void prepare(long position, int length) throws IOException;

    /** Fills the remaining room of a direct buffer with the bytes from {@code position} on. */
    void read(long position, ByteBuffer dst) throws IOException;

    /** Takes pieces of a range in order. */
    @FunctionalInterface
    interface Pieces {
        /** Takes a piece of {@code length} bytes, which follows the one before; false if it was not taken, nor will be any after it. */
        boolean add(long length, Allocation allocation);
    }

    /** Says what a range is, as far as the map knows; it may stop early. Neighbouring pieces may be alike. */
    void allocation(long position, long length, Pieces pieces) throws IOException;

    @Override
    void close();
}
