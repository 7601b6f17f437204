package org.coffer.console.backup;

import java.util.List;
import java.util.UUID;

/**
 * Backups to be made by hand, one per disk.
 *
 * @param vault where to
 * @param disks which of the vault's disks; empty for all
 * @param name 1 to 64 of Chinese, letters, digits, {@code _} and {@code -}, not beginning with {@code autobk_}; several
 *     disks get {@code -0001}, {@code -0002} … appended
 * @param description at most 255 characters
 * @param full read every allocated block and store copies that share nothing with earlier backups
 */
public record NewBackup(UUID vault, List<UUID> disks, String name, String description, boolean full) {}
