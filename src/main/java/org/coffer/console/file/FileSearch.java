package org.coffer.console.file;

import java.util.UUID;

/**
 * A search for files by their names.
 *
 * @param within which backups
 * @param text part of the name, in any case; with {@code *} (anything) or {@code ?} (one character) in it, the whole name
 * @param most how many places are found at most, 1 to {@value #MOST}; the search ends when there are more
 */
public record FileSearch(Scope within, String text, int most) {
    /** More places than these are never found. */
    public static final int MOST = 10_000;

    /** Which backups are looked into. */
    public sealed interface Scope {
        /** One backup. */
        record One(UUID backup) implements Scope {}

        /** All of a disk, the newest first. */
        record OfDisk(UUID disk) implements Scope {}

        /** All of all disks: the newest of each disk first, then the next older ones. */
        record All() implements Scope {}
    }

    /** The usual search: up to 1,000 places. */
    public static FileSearch of(Scope within, String text) {
        return new FileSearch(within, text, 1_000);
    }
}
