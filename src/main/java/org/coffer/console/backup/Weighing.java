package org.coffer.console.backup;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Sizes;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Tells what deleting backups would do, before it is done (B9, B10). */
final class Weighing {
    private final Backups backups;
    private final Vaults vaults;

    Weighing(Backups backups, Vaults vaults) {
        this.backups = backups;
        this.vaults = vaults;
    }

    /** Reads the maps of the vaults; may take seconds. */
    Deletion.Preview weigh(List<Backup> chosen, Map<UUID, Problem> problems) {
        long others = backups.lists()
                .goodOnes(
                        chosen.stream().map(Backup::diskId).distinct().toList(),
                        chosen.stream().map(Backup::id).toList());
        return new Deletion.Preview(chosen, frees(chosen), others, problems);
    }

    /** Damaged maps leave the sizes unknown: what cannot be counted can still be deleted. */
    private Optional<Deletion.Frees> frees(List<Backup> chosen) {
        long now = 0;
        long later = 0;
        try {
            for (var group : Deletion.byVault(chosen).entrySet()) {
                List<SessionId> sessions = sessions(group.getValue());
                if (!sessions.isEmpty() && vaults.get(group.getKey()).keyed()) {
                    Sizes sizes = vaults.open().get(group.getKey()).sizes(sessions);
                    now += sizes.freedNow();
                    later += sizes.afterRepacking() - sizes.freedNow();
                }
            }
        } catch (ProblemException e) {
            if (e.problem().code().equals("vault.damaged")) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(new Deletion.Frees(now, Math.max(0, later)));
    }

    private static List<SessionId> sessions(Collection<Backup> chosen) {
        return chosen.stream()
                .filter(backup -> backup.status() != BackupStatus.CREATING)
                .flatMap(backup -> backup.session().stream())
                .map(SessionId::of)
                .collect(Collectors.toList());
    }
}
