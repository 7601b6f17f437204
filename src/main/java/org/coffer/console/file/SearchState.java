package org.coffer.console.file;

import java.util.List;
import org.coffer.problem.Problem;

/**
 * How far a search is.
 *
 * @param looked backups looked into
 * @param backups backups there are to look into
 * @param names names looked at so far, in all backups
 * @param hits places found
 * @param full whether it ended because there were more places than wanted
 * @param damaged folders, volumes and backups that could not be looked into
 * @param problems why, of the first of them: at most {@value #NAMED}
 */
public record SearchState(
        int looked, int backups, long names, int hits, boolean full, long damaged, List<Trouble> problems) {
    /** So many of the places that could not be looked into are named. */
    public static final int NAMED = 20;

    /**
     * A place that could not be looked into.
     *
     * @param backup the backup's name
     * @param place a folder's or volume's path in it, as {@link FilePath#text}; empty for the whole backup
     * @param problem why
     */
    public record Trouble(String backup, String place, Problem problem) {}

    /** Keeps a copy of {@code problems}. */
    public SearchState {
        problems = List.copyOf(problems);
    }
}
