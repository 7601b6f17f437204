package org.coffer.console.restore;

/**
 * What a comparison of a target with a backup found. For a new file, what will be written.
 *
 * @param compared bytes of the disk that were looked at
 * @param bytes that will be overwritten, or written to a new file
 * @param blocks of 64 KiB that hold these bytes
 */
public record Difference(long compared, long bytes, long blocks) {
    /** Whether the target already is as the backup is. */
    public boolean isNone() {
        return bytes == 0;
    }
}
