package org.coffer.console.backup;

import java.time.Instant;
import java.util.Optional;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;

/**
 * What the retention lock of a vault holds (V16): backups that a policy made, until the rule under which they are kept lets
 * them go. What lies in the trash was deleted before the vault was locked, and of a run that failed there is nothing to hold.
 */
final class RetentionHold {
    private RetentionHold() {}

    /** {@code lock.backup}: nobody may delete it by hand. */
    static Optional<Problem> ofBackup(Vault vault, Backup backup) {
        return holds(vault, backup)
                ? Optional.of(Problem.of("lock.backup", "backup", backup.name(), "vault", vault.name()))
                : Optional.empty();
    }

    /** Whether it is held. */
    static boolean holds(Vault vault, Backup backup) {
        return vault.lock().isPresent() && ofPolicy(backup);
    }

    /** Whether a lock would hold it. */
    static boolean ofPolicy(Backup backup) {
        return (backup.origin() == Origin.AUTOMATIC || backup.automatic().isPresent())
                && backup.finishedAt().isPresent()
                && backup.trashedAt().isEmpty();
    }

    /** Whether another date would let it go earlier than it would now. */
    static boolean sooner(Backup backup, Optional<Instant> wanted) {
        return wanted.filter(date ->
                        backup.expiresAt().filter(now -> !date.isBefore(now)).isEmpty())
                .isPresent();
    }

    /** {@code lock.vault}: it holds such backups, and so cannot be deleted. */
    static Optional<Problem> ofVault(Vault vault, Iterable<Backup> contents) {
        long held = 0;
        for (Backup backup : contents) {
            held += holds(vault, backup) ? 1 : 0;
        }
        return held == 0 ? Optional.empty() : Optional.of(Problem.of("lock.vault", "vault", vault.name(), "n", held));
    }

    /** {@code lock.expiry}: another date would let it go earlier than it would now, or earlier than its rule. */
    static Optional<Problem> ofExpiry(Vault vault, Backup backup, Optional<Instant> wanted) {
        return sooner(backup, wanted) && holds(vault, backup)
                ? Optional.of(Problem.of("lock.expiry", "backup", backup.name(), "vault", vault.name()))
                : Optional.empty();
    }
}
