package org.coffer.console.restore;

import java.io.IOException;
import java.util.Optional;
import org.coffer.console.resource.Disks;
import org.coffer.engine.nbd.BackupDisk;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.volume.Header;
import org.coffer.engine.volume.LastVolume;
import org.coffer.engine.volume.Volume;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Finds out beforehand, from what is in a backup, whether its last file system can use all of a larger target. */
final class Growths {
    /** Leaves kept in memory while looking: tables and beginnings are near each other. */
    private static final int SLOTS = 2;

    private final Disks disks;

    Growths(Disks disks) {
        this.disks = disks;
    }

    /** Whether a plan leaves room at the end of its target. */
    boolean isLarger(Plan plan) {
        return plan.targetDisk().isPresent()
                && plan.targetCapacity() > plan.backup().sizes().capacity();
    }

    /** For a plan that leaves room. */
    Growth of(Plan plan, DiskReader reader) {
        try {
            LastVolume last = LastVolume.on(new BackupDisk(reader, SLOTS), plan.targetCapacity());
            Volume volume = last.volume();
            return disks.ungrowable(volume)
                    .<Growth>map(Growth.Refused::new)
                    .orElseGet(() -> new Growth.Offered(
                            volume.number(), Header.title(volume.content()), volume.size(), last.size()));
        } catch (ProblemException e) {
            return new Growth.Refused(e.problem());
        } catch (IOException e) {
            return new Growth.Refused(Problem.of(
                    "disk.failed", "disk", plan.backup().diskName(), "cause", String.valueOf(e.getMessage())));
        }
    }

    /** Refuses a restore that is to grow and cannot. @throws ProblemException why */
    void possible(Plan plan, Optional<Growth> growth) {
        Growth found = growth.orElseGet(() -> new Growth.Refused(Problem.of("grow.same")));
        if (found instanceof Growth.Refused refused) {
            throw new ProblemException(refused.why());
        }
    }
}
