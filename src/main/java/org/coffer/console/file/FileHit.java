package org.coffer.console.file;

import java.util.List;
import java.util.UUID;

/**
 * A place that a search found, with what was there in the backups looked into so far.
 *
 * @param disk the disk whose backups have it
 * @param diskName that disk's name in the newest of them
 * @param path where it lies
 * @param versions its distinct states, that of the newest backup first; at least one
 */
public record FileHit(UUID disk, String diskName, FilePath path, List<FileVersion> versions) {
    /** Keeps a copy of {@code versions}. */
    public FileHit {
        versions = List.copyOf(versions);
    }

    /** What makes two hits one place. */
    public Key key() {
        return new Key(disk, path);
    }

    /** A place on a disk. */
    public record Key(UUID disk, FilePath path) {}

    /** The state that the newest backup has. */
    public FileVersion newest() {
        return versions.getFirst();
    }
}
