package org.coffer.console.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The backups of one disk in one vault, summed up; the trash does not count.
 *
 * @param vault the vault
 * @param disk the disk
 * @param backups how many there are, those in error included
 * @param added what they stored when they were made, bytes
 * @param lastGood the moment of the newest one that can be restored; one dated later than now, under a clock that ran ahead, is
 *     that only where there is no other
 */
public record DiskTotals(UUID vault, UUID disk, int backups, long added, Optional<Instant> lastGood) {}
