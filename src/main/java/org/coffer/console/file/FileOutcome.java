package org.coffer.console.file;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a restore of files has done, or did until it ended.
 *
 * @param all files and links that were asked for, with all that is in folders; empty if that could not be counted: something could not
 *     be looked into, or it ended before
 * @param restored files and links that are there now
 * @param folders folders that were made
 * @param bytes what was written
 * @param skipped what was left because its name was taken, or because it is a device, a pipe or a socket
 * @param renamed what got another name because its own was taken
 * @param failed what could not be restored itself; what a restore that ended early did not come to is not among it
 * @param ownersKept whether all owners were kept; false too if this user may not, or the target keeps none
 * @param rightsKept whether the target keeps who may read and write which file
 * @param attributesKept whether all extended attributes, lists of rights and flags of Windows were kept; false too if the target
 *     cannot hold them, or they could not be read
 * @param lastSecondsMissing whether a disk they came from was in use when it was backed up, and what was changed on it in the last
 *     seconds before may be missing or wrong
 * @param renames new places of the first renamed, at the target: at most {@value #NAMED}
 * @param kept the folders that what was replaced was moved to, one beside each place that files went to: at most {@value #NAMED}
 * @param failures the first that failed: at most {@value #NAMED}
 * @param target the folder that the first of them went to
 */
public record FileOutcome(
        OptionalLong all,
        long restored,
        long folders,
        long bytes,
        long skipped,
        long renamed,
        long failed,
        boolean ownersKept,
        boolean rightsKept,
        boolean attributesKept,
        boolean lastSecondsMissing,
        List<String> renames,
        List<String> kept,
        List<FileFailure> failures,
        String target) {
    /** So many are named. */
    public static final int NAMED = 100;

    /** Keeps copies of the lists. */
    public FileOutcome {
        renames = List.copyOf(renames);
        kept = List.copyOf(kept);
        failures = List.copyOf(failures);
    }
}
