package org.coffer.console.location;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * A place where vaults live, as it was when last looked at.
 *
 * @param id its ID
 * @param name what people call it, unique
 * @param address where it is
 * @param region a name for the region; empty if none was given
 * @param limit most {@link #MB} a second to and from it (B13); 0 for no limit
 * @param status whether it can be used
 * @param freeBytes the room left; -1 while unknown
 * @param totalBytes the size of the whole place; -1 while unknown
 * @param problem why it cannot be used
 * @param addedAt when it was added
 */
public record Location(
        UUID id,
        String name,
        Address address,
        String region,
        long limit,
        Status status,
        long freeBytes,
        long totalBytes,
        Optional<Problem> problem,
        Instant addedAt) {
    /** Bytes in the MB that limits are counted in. */
    public static final long MB = 1_000_000;
    /** The largest limit, in MB a second. */
    public static final long MOST_LIMIT = 100_000;

    /** What it is. */
    public Kind kind() {
        return address.kind();
    }

    /** Where it is, for people. */
    public String where() {
        return address.text();
    }

    /** Its folder, if it is one on this computer. */
    public Optional<Path> folder() {
        return address.folder();
    }

    /** What a location is. */
    public enum Kind {
        /** A folder on an attached disk or a network mount. */
        FOLDER,
        /** A bucket in object storage. */
        S3
    }

    /** Whether a location can be used. */
    public enum Status {
        /** It can be read and written. */
        CONNECTED,
        /** It is not there: unplugged or unmounted. */
        UNREACHABLE,
        /** It can be read only. */
        READ_ONLY,
        /** It works, but less than a twentieth of it, or less than 1 GB, is free. */
        NEARLY_FULL;

        /** Whether backups there can be read. */
        public boolean readable() {
            return this != UNREACHABLE;
        }

        /** Whether backups there can be made. */
        public boolean writable() {
            return this == CONNECTED || this == NEARLY_FULL;
        }
    }
}
