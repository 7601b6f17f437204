package org.coffer.window.vault;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.location.Location;
import org.coffer.console.vault.Capacity;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** Expanding a vault by hand: at least 1 GB (V7). */
final class ExpandModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final StringProperty by;
    private boolean sending;
    private final ReadOnlyObjectWrapper<Optional<Location>> location = new ReadOnlyObjectWrapper<>(Optional.empty());

    ExpandModel(DiskDesk desk, Vault vault) {
        this.desk = desk;
        this.vault = vault;
        long fits = Math.ceilDiv(vault.used(), Vault.GB) - vault.capacityGb();
        long suggested = Math.max(Math.ceilDiv(vault.capacityGb(), 4), fits);
        this.by = new SimpleStringProperty(Long.toString(suggested));
        desk.background()
                .work(() -> desk.services().locations().find(vault.locationId()))
                .then(location::set)
                .start();
    }

    // ---- Properties

    StringProperty by() {
        return by;
    }

    ReadOnlyObjectProperty<Optional<Location>> location() {
        return location.getReadOnlyProperty();
    }

    /** The new capacity in GB; the present one while the field makes no sense. */
    long target() {
        return vault.capacityGb() + Gigabytes.read(by.get()).orElse(0);
    }

    ObservableValue<Optional<Sentence>> problem() {
        return by.map(text -> wrong(text).map(Sentence::explaining));
    }

    private Optional<Problem> wrong(String text) {
        var gb = Gigabytes.read(text);
        if (gb.isEmpty()) {
            return Optional.of(Gigabytes.unreadable(text));
        }
        return gb.getAsLong() < 1
                ? Optional.of(Problem.of("capacity.step", "given", gb.getAsLong()))
                : Capacity.problem(vault.capacityGb() + gb.getAsLong());
    }

    /** What comes of it. */
    ObservableValue<Sentence> result() {
        return by.map(text -> Sentence.of("vault.expand.result", "from", vault.capacityGb(), "to", target()));
    }

    // ---- Commands

    void expand(Runnable done) {
        if (sending) {
            return;
        }
        sending = true;
        long gb = Gigabytes.read(by.get()).orElse(0);
        desk.background()
                .work(() -> desk.services().capacity().expand(vault.id(), gb))
                .then(task -> done.run())
                .onError(problem -> {
                    sending = false;
                    desk.dialogs().error(problem);
                })
                .start();
    }
}
