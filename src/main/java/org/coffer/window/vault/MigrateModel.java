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
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.coffer.console.backup.Migrations;
import org.coffer.console.policy.Handover;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Sentence;

/** Moving disks with all their backups to another vault, or all of them, which merges the two (V15). */
final class MigrateModel {
    private final DiskDesk desk;
    private final Vault vault;
    private final List<UUID> disks;
    private final ObservableList<Vault> targets = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<Vault>> target = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>(Found.NOTHING);
    private boolean sending;

    /**
     * What is known of a move.
     *
     * @param lines what it means
     * @param whyNot why it cannot be done, or not yet
     */
    record Found(List<Sentence> lines, Optional<Sentence> whyNot) {
        static final Found NOTHING = new Found(List.of(), Optional.of(Sentence.of("vault.migrate.choose")));
        static final Found COUNTING = new Found(
                List.of(Sentence.of("vault.migrate.counting")), Optional.of(Sentence.of("vault.migrate.counting")));
    }

    /** @param disks those that are moved; empty for everything in the vault */
    MigrateModel(DiskDesk desk, Vault vault, List<UUID> disks) {
        this.desk = desk;
        this.vault = vault;
        this.disks = List.copyOf(disks);
        target.subscribe(this::look);
        desk.background()
                .work(() -> desk.services().vaults().list(VaultFilter.ALL).stream()
                        .filter(other -> !other.id().equals(vault.id()))
                        .filter(other -> VaultAction.MIGRATE_INTO.refusal(other).isEmpty())
                        .toList())
                .then(others -> {
                    targets.setAll(others);
                    if (others.size() == 1) {
                        target.set(Optional.of(others.getFirst()));
                    } else if (others.isEmpty()) {
                        Sentence none = Sentence.of("vault.migrate.none");
                        found.set(new Found(List.of(none), Optional.of(none)));
                    }
                })
                .onError(desk.dialogs()::error)
                .start();
    }

    private void look(Optional<Vault> chosen) {
        chosen.ifPresent(into -> {
            found.set(Found.COUNTING);
            desk.background()
                    .work(() -> found(into))
                    .then(answer -> {
                        if (target.get().equals(chosen)) {
                            found.set(answer);
                        }
                    })
                    .onError(problem -> found.set(new Found(
                            List.of(Sentence.explaining(problem)), Optional.of(Sentence.explaining(problem)))))
                    .start();
        });
    }

    private Found found(Vault into) {
        Migrations.Preview preview = desk.services().migrations().preview(vault.id(), disks, into.id());
        if (preview.problem().isPresent()) {
            Sentence why = Sentence.explaining(preview.problem().get());
            return new Found(List.of(why), Optional.of(why));
        }
        Sentence moves = Sentence.of(
                "vault.migrate.moves",
                "n",
                preview.backups(),
                "bytes",
                preview.bytes(),
                "vault",
                into.name(),
                "room",
                preview.room());
        List<Sentence> lines = new ArrayList<>(List.of(moves, Sentence.of("vault.migrate.line")));
        lines.addAll(policies(Handover.of(desk.services().policies(), vault.id(), into.id()), into));
        if (preview.taken() > 0) {
            lines.add(Sentence.of("vault.migrate.taken", "n", preview.taken()));
        }
        return new Found(List.copyOf(lines), Optional.empty());
    }

    /** Whether what is counted and copied by policies here goes on being so there. */
    private static List<Sentence> policies(Handover handover, Vault into) {
        List<Sentence> lines = new ArrayList<>();
        lines.add(handover.after()
                .makes()
                .map(policy -> Sentence.of(
                        handover.goesOn() ? "vault.migrate.policy.same" : "vault.migrate.policy.other",
                        "policy",
                        policy.name()))
                .orElse(Sentence.of("vault.migrate.policy.none", "vault", into.name())));
        handover.stopsCopying()
                .ifPresent(policy -> lines.add(Sentence.of("vault.migrate.copies.end", "policy", policy.name())));
        handover.beginsCopying()
                .ifPresent(policy -> lines.add(Sentence.of("vault.migrate.copies.begin", "policy", policy.name())));
        return lines;
    }

    // ---- Properties

    Sentence title() {
        return disks.isEmpty()
                ? Sentence.of("vault.merge.title", "vault", vault.name())
                : Sentence.of("vault.migrate.title", "n", disks.size(), "vault", vault.name());
    }

    ObservableList<Vault> targets() {
        return targets;
    }

    ObjectProperty<Optional<Vault>> target() {
        return target;
    }

    ReadOnlyObjectProperty<Found> found() {
        return found.getReadOnlyProperty();
    }

    ObservableValue<Sentence> act() {
        return target.map(into ->
                disks.isEmpty() ? Sentence.of("vault.merge.act") : Sentence.of("vault.migrate.act", "n", disks.size()));
    }

    ObservableValue<Optional<Sentence>> whyNot() {
        return found.map(Found::whyNot);
    }

    // ---- Commands

    void migrate(Runnable done) {
        Optional<Vault> into = target.get();
        if (sending || into.isEmpty()) {
            return;
        }
        sending = true;
        desk.background()
                .work(() -> desk.services()
                        .migrations()
                        .start(vault.id(), disks, into.get().id()))
                .then(tasks -> {
                    desk.elsewhere()
                            .tell(
                                    Sentence.of(
                                            "vault.migrate.started",
                                            "n",
                                            tasks.size(),
                                            "vault",
                                            into.get().name()),
                                    Optional.empty());
                    done.run();
                })
                .onError(problem -> {
                    sending = false;
                    desk.dialogs().error(problem);
                })
                .start();
    }
}
