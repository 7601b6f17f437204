package org.coffer.console.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;

/**
 * What somebody wants to know before a restore, besides whether it can be done (S1, S9). {@link Restores#compare} counts the
 * bytes.
 *
 * @param age time since the moment that the backup shows: what was written to the original in it is not in the backup
 * @param untouched the other disks that are attached now and stay as they are, by name
 * @param missing disks with backups in the same vault that are not attached now, and are not made anew
 * @param safetyCopy what is known of the safety copy; empty for a new file, of which none is made
 * @param estimate about how long it takes, by how long reading and writing took before; empty if that was never measured
 */
public record Preview(
        Duration age,
        List<Disk> untouched,
        List<Disk> missing,
        Optional<Safety> safetyCopy,
        Optional<Duration> estimate) {

    /**
     * The safety copy of a disk that is to be overwritten, whether or not one is wanted.
     *
     * @param until how long the restore could be undone if it were made now; empty if an earlier restore did not finish and no
     *     copy of before it is kept: what the disk holds is nothing whole, and nobody would want to go back to it
     * @param kept the copy of an earlier restore that did not finish: the disk holds nothing whole now, so that undoing goes
     *     back to this one, and no other is made. It costs nothing, so it is kept whether or not one is wanted
     * @param refusal why none can be made; it stands in {@link Plan#blocking} too if one is wanted
     *     and the backup itself can be read
     */
    public record Safety(Optional<Instant> until, Optional<Backup> kept, Optional<Problem> refusal) {
        /**
         * How long the restore could be undone.
         *
         * @param wanted whether a safety copy is wanted
         * @return empty if it could not
         */
        public Optional<Instant> undoable(boolean wanted) {
            return until.filter(at -> wanted || kept.isPresent());
        }

        /** Whether a copy is made if one is wanted. */
        public boolean makes() {
            return until.isPresent() && kept.isEmpty();
        }
    }
}
