package org.coffer.engine.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A disk that can be written, held so that nobody else mounts it meanwhile. Several threads may write different ranges at
 * once.
 */
public interface BlockTarget extends BlockSource {
    /**
     * Writes all that remains in {@code src} at {@code position}. Durable only after {@link #flush}.
     *
     * @throws IOException if writing fails in a way that has no words for a user
     */
    void write(long position, ByteBuffer src) throws IOException;

    /**
     * Makes a range read as zeros, as a hole where the disk can hold one.
     *
     * @throws IOException if writing fails in a way that has no words for a user
     */
    void zero(long position, long length) throws IOException;

    /**
     * Returns when everything written so far survives a power cut; what the system remembers of it is dropped where
     * possible, so that the next read comes from the medium.
     *
     * @throws IOException if the medium refuses
     */
    void flush() throws IOException;

    /**
     * Whether whole sectors that were just written are read from the medium at once, and not from what the system
     * remembers of them.
     */
    default boolean readsBack() {
        return false;
    }

    /**
     * Called once after a restore is complete and verified: what describes the disk to the outside is made to fit, that is
     * the second copy of a partition table goes to the end of a larger disk, and the system reads the table again.
     *
     * @param restored bytes from the start that the restore covered
     * @throws IOException if the medium refuses
     */
    void settle(long restored) throws IOException;
}
