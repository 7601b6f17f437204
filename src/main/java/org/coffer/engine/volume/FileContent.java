package org.coffer.engine.volume;

import java.io.IOException;
import java.util.List;
import org.coffer.engine.disk.Extent;

/** What a file holds. What was never written reads as zeros. Any number of threads may read. */
public interface FileContent extends Bytes {
    /**
     * The parts of a range that were written, in order, without overlap, and within the range; the rest of it are holes. A part that
     * the file system keeps as allocated but not written counts as a hole.
     */
    List<Extent> data(long from, long to) throws IOException;
}
