package org.coffer.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.engine.volume.Volume;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Shows the files of disks that are served over NBD in this computer's tree. All methods may block for as long as a minute, and
 * never longer: what does not answer is given up.
 */
public interface Mounting {
    /**
     * A disk to mount.
     *
     * @param uri where it is served, so that it can be written to: the journals of file systems that were in use are replayed there
     * @param volumes what lies on it
     * @param writable whether files can be changed
     */
    record Served(String uri, List<Volume> volumes, boolean writable) {}

    /**
     * What became of it.
     *
     * @param points where file systems are seen now, in the order of the disk
     * @param refused why others are not
     */
    record Mounted(List<Path> points, List<Problem> refused) {}

    /** Why nothing can be mounted here: {@code mount.system}, {@code mount.rights}, {@code mount.tools}. */
    Optional<Problem> whyNot();

    /**
     * Mounts the file systems of a disk: the only one of a disk without partitions at {@code into}, others in folders of it
     * named by their number.
     *
     * @param own a folder for the mounting's own things, which need not exist and nothing else uses
     * @param into an empty folder, or one that can be made
     * @throws ProblemException {@link #whyNot}, {@code mount.folder} if the folder is not empty or cannot be made, {@code
     *     mount.nothing} if nothing could be mounted, {@code mount.failed}
     */
    Mounted mount(Served disk, Path own, Path into);

    /** Where file systems that {@link #mount} mounted with {@code own} are seen now, in the order of mounting. */
    List<Path> points(Path own);

    /**
     * Unmounts everything that {@link #mount} mounted with {@code own}, also in an earlier process; nothing to do is no trouble.
     *
     * @throws ProblemException {@code mount.busy} if a program uses some of it; what was unmounted before stays so
     */
    void unmount(Path own);

    /** The same, whoever uses it: programs that do get errors from then on. */
    void detach(Path own);

    /** Where nothing can be mounted. */
    static Mounting none() {
        return new Mounting() {
            @Override
            public Optional<Problem> whyNot() {
                return Optional.of(Problem.of("mount.system"));
            }

            @Override
            public Mounted mount(Served disk, Path own, Path into) {
                throw new ProblemException(Problem.of("mount.system"));
            }

            @Override
            public List<Path> points(Path own) {
                return List.of();
            }

            @Override
            public void unmount(Path own) {
                // Nothing was mounted.
            }

            @Override
            public void detach(Path own) {
                // Nothing was mounted.
            }
        };
    }
}
