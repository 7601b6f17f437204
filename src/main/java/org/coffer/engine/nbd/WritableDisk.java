package org.coffer.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A disk that clients may read and write. What one wrote and was answered, all others read. */
public interface WritableDisk extends ReadableDisk {
    /**
     * Writes the remaining bytes of a direct buffer.
     *
     * @throws NoRoomException if there is no room for them
     */
    void write(long position, ByteBuffer src) throws IOException;

    /** Makes a range read as zeros. */
    void zero(long position, long length) throws IOException;

    /** Returns when all writes that were done before would outlive this computer's power. */
    void flush() throws IOException;
}
