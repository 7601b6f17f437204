package org.coffer.console.restore;

import java.util.UUID;

/**
 * A restore to be made.
 *
 * @param backup which backup
 * @param target where to
 * @param verify read everything back afterwards and compare it with the backup's hashes
 * @param safetyCopy before a disk is overwritten, back it up into the backup's vault, so that the restore can be undone (S8);
 *     means nothing for a new file
 * @param grow after it was verified, let what comes last on a larger disk use all of it (S1)
 */
public record NewRestore(UUID backup, Target target, boolean verify, boolean safetyCopy, boolean grow) {
    /** The same without growing anything. */
    public NewRestore(UUID backup, Target target, boolean verify, boolean safetyCopy) {
        this(backup, target, verify, safetyCopy, false);
    }

    /** The same as a rule: with a safety copy where something is overwritten. */
    public NewRestore(UUID backup, Target target, boolean verify) {
        this(backup, target, verify, !(target instanceof Target.NewFile));
    }
}
