package org.coffer.engine.disk;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.coffer.engine.vault.DiskReader;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;

/** Tells before a restore what it would change, without changing anything. */
public final class DiskCompare {
    /**
     * What would be done to a disk to make it as the backup is.
     *
     * @param size bytes of the backup's disk
     * @param toWrite bytes that would be written
     * @param toZero bytes that would be made zero
     * @param blocks that hold these bytes
     */
    public record Difference(long size, long toWrite, long toZero, long blocks) {
        /** Whether the disk already is as the backup is. */
        public boolean isNone() {
            return toWrite == 0 && toZero == 0;
        }
    }

    private DiskCompare() {}

    /**
     * Compares; what lies beyond the end of the disk counts as to be written where the backup has data. Runs in stage
     * {@link Stage#COMPARING}.
     *
     * @throws ProblemException {@code restore.small}, {@code disk.read}, {@code disk.lost}, {@code disk.shrunk}, or of the vault
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    public static Difference run(DiskReader backup, BlockSource disk, Work work) throws IOException {
        DiskRestore.refuseSmaller(backup, disk);
        work.stage(Stage.COMPARING);
        work.expect(backup.size());
        AtomicLong next = new AtomicLong();
        LongAdder toWrite = new LongAdder();
        LongAdder toZero = new LongAdder();
        LongAdder blocks = new LongAdder();
        DiskBackup.Options options = DiskBackup.Options.standard();
        try {
            Crew.run(options.threads(), options.eachThread(), work, () -> {
                LeafDifference difference = new LeafDifference(backup, disk, DiskBackup.buffer());
                return () -> {
                    long leaf = next.getAndIncrement();
                    if (leaf >= backup.leaves()) {
                        return false;
                    }
                    difference.look(leaf);
                    disk.check();
                    toWrite.add(difference.bytes(leaf, difference.toWrite()));
                    toZero.add(difference.bytes(leaf, difference.toZero()));
                    blocks.add((long) difference.toWrite().cardinality()
                            + difference.toZero().cardinality());
                    work.advance(difference.length(leaf));
                    return true;
                };
            });
        } catch (ProblemException e) {
            throw DiskBackup.withProgress(e, work);
        }
        return new Difference(backup.size(), toWrite.sum(), toZero.sum(), blocks.sum());
    }
}
