package org.coffer.console.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.coffer.console.task.TaskRun;
import org.coffer.console.vault.RetentionLock;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.SessionId;

/**
 * Has object storage itself keep what the automatic backups of a locked vault need (V16): after each of them, and with each
 * clean-up, which such a vault gets every day. Backups without a date are kept for {@link #AHEAD} from each time on.
 */
final class Retaining {
    static final Duration AHEAD = Duration.ofDays(30);

    private final Backups backups;
    private final Vaults vaults;

    Retaining(Backups backups, Vaults vaults) {
        this.backups = backups;
        this.vaults = vaults;
    }

    /** Whether a vault is locked in a place that keeps to it. */
    boolean wanted(UUID id) {
        return vaults.find(id)
                .flatMap(Vault::lock)
                .filter(RetentionLock::enforced)
                .isPresent();
    }

    /**
     * Has the place keep them, if it is to.
     *
     * @throws org.coffer.problem.ProblemException why the place does not, as where the key lacks the right
     */
    void retain(TaskRun run, UUID id) {
        if (!wanted(id)) {
            return;
        }
        Vault vault = vaults.get(id);
        Instant ahead = backups.now().plus(AHEAD);
        Map<SessionId, Instant> until = new HashMap<>();
        for (Backup backup : backups.store().ofVault(id)) {
            if (RetentionHold.holds(vault, backup)) {
                backup.session()
                        .ifPresent(session -> until.put(
                                SessionId.of(session), backup.expiresAt().orElse(ahead)));
            }
        }
        long objects = vaults.open().get(id).retain(until, run.work());
        if (objects > 0) {
            run.step("retained", "n", objects);
        }
    }
}
