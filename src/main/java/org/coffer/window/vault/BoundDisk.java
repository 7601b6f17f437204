package org.coffer.window.vault;

import java.time.Instant;
import java.util.Optional;
import org.coffer.console.resource.Disk;

/**
 * A disk bound to a vault, with what the vault holds of it.
 *
 * @param disk the disk
 * @param backups how many backups of it there are here
 * @param stored bytes that they stored when they were made
 * @param lastGood the newest moment that can be restored
 * @param busy whether it is being backed up now
 */
record BoundDisk(Disk disk, int backups, long stored, Optional<Instant> lastGood, boolean busy) {

    String id() {
        return disk.id().toString();
    }
}
