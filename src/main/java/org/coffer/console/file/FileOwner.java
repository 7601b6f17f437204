package org.coffer.console.file;

/**
 * Whose a file is, as POSIX has it.
 *
 * @param user number of the user
 * @param group number of the group
 * @param mode the lower twelve bits: rights, set-id bits and the sticky one
 */
public record FileOwner(long user, long group, int mode) {}
