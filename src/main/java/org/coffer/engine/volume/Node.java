package org.coffer.engine.volume;

import java.time.Instant;
import java.util.Optional;

/**
 * A file, a folder or a link.
 *
 * @param id the file system's own number of it; two names with one id are two names of one file
 * @param kind what it is, never {@link NodeKind#UNKNOWN}
 * @param size bytes of a file's content, or of a link's target; 0 for others
 * @param modified when the content changed last; as exactly as the file system has it
 * @param accessed when it was read last, where that is kept
 * @param created when it was made, where that is kept
 * @param owner whose it is and what others may do; empty where the file system does not keep that in this form
 * @param links how many names it has; at least 1
 */
public record Node(
        long id,
        NodeKind kind,
        long size,
        Instant modified,
        Optional<Instant> accessed,
        Optional<Instant> created,
        Optional<Owner> owner,
        int links) {
    /**
     * As POSIX has it.
     *
     * @param user number of the user
     * @param group number of the group
     * @param mode the lower twelve bits: rights, set-id bits and the sticky one
     */
    public record Owner(long user, long group, int mode) {}
}
