package org.coffer.console.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.coffer.console.catalog.Kept;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.DiskRoot;
import org.coffer.engine.vault.SessionId;

/**
 * Adds backups to the catalog that it does not know: made by another console, or before the catalog was lost (V17). What
 * their commits say of them is put right by what the vault remembers of them. Nothing goes by that: a date that has come
 * already is left out, so that somebody who gets his backups back after months finds them. What a console made that goes on working in
 * the vault is marked as its own: only that one lets it go.
 */
final class Adoption {
    private final BackupStore store;
    private final ReplicaStore replicas;
    private final Labels labels;
    private final Vaults vaults;
    private final Disks disks;
    private final Events events;
    private final Supplier<Instant> now;

    Adoption(Backups backups, Vaults vaults, Disks disks, Events events) {
        this.store = backups.store();
        this.replicas = backups.replicas();
        this.labels = backups.labels();
        this.vaults = vaults;
        this.disks = disks;
        this.events = events;
        this.now = backups::now;
    }

    /** Adds all of these. */
    void adopt(Vault vault, List<Commit> commits) {
        if (commits.isEmpty()) {
            return;
        }
        Map<SessionId, byte[]> abouts = vaults.open().get(vault.id()).abouts(commits);
        Map<SessionId, Labels.Label> remembered = labels.remembered(vault.id());
        for (Commit commit : commits) {
            Map<String, Object> about = Writer.read(abouts.getOrDefault(commit.id(), new byte[0]));
            UUID id = adopt(vault, commit, new Kept(about), Optional.ofNullable(remembered.get(commit.id())));
            CopyOf.read(about).ifPresent(of -> replicas.insert(id, of));
            events.publish(new Event.BackupChanged(id));
        }
    }

    private UUID adopt(Vault vault, Commit commit, Kept about, Optional<Labels.Label> label) {
        Disk disk = disk(commit, about);
        UUID id = about.id("backup")
                .filter(wanted -> store.find(wanted).isEmpty())
                .orElseGet(UUID::randomUUID);
        DiskRoot root = Writer.onlyDisk(commit);
        Origin origin = Writer.origin(commit.facts().origin());
        Optional<Instant> expires = label.map(Labels.Label::expires).orElseGet(() -> about.moment("expires"));
        Backup bare = new Backup(
                id,
                label.map(Labels.Label::name).orElseGet(() -> commit.facts().name()),
                label.map(Labels.Label::description)
                        .orElseGet(() -> about.text("description")
                                .filter(text -> Names.descriptionProblem(text).isEmpty())
                                .orElse("")),
                vault.id(),
                vault.name(),
                disk.id(),
                about.text("diskName").orElseGet(() -> root.facts().name()),
                about.word("role", Disk.Role.class).orElse(Disk.Role.DATA),
                BackupStatus.AVAILABLE,
                origin,
                Kind.FULL,
                true,
                Consistency.NONE,
                BackupWork.PENDING,
                about.word("encryption", Disk.Encryption.class).orElse(Disk.Encryption.NONE),
                commit.facts().moment(),
                Optional.empty(),
                new Backup.Sizes(root.size(), 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                expires.filter(at -> origin == Origin.SAFETY_COPY || at.isAfter(now.get())),
                label.flatMap(Labels.Label::trashed),
                Optional.empty(),
                false,
                Optional.empty(),
                automatic(about, label.map(Labels.Label::left).orElse(false)),
                vaults.ownedHere(vault.id(), commit.console().toString()));
        store.insert(Reconciler.fromCommit(bare, commit, commit.committed()));
        if (label.isPresent() || !bare.expiresAt().equals(about.moment("expires"))) {
            store.relabel(bare.id());
        }
        return id;
    }

    /** The disk that was backed up. Its commit alone tells it too, if the rest is damaged. */
    private Disk disk(Commit commit, Kept about) {
        DiskRoot root = Writer.onlyDisk(commit);
        Optional<UUID> resource = new Kept(Map.of("disk", commit.facts().resource())).id("disk");
        return disks.remember(
                about.id("disk").or(() -> resource).orElseGet(UUID::randomUUID),
                about.text("identity").orElseGet(() -> root.facts().identity()),
                about.text("diskName").orElseGet(() -> root.facts().name()),
                root.size(),
                about.word("role", Disk.Role.class).orElse(Disk.Role.DATA));
    }

    private static Optional<Backup.Automatic> automatic(Kept about, boolean left) {
        return about.id("policy")
                .flatMap(policy -> about.moment("slot").map(slot -> new Backup.Automatic(policy, slot, left)));
    }
}
