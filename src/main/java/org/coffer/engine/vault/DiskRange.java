package org.coffer.engine.vault;

/**
 * A stretch of a disk.
 *
 * @param disk the disk's name in its backup
 * @param from its first byte on the disk
 * @param to the byte after its last one; larger than {@code from}
 */
public record DiskRange(String disk, long from, long to) {
    /** Length in bytes. */
    public long length() {
        return to - from;
    }
}
