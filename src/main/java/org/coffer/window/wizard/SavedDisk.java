package org.coffer.window.wizard;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.resource.Disk;

/**
 * A disk of which there are backups.
 *
 * @param id its ID
 * @param name what it is called, or was when it was last backed up
 * @param role what it is used for
 * @param capacity bytes
 * @param attached whether it is there now
 * @param backups how many backups there are of it, those included that cannot be used
 * @param newest the moment of the newest one that can
 */
record SavedDisk(
        UUID id, String name, Disk.Role role, long capacity, boolean attached, int backups, Optional<Instant> newest) {}
