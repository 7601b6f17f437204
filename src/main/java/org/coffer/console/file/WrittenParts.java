package org.coffer.console.file;

import java.io.IOException;
import java.util.List;
import org.coffer.engine.disk.Extent;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.work.Work;

/**
 * Goes through what of a file was written, in order. A window at a time, so that a file in millions of parts takes little memory; as
 * long as there is nothing, each is twice as wide as the one before, because a broken or hostile file system may give a file any size
 * that fits a long: all of that takes a few dozen windows.
 */
final class WrittenParts {
    /** Bytes of a file whose parts are asked for at once. */
    static final long WINDOW = 1L << 30;

    private WrittenParts() {}

    /** Takes parts one by one. */
    @FunctionalInterface
    interface Parts<E extends Exception> {
        void take(Extent part) throws E;
    }

    /**
     * Hands out the parts of a content.
     *
     * @throws org.coffer.problem.ProblemException if it cannot be read
     * @throws E of the taker
     */
    static <E extends Exception> void walk(FileContent content, Work work, Parts<E> parts) throws E {
        long size = content.size();
        long window = WINDOW;
        for (long at = 0; at < size; ) {
            work.checkpoint();
            long from = at;
            long to = size - at > window ? at + window : size;
            List<Extent> found = Readings.read(() -> content.data(from, to));
            if (found.isEmpty()) {
                at = to;
                window = Math.max(window, 2 * window);
            } else if (window > WINDOW) {
                at = found.getFirst().from();
                window = WINDOW;
            } else {
                for (Extent part : found) {
                    parts.take(part);
                }
                at = to;
            }
        }
    }

    /** How many bytes were written. */
    static long bytes(FileContent content, Work work) throws IOException {
        long[] sum = new long[1];
        walk(content, work, part -> sum[0] += part.length());
        return sum[0];
    }
}
