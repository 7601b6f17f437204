package org.coffer.console.restore;

import org.coffer.problem.Problem;

/** Whether what comes last on a target that is larger than the backup's disk can use all of it after the restore (S1). */
public sealed interface Growth {
    /**
     * It can.
     *
     * @param partition the number of the partition; 0 if the file system fills the disk without one
     * @param format the file system, as people call it
     * @param from bytes that it has
     * @param to bytes that it can have
     */
    record Offered(int partition, String format, long from, long to) implements Growth {}

    /** It cannot. */
    record Refused(Problem why) implements Growth {}
}
