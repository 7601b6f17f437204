package org.coffer.engine.volume;

import java.util.Optional;

/**
 * A place on a disk that may hold a file system.
 *
 * @param number of its partition, from 1; 0 for the whole disk
 * @param start its first byte on the disk
 * @param size bytes
 * @param content what begins there, named as {@link Header#content}; empty when unknown
 */
public record Volume(int number, long start, long size, String content) {
    /** Its bytes on {@code disk}. */
    public Bytes on(Bytes disk) {
        return disk.part(start, size);
    }

    /** Whether its files can be read here. */
    public boolean readable() {
        return Volumes.reader(content).isPresent();
    }

    /** What it is locked with, {@code luks} or {@code bitlocker}. */
    public Optional<String> encryption() {
        return Optional.of(content).filter(found -> found.equals("luks") || found.equals("bitlocker"));
    }
}
