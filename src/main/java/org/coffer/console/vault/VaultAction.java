package org.coffer.console.vault;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.coffer.problem.Problem;

/** What can be done with a vault, and in which states (V9): the only place where this is decided. */
public enum VaultAction {
    BACK_UP(VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    /** Taking in a copy of a backup of another vault. */
    REPLICATE_INTO(VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    BIND(VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    /** A policy; that it is taken away again is {@link #EDIT}. */
    BIND_POLICY(VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    UNBIND("lock.unbind", VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.FROZEN, VaultStatus.ERROR),
    /** Name, description, tags, switches. */
    EDIT(VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.FROZEN, VaultStatus.ERROR),
    EXPAND(VaultStatus.AVAILABLE),
    /** Needs only that the store can be read; a frozen vault may be readable, which the restore itself finds out. */
    RESTORE(VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.FROZEN, VaultStatus.ERROR),
    DELETE_BACKUP(VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.ERROR),
    COLLECT(VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.ERROR),
    VERIFY(VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.FROZEN, VaultStatus.ERROR),
    /** Passphrase, recovery code, unlocking. */
    KEY(VaultStatus.AVAILABLE, VaultStatus.LOCKED, VaultStatus.FROZEN, VaultStatus.ERROR),
    /** Moving disks with their backups to another vault (V15). */
    MIGRATE("lock.migrate", VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    /** Taking in what another vault has. */
    MIGRATE_INTO(VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    /** Setting the retention lock, which has to be written into the vault. */
    LOCK(VaultStatus.AVAILABLE, VaultStatus.LOCKED),
    /** To the trash. */
    DELETE(VaultStatus.AVAILABLE, VaultStatus.ERROR);

    @SuppressWarnings("ImmutableEnumChecker") // Never handed out, and copied into an unmodifiable set.
    private final Set<VaultStatus> allowed;

    /** Why a vault under retention lock does not allow it (V16); empty if it does. */
    private final String underLock;

    VaultAction(VaultStatus first, VaultStatus... more) {
        this("", first, more);
    }

    VaultAction(String underLock, VaultStatus first, VaultStatus... more) {
        this.underLock = underLock;
        this.allowed = Set.copyOf(EnumSet.of(first, more));
    }

    /** Whether a vault in this state allows it. */
    public boolean allowedIn(VaultStatus status) {
        return allowed.contains(status);
    }

    /** {@code vault.status}: the vault's state does not allow it. */
    public static Problem stateProblem(Vault vault) {
        String word = "vault.status." + vault.status().name().toLowerCase(Locale.ROOT);
        return Problem.of("vault.status", "vault", vault.name(), "status", word);
    }

    /** Whether only vaults for backups do it (V1). */
    private boolean forBackupsOnly() {
        return switch (this) {
            case BACK_UP, BIND, BIND_POLICY, MIGRATE_INTO -> true;
            case REPLICATE_INTO,
                    UNBIND,
                    EDIT,
                    EXPAND,
                    RESTORE,
                    DELETE_BACKUP,
                    COLLECT,
                    VERIFY,
                    KEY,
                    MIGRATE,
                    LOCK,
                    DELETE -> false;
        };
    }

    /** {@code vault.replication}: why no policy can serve a vault that is to be made; empty if one can. */
    public static Optional<Problem> withoutPolicy(NewVault wanted) {
        return wanted.protection() == Protection.REPLICATION
                ? Optional.of(replicasOnly(wanted.name()))
                : Optional.empty();
    }

    /** {@code vault.replication}: the vault takes nothing but replicas. */
    static Problem replicasOnly(String vault) {
        return Problem.of("vault.replication", "vault", vault);
    }

    /**
     * Why it cannot be done with this vault now: {@code vault.trashed}, {@code vault.replication}, what its retention lock
     * forbids, {@code vault.frozen-policy}, the vault's own problem, or {@code vault.status}.
     */
    public Optional<Problem> refusal(Vault vault) {
        if (vault.trashedAt().isPresent()) {
            return Optional.of(Problem.of("vault.trashed", "vault", vault.name()));
        }
        if (vault.protection() == Protection.REPLICATION && forBackupsOnly()) {
            return Optional.of(replicasOnly(vault.name()));
        }
        if (vault.lock().isPresent() && !underLock.isEmpty()) {
            return Optional.of(Problem.of(underLock, "vault", vault.name()));
        }
        if (allowedIn(vault.status())) {
            return Optional.empty();
        }
        if (this == BIND_POLICY && vault.status() == VaultStatus.FROZEN) {
            return Optional.of(
                    Problem.of("vault.frozen-policy", "vault", vault.name(), "location", vault.locationName()));
        }
        return vault.problem().or(() -> Optional.of(stateProblem(vault)));
    }
}
