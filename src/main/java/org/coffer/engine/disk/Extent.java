package org.coffer.engine.disk;

/**
 * A range of bytes that is allocated, or must be taken as allocated.
 *
 * @param from first byte, at least 0
 * @param to one past the last byte, greater than {@code from}
 */
public record Extent(long from, long to) {
    /** Refuses empty and negative ranges, which would be mistakes of the caller. */
    public Extent {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("no extent: " + from + " to " + to);
        }
    }

    /** Bytes in it. */
    public long length() {
        return to - from;
    }
}
