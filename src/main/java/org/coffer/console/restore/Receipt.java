package org.coffer.console.restore;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.problem.Problem;

/**
 * What a restore did, as evidence, without words of any language. Made of its task alone, so that it says the same when backup,
 * disk and vault are gone. The one thing that changes later: {@link Verdict#UNFINISHED} becomes {@link Verdict#SETTLED} when its disk does.
 *
 * @param task the restore
 * @param undoes the restore that this one undid
 * @param source what was restored
 * @param target where to
 * @param verdict how it ended
 * @param problem why it failed
 * @param bytes what was done
 * @param caller who asked for it, and from where
 * @param begun when it began to run; when it was asked for, if it never did
 * @param ended when it ended; empty while it has not
 * @param safetyCopy what the disk held before; empty if no copy of it was made
 * @param aftercare what may be left to do
 * @param grown what became of the wish to use all of a larger disk; empty if there was none
 */
public record Receipt(
        UUID task,
        Optional<UUID> undoes,
        Source source,
        Destination target,
        Verdict verdict,
        Optional<Problem> problem,
        Bytes bytes,
        Caller caller,
        Instant begun,
        Optional<Instant> ended,
        Optional<Copy> safetyCopy,
        List<Aftercare> aftercare,
        Optional<Grown> grown) {

    /**
     * What was restored.
     *
     * @param name of the backup
     * @param disk the disk that it was made of
     * @param vault that holds it
     * @param moment the moment that it shows; empty for a restore made by a version that did not note it
     */
    public record Source(Optional<UUID> backup, String name, String disk, String vault, Optional<Instant> moment) {}

    /**
     * Where it was restored to.
     *
     * @param disk the disk; empty for a new file
     * @param name of the disk or file
     */
    public record Destination(Optional<UUID> disk, String name, Path path) {}

    /** Bytes of the target that were compared, written, and read back. */
    public record Bytes(long compared, long written, long verified) {}

    /**
     * The safety copy, as it was when the restore ended.
     *
     * @param name of the backup that holds what the disk held
     * @param until when it was to go by itself; empty if it had no date
     */
    public record Copy(UUID backup, String name, Optional<Instant> until) {}

    /**
     * What became of growing what comes last on the disk.
     *
     * @param from bytes that it had
     * @param to bytes that its file system has now; the same if it was not grown
     * @param problem why it was not grown; then the disk is as it was restored
     */
    public record Grown(long from, long to, Optional<Problem> problem) {
        /** Whether the tools of the system were let at it; not if it was clear before that it could not grow. */
        boolean tried() {
            return from > 0;
        }
    }

    /** How a restore ended. */
    public enum Verdict {
        /** It has not ended. */
        RUNNING,
        /** The target is what the backup is; that was read back and found right. */
        VERIFIED,
        /** The target is what the backup is; it was not read back. */
        UNVERIFIED,
        /** It ended before anything was overwritten. */
        UNTOUCHED,
        /** It ended in the middle: the target is not usable until it is restored again or undone. */
        UNFINISHED,
        /** It ended in the middle, and the target was finished, undone or taken as it is since. */
        SETTLED
    }

    /** What may be left to do on what was restored (S9), by what was found on it. */
    public enum Aftercare {
        /** Windows may keep the disk offline until it is told otherwise. */
        WINDOWS_OFFLINE,
        /** Logical volumes have to be found and switched on again. */
        LVM_ACTIVATE,
        /** The same xfs file system twice in one computer needs an identity of its own, or {@code nouuid}. */
        XFS_IDENTITY,
        /** Two disks of one computer have the same identities, which {@code fstab} and boot loaders go by. */
        SAME_IDENTITY,
        /** Passwords are those of the backup's moment. */
        PASSWORDS,
        /** A network card may be bound to the address of the old machine. */
        NETWORK_CARD,
        /** The target is larger: partition and file system can be grown. */
        GROW,
        /** Growing was cut off or failed where there is no safety copy: what lies behind the end of the backup may be changed. */
        END_CHANGED,
        /** It was unmounted for the restore, and could not be mounted again. */
        NOT_MOUNTED,
        /** It is encrypted: it opens with the passphrase of the backup's moment. */
        ENCRYPTED
    }

    /** How long it took, until {@code now} if it has not ended. */
    public Duration took(Instant now) {
        return Duration.between(begun, ended.orElse(now));
    }
}
