package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;

/** Unbinding disks, and what becomes of their backups (V14). */
final class UnbindModel {
    private static final int MOST = 10_000;

    private final DiskDesk desk;
    private final Vault vault;
    private final List<BoundDisk> disks;
    private boolean sending;
    private final ObjectProperty<Unbinding.Fate> fate = new SimpleObjectProperty<>(Unbinding.Fate.KEEP);
    private final ReadOnlyObjectWrapper<Sentence> frees =
            new ReadOnlyObjectWrapper<>(Sentence.of("vault.unbind.delete.counting"));

    private final ReadOnlyObjectWrapper<Optional<Sentence>> again = new ReadOnlyObjectWrapper<>(Optional.empty());

    UnbindModel(DiskDesk desk, Vault vault, List<BoundDisk> disks) {
        this.desk = desk;
        this.vault = vault;
        this.disks = List.copyOf(disks);
        desk.background().work(this::boundAgain).then(again::set).start();
        if (backups() > 0) {
            desk.background()
                    .work(this::freed)
                    .then(frees::set)
                    .onError(problem -> frees.set(Sentence.explaining(problem)))
                    .start();
        }
    }

    /** Of the disks those that some vault's rule takes in again at its next run (V8). */
    private Optional<Sentence> boundAgain() {
        List<Disk> leaving = disks.stream().map(BoundDisk::disk).toList();
        return desk.services().vaults().autoBinding().again(leaving).entrySet().stream()
                .map(again -> Sentence.of(
                        "vault.unbind.again",
                        "disks",
                        again.getValue().stream().map(Disk::name).toList(),
                        "n",
                        again.getValue().size(),
                        "vault",
                        again.getKey().name()))
                .findFirst();
    }

    private Sentence freed() {
        List<UUID> theirs = new ArrayList<>();
        for (BoundDisk row : disks) {
            BackupFilter filter =
                    BackupFilter.ALL.inVault(vault.id()).ofDisk(row.disk().id());
            desk.services().backups().list(filter, BackupSort.NEWEST, 0, MOST).stream()
                    .map(Backup::id)
                    .forEach(theirs::add);
        }
        return desk.services()
                .deletion()
                .preview(theirs)
                .frees()
                .map(frees -> Sentence.of("vault.unbind.delete.frees", "bytes", frees.now()))
                .orElseGet(() -> Sentence.of("backup.delete.frees.unknown"));
    }

    // ---- Properties

    Sentence title() {
        return disks.size() == 1
                ? Sentence.of(
                        "vault.unbind.title.one",
                        "disk",
                        disks.getFirst().disk().name(),
                        "vault",
                        vault.name())
                : Sentence.of("vault.unbind.title.many", "n", disks.size(), "vault", vault.name());
    }

    /** How many backups these disks have here. */
    int backups() {
        return disks.stream().mapToInt(BoundDisk::backups).sum();
    }

    ObjectProperty<Unbinding.Fate> fate() {
        return fate;
    }

    /** That some of the disks do not stay unbound, if so. */
    ReadOnlyObjectProperty<Optional<Sentence>> again() {
        return again.getReadOnlyProperty();
    }

    /** What deleting their backups frees at once, as far as it is known. */
    ReadOnlyObjectProperty<Sentence> frees() {
        return frees.getReadOnlyProperty();
    }

    ObservableValue<Sentence> act() {
        return fate.map(now -> switch (now) {
            case KEEP -> Sentence.of("vault.unbind.act", "n", disks.size());
            case TRASH -> Sentence.of("vault.unbind.act.trash", "n", disks.size());
            case DELETE -> Sentence.of("vault.unbind.act.delete", "n", backups());
        });
    }

    // ---- Commands

    /** Unbinds them; where backups are deleted the name has to be typed first. */
    void unbind(Runnable done) {
        Unbinding.Fate now = fate.get();
        if (now == Unbinding.Fate.DELETE && backups() > 0 && !sure()) {
            return;
        }
        if (sending) {
            return;
        }
        sending = true;
        List<UUID> ids = disks.stream().map(row -> row.disk().id()).toList();
        desk.background()
                .work(() -> desk.services().unbinding().unbind(vault.id(), ids, now))
                .then(task -> {
                    desk.elsewhere()
                            .tell(
                                    Sentence.of("vault.unbind.done", "n", ids.size(), "vault", vault.name()),
                                    Optional.empty());
                    done.run();
                })
                .onError(problem -> {
                    sending = false;
                    desk.dialogs().error(problem);
                })
                .start();
    }

    private boolean sure() {
        String name = disks.size() == 1 ? disks.getFirst().disk().name() : vault.name();
        return desk.dialogs()
                .confirmByName(
                        Question.dangerous(
                                Sentence.of("vault.unbind.delete.title", "n", backups(), "name", name),
                                Sentence.of("vault.unbind.act.delete", "n", backups()),
                                Sentence.of("vault.unbind.delete.lost")),
                        name);
    }
}
