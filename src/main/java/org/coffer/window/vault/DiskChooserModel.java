package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Candidate;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.DiskDialogs;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.table.ListRows;

/** Choosing disks for a vault: those that can be bound, and of the others why not (V13). */
final class DiskChooserModel {
    private final DiskDesk desk;
    private final long boundBytes;
    private final Optional<Long> capacityBytes;
    private final ListRows<Candidate> rows;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<List<UUID>> chosen;

    /**
     * A choice among disks.
     *
     * @param source loads the candidates
     * @param already what is chosen at first
     * @param boundBytes the size of the disks that are bound already
     * @param capacityBytes the vault's capacity, if it is fixed
     */
    DiskChooserModel(
            DiskDesk desk,
            Callable<List<Candidate>> source,
            List<UUID> already,
            long boundBytes,
            Optional<Long> capacityBytes) {
        this.desk = desk;
        this.boundBytes = boundBytes;
        this.capacityBytes = capacityBytes;
        this.chosen = new ReadOnlyObjectWrapper<>(List.copyOf(already));
        this.rows = new ListRows<>(
                desk.background(),
                row -> row.disk().id().toString(),
                () -> source.call().stream()
                        .sorted(Comparator.<Candidate, Boolean>comparing(
                                        row -> row.whyNot().isPresent())
                                .thenComparing(row -> row.disk().name(), String.CASE_INSENSITIVE_ORDER))
                        .toList());
        query.subscribe(text -> rows.filter(row -> matches(row.disk(), text), !text.isBlank()));
    }

    private static boolean matches(Disk disk, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return disk.name().toLowerCase(Locale.ROOT).contains(wanted)
                || disk.path().toString().toLowerCase(Locale.ROOT).contains(wanted);
    }

    // ---- Properties

    ListRows<Candidate> rows() {
        return rows;
    }

    StringProperty query() {
        return query;
    }

    /** The chosen disks, in the order in which they were chosen. */
    ReadOnlyObjectProperty<List<UUID>> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** The chosen disks that are known by now. */
    List<Candidate> chosenRows() {
        return chosen.get().stream()
                .flatMap(id -> rows.all().stream().filter(row -> row.disk().id().equals(id)))
                .toList();
    }

    /** The size of the chosen disks together with those bound already. */
    long totalBytes() {
        return boundBytes
                + chosenRows().stream().mapToLong(row -> row.disk().capacity()).sum();
    }

    Optional<Long> capacityBytes() {
        return capacityBytes;
    }

    // ---- Commands

    void load() {
        rows.refresh();
    }

    /** Chooses a disk, or leaves it out again; one that cannot be bound stays out. */
    void toggle(Candidate row) {
        UUID id = row.disk().id();
        var now = new ArrayList<>(chosen.get());
        if (!now.remove(id) && row.whyNot().isEmpty()) {
            now.add(id);
        }
        chosen.set(List.copyOf(now));
    }

    Act addImage() {
        return Act.of(
                        "disks.add-image",
                        () -> new DiskDialogs(desk).addImage(Optional.empty(), disk -> {
                            var now = new ArrayList<>(chosen.get());
                            now.add(disk.id());
                            chosen.set(List.copyOf(now));
                            load();
                        }))
                .with(Icon.ADD);
    }
}
