package org.coffer.console.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Twin;
import org.coffer.engine.vault.Vault;
import org.coffer.problem.ProblemException;

/** Where the content of damaged backups is to be had besides (B11): in their replicas, and in what they are replicas of. */
final class Twins {
    private static final System.Logger LOG = System.getLogger(Twins.class.getName());

    private final BackupStore store;
    private final ReplicaStore replicas;
    private final Vaults vaults;

    Twins(Backups backups, Vaults vaults) {
        this.store = backups.store();
        this.replicas = backups.replicas();
        this.vaults = vaults;
    }

    /**
     * Those of some backups of a vault that can be read now.
     *
     * @param hit the backups, by the sessions that made them
     */
    List<Twin> of(UUID vault, Collection<SessionId> hit) {
        List<Twin> twins = new ArrayList<>();
        for (SessionId session : hit) {
            for (Backup copy : alike(session.toString())) {
                if (!copy.vaultId().equals(vault) && copy.checkable()) {
                    pair(vault, session, copy).ifPresent(twins::add);
                }
            }
        }
        return twins;
    }

    /** The finished backups in other vaults that hold what this one holds. */
    List<Backup> besides(Backup backup) {
        return backup.session().stream()
                .flatMap(session -> alike(session).stream())
                .filter(copy -> !copy.vaultId().equals(backup.vaultId()) && copy.checkable())
                .toList();
    }

    /** The copies of a backup; of a copy, its original and that one's other copies. */
    private Set<Backup> alike(String session) {
        Set<UUID> ids = new LinkedHashSet<>(replicas.copies(session));
        replicas.made(session).stream()
                .flatMap(id -> replicas.find(id).stream())
                .map(CopyOf::session)
                .forEach(original -> {
                    ids.addAll(replicas.made(original));
                    ids.addAll(replicas.copies(original));
                });
        Set<Backup> alike = new LinkedHashSet<>();
        ids.forEach(id -> store.find(id).ifPresent(alike::add));
        return alike;
    }

    /** A vault that cannot be opened now heals nothing now. */
    private Optional<Twin> pair(UUID vault, SessionId session, Backup copy) {
        try {
            Vault other = vaults.open().get(copy.vaultId());
            Optional<Commit> mine = commit(vaults.open().get(vault), session);
            Optional<Commit> theirs = copy.session().map(SessionId::of).flatMap(made -> commit(other, made));
            return mine.isEmpty() || theirs.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Twin(mine.get(), other, theirs.get()));
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "not healing from vault " + copy.vaultName(), e);
            return Optional.empty();
        }
    }

    private static Optional<Commit> commit(Vault vault, SessionId session) {
        return vault.backups().stream()
                .filter(commit -> commit.id().equals(session))
                .findFirst();
    }
}
