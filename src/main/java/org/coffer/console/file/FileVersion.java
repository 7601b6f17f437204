package org.coffer.console.file;

import org.coffer.console.backup.Backup;

/**
 * A state of a file that one or more backups have: of one size, changed last at one time.
 *
 * @param entry as it is in {@link #newest}
 * @param newest the newest of these backups
 * @param backups how many have it
 */
public record FileVersion(FileEntry entry, Backup newest, int backups) {}
