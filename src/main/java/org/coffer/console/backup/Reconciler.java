package org.coffer.console.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.Damage;
import org.coffer.engine.vault.SessionId;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * Holds the catalog against a vault each time that is opened: the vault is the truth. A commit that the catalog does not
 * know is added; a row whose commit is there turns available; a row whose backup was purged goes; what is damaged is
 * marked.
 */
public final class Reconciler {
    /** Says that a commit is missing or cannot be read; damage that a restore met has the engine's own words. */
    private static final String DAMAGED = "backup.damaged";

    private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());

    private final BackupStore store;
    private final MovedCopyStore moved;
    private final Vaults vaults;
    private final Adoption adoption;
    private final Events events;
    private final Supplier<Instant> now;

    /** Compares {@code backups} with {@code vaults}. */
    public Reconciler(Backups backups, Vaults vaults, Disks disks, Events events) {
        this.store = backups.store();
        this.moved = backups.moved();
        this.vaults = vaults;
        this.adoption = new Adoption(backups, vaults, disks, events);
        this.events = events;
        this.now = backups::now;
    }

    /** Compares each vault from now on, right after it is opened. */
    public void listen() {
        vaults.open().onOpen(this::reconcile);
    }

    /** Compares one vault now. What is being made or deleted at this moment is left to those who do it. */
    void reconcile(UUID vaultId) {
        var open = vaults.open().get(vaultId);
        Vault vault = vaults.get(vaultId);
        Map<String, Commit> commits = new HashMap<>();
        open.backups().forEach(commit -> commits.put(commit.id().toString(), commit));
        Map<String, Damage> hit = new HashMap<>();
        for (Damage damage : open.damaged()) {
            damage.backups().forEach(session -> hit.putIfAbsent(session.toString(), damage));
        }
        Set<String> known = moved.sessions(vaultId);
        for (Backup row : store.ofVault(vaultId)) {
            row.session().ifPresent(session -> {
                known.add(session);
                settle(vault, row, Optional.ofNullable(commits.get(session)), Optional.ofNullable(hit.get(session)));
            });
        }
        adoption.adopt(
                vault,
                open.backups().stream()
                        .filter(commit -> !known.contains(commit.id().toString()))
                        .toList());
        vaults.measure(vaultId);
    }

    /**
     * Compares a vault that was just looked at, if another console made or deleted something there: cheap if not, so that it
     * is asked at the beginning of everything that writes.
     */
    void learn(UUID vaultId) {
        Set<String> there = vaults.open().get(vaultId).backups().stream()
                .map(commit -> commit.id().toString())
                .collect(Collectors.toSet());
        there.removeAll(moved.sessions(vaultId));
        Set<String> finished = new HashSet<>();
        for (Backup row : store.ofVault(vaultId)) {
            row.session().ifPresent(there::remove);
            row.session().filter(session -> row.finishedAt().isPresent()).ifPresent(finished::add);
        }
        vaults.open()
                .get(vaultId)
                .backups()
                .forEach(commit -> finished.remove(commit.id().toString()));
        if (!there.isEmpty() || !finished.isEmpty()) {
            reconcile(vaultId);
        }
    }

    /** Opens a vault afresh, which compares it; one that cannot be opened now is compared when it can. */
    void lookAgain(UUID vaultId) {
        try {
            vaults.open().close(vaultId);
            vaults.open().get(vaultId);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.INFO, "vault " + vaultId + " cannot be compared now", e);
        }
    }

    private void settle(Vault vault, Backup row, Optional<Commit> commit, Optional<Damage> damage) {
        if (commit.isPresent()) {
            if (row.status() == BackupStatus.ERROR) {
                // It was made although its run did not see the end, and is there from now on; or its deletion never
                // began.
                Instant finished = row.finishedAt().orElseGet(now);
                store.available(fromCommit(row, commit.get(), finished));
                if (row.finishedAt().isEmpty() && row.automatic().isPresent()) {
                    there(row, commit.get());
                }
                events.publish(new Event.BackupChanged(row.id()));
            }
            if (row.storedFull() != storedFull(commit.get())) {
                store.storedFull(row.id(), storedFull(commit.get()));
            }
            if (damage.isEmpty() && row.problem().filter(Reconciler::seenHere).isPresent()) {
                store.damaged(row.id(), false, null);
                events.publish(new Event.BackupChanged(row.id()));
            }
        } else if (row.finishedAt().isPresent() && damage.isEmpty() && gone(row)) {
            store.delete(List.of(row.id()));
            events.publish(new Event.BackupChanged(row.id()));
        } else if (row.finishedAt().isPresent() && damage.isEmpty()) {
            mark(vault, row);
        }
        damage.ifPresent(found -> mark(vault, row));
    }

    /**
     * What {@link Intake#there} says of one, for the run of a policy whose process died before that: nobody's if its commit names no
     * policy; and its date counts from now, when it is seen for the first time.
     */
    private void there(Backup row, Commit commit) {
        byte[] about = vaults.open().get(row.vaultId()).abouts(List.of(commit)).getOrDefault(commit.id(), new byte[0]);
        Map<String, Object> said = Writer.read(about);
        if (!said.isEmpty() && !said.containsKey("policy")) {
            store.nobodys(row.id());
        }
        store.postpone(row.id(), Duration.between(row.createdAt(), now.get()), true);
    }

    /** Whether what a row says is wrong was read off the commits, so that they can also take it back. */
    private static boolean seenHere(Problem problem) {
        return problem.code().equals(DAMAGED);
    }

    /** Whether the vault says that this backup was purged, rather than lost. */
    private boolean gone(Backup row) {
        return vaults.open()
                .get(row.vaultId())
                .purged(SessionId.of(row.session().orElseThrow()));
    }

    private void mark(Vault vault, Backup row) {
        long sound = store.ofVault(vault.id()).stream()
                .filter(Backup::restorable)
                .filter(other -> !other.damaged() && !other.id().equals(row.id()))
                .count();
        store.damaged(
                row.id(),
                true,
                Problem.of(
                        DAMAGED,
                        "backup",
                        row.name(),
                        "vault",
                        vault.name(),
                        "m",
                        sound,
                        "location",
                        vault.locationName()));
        events.publish(new Event.BackupChanged(row.id()));
    }

    private static boolean storedFull(Commit commit) {
        return commit.facts().kind() == CommitFacts.Kind.FULL;
    }

    /** A row with everything that its commit says. */
    static Backup fromCommit(Backup row, Commit commit, Instant finished) {
        return new Backup(
                row.id(),
                row.name(),
                row.description(),
                row.vaultId(),
                row.vaultName(),
                row.diskId(),
                row.diskName(),
                row.role(),
                BackupStatus.AVAILABLE,
                row.origin(),
                Kind.valueOf(commit.facts().kind().name()),
                storedFull(commit),
                Consistency.valueOf(commit.facts().consistency().name()),
                commit.facts().reason(),
                row.encryption(),
                commit.facts().moment(),
                Optional.of(finished),
                new Backup.Sizes(
                        Writer.onlyDisk(commit).size(),
                        commit.counts().read() - commit.counts().zero(),
                        commit.added(),
                        row.sizes().onlyHere(),
                        row.sizes().freesNow()),
                Optional.of(commit.id().toString()),
                row.taskId(),
                row.expiresAt(),
                row.trashedAt(),
                row.verifiedAt(),
                row.damaged(),
                Optional.empty(),
                row.automatic(),
                row.madeHere());
    }
}
