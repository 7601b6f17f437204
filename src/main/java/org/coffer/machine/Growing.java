package org.coffer.machine;

import java.io.IOException;
import java.util.Optional;
import org.coffer.engine.disk.BlockTarget;
import org.coffer.engine.volume.LastVolume;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;

/** Lets the last file system of a disk use all of it, by the system's own tools. */
public interface Growing {
    /**
     * Why it cannot be done here: {@code grow.system}, {@code grow.tools}, {@code grow.rights}; empty if it can.
     *
     * @param volume what lies last on a disk
     */
    Optional<Problem> whyNot(Volume volume);

    /**
     * Has the file system checked, moves the end of its partition, grows it, and has it checked again. When this fails, what is on the
     * disk is neither as it was nor of use: whoever calls puts it back.
     *
     * @param held the same disk, held by the caller, its table fitting its size
     * @param work can be canceled; takes no notice of a pause before a tool has ended
     * @return bytes that the file system has now
     * @throws org.coffer.problem.ProblemException {@code grow.failed}; nothing runs any more that writes to the disk
     * @throws IOException if something may still write to it, or it cannot be read
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    long grow(FoundDisk disk, BlockTarget held, LastVolume volume, Work work) throws IOException;

    /** On systems without such tools. */
    static Growing none() {
        return new Growing() {
            @Override
            public Optional<Problem> whyNot(Volume volume) {
                return Optional.of(Problem.of("grow.system"));
            }

            @Override
            public long grow(FoundDisk disk, BlockTarget held, LastVolume volume, Work work) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
