package org.coffer.engine.volume;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that can be read at any place: a disk, or a part of one. Any number of threads may read.
 *
 * <p>Nothing comes out that was not checked: trouble is a {@link org.coffer.problem.ProblemException} such as
 * {@code vault.damaged}, or an {@link IOException}.
 */
public interface Bytes {
    /** How many there are; at least 0. */
    long size();

    /**
     * Fills the remaining room of {@code into} with the bytes from {@code position} on.
     *
     * @throws IndexOutOfBoundsException if that many bytes are not there
     */
    void read(long position, ByteBuffer into) throws IOException;

    /**
     * A part as bytes of its own.
     *
     * @throws IndexOutOfBoundsException if it does not lie within
     */
    default Bytes part(long from, long length) {
        return new Span(this, from, length);
    }
}
