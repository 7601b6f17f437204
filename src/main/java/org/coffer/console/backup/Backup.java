package org.coffer.console.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;

/**
 * A backup of one disk, as the catalog knows it.
 *
 * @param id its ID
 * @param name its name; several may have the same
 * @param description free text, may be empty
 * @param vaultId the vault that holds it
 * @param vaultName that vault's name
 * @param diskId the disk it was made of
 * @param diskName that disk's name then
 * @param role what the disk was used for then
 * @param status its state
 * @param origin where it comes from
 * @param kind what it is shown as: the oldest one that is left of its disk is full, because it holds everything from before
 * @param storedFull whether everything was read and stored when it was made, sharing nothing with what was there
 * @param consistency what it promises about its moment
 * @param reason names the sentence that says why: {@code consistency.reason.<reason>}
 * @param encryption what the disk's own headers said
 * @param createdAt the moment it shows
 * @param finishedAt when it became available
 * @param sizes how large it is
 * @param session names it inside the vault; empty until writing began
 * @param taskId the task that made it
 * @param expiresAt when it goes by itself; empty if never
 * @param trashedAt when it was put into the trash
 * @param verifiedAt when it was last read back and found whole
 * @param damaged whether stored data that it needs is damaged or missing
 * @param problem why it is in error, or what is damaged
 * @param automatic whose it is, if a policy made it
 * @param madeHere whether this console made it, or took it over from one that is gone, rather than finding in a vault what another
 *     console made and keeps: that goes by no rule here
 */
public record Backup(
        UUID id,
        String name,
        String description,
        UUID vaultId,
        String vaultName,
        UUID diskId,
        String diskName,
        Disk.Role role,
        BackupStatus status,
        Origin origin,
        Kind kind,
        boolean storedFull,
        Consistency consistency,
        String reason,
        Disk.Encryption encryption,
        Instant createdAt,
        Optional<Instant> finishedAt,
        Sizes sizes,
        Optional<String> session,
        Optional<UUID> taskId,
        Optional<Instant> expiresAt,
        Optional<Instant> trashedAt,
        Optional<Instant> verifiedAt,
        boolean damaged,
        Optional<Problem> problem,
        Optional<Automatic> automatic,
        boolean madeHere) {

    /**
     * Honest sizes (B9), in bytes.
     *
     * @param capacity the size of the disk
     * @param logical what the disk held: allocated and not zero
     * @param added what this backup stored when it was made, after compression
     * @param onlyHere stored bytes of blocks that no other backup uses; an estimate, taken when last counted
     * @param freesNow stored bytes that go at once when it is deleted; the rest of {@code onlyHere} goes with repacking
     */
    public record Sizes(long capacity, long logical, long added, long onlyHere, long freesNow) {}

    /**
     * What an automatic backup comes from.
     *
     * @param policy the policy, which may be gone by now
     * @param slot the moment for which it was planned; it began at the earliest then
     * @param left whether the policy or the disk was bound to the vault anew since: no count takes it in any more (P8)
     */
    public record Automatic(UUID policy, Instant slot, boolean left) {
        /** Of a run that serves the vault now. */
        public Automatic(UUID policy, Instant slot) {
            this(policy, slot, false);
        }
    }

    /** The same, made by another or nobody, and kept until another date or for ever. */
    Backup kept(Optional<Automatic> by, Optional<Instant> until) {
        return new Backup(
                id,
                name,
                description,
                vaultId,
                vaultName,
                diskId,
                diskName,
                role,
                status,
                origin,
                kind,
                storedFull,
                consistency,
                reason,
                encryption,
                createdAt,
                finishedAt,
                sizes,
                session,
                taskId,
                until,
                trashedAt,
                verifiedAt,
                damaged,
                problem,
                by,
                madeHere);
    }

    /** Whether it can be restored from. */
    public boolean restorable() {
        return status == BackupStatus.AVAILABLE || status == BackupStatus.RESTORING;
    }

    /** Whether it can be checked: it was finished once, and is not on its way out. */
    public boolean checkable() {
        return session.isPresent() && finishedAt.isPresent() && status != BackupStatus.DELETING;
    }
}
