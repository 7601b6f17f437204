package org.coffer.console.resource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * A disk that can be protected: a whole block device or an image file, as it was when last looked at.
 *
 * @param id its ID, the same across restarts, replugging and swapped device names
 * @param name what the lists show
 * @param path where it can be opened now, or could be last
 * @param image whether it is an image file
 * @param capacity bytes
 * @param model maker's words; may be empty
 * @param serial serial number; may be empty
 * @param role whether this computer starts from it
 * @param state what can be done with it
 * @param cause why it is faulty
 * @param mounts where it is mounted
 * @param encryption what its header says
 * @param unfinishedRestore the task whose restore onto this disk did not finish: its content is not usable
 * @param lastSeen when it was last attached
 */
public record Disk(
        UUID id,
        String name,
        Path path,
        boolean image,
        long capacity,
        String model,
        String serial,
        Role role,
        State state,
        Optional<Problem> cause,
        List<String> mounts,
        Encryption encryption,
        Optional<UUID> unfinishedRestore,
        Instant lastSeen) {

    /** What this computer uses a disk for. */
    public enum Role {
        SYSTEM,
        DATA
    }

    /** What can be done with a disk (R2). */
    public enum State {
        /** Nothing uses it. */
        AVAILABLE,
        /** Mounted, or held by something. */
        IN_USE,
        /** Cannot be read; the cause says why. */
        FAULTY,
        /** Not attached now. */
        MISSING;

        /** Whether it can be bound to a vault and backed up (V13). */
        public boolean readable() {
            return this == AVAILABLE || this == IN_USE;
        }
    }

    /** Encryption that a disk's own headers show. */
    public enum Encryption {
        NONE,
        LUKS,
        BITLOCKER
    }
}
