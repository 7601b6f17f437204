package org.coffer.window.backup;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;
import org.coffer.window.task.TasksPage;

/** A check about to be started (B11): of a vault or of one backup, how deep, and what that reads. */
public final class VerifyModel {
    /** The share that is offered: ten runs read everything once. */
    static final int USUAL = 10;

    private static final int ALL = 100;

    private final BackupServices services;
    private final Desk desk;
    private final UUID vault;
    private final String name;
    private final Optional<Backup> only;
    private final ObjectProperty<Depth> depth;
    private final StringProperty share = new SimpleStringProperty(Integer.toString(USUAL));
    private final BooleanProperty starting = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Look>> look = new ReadOnlyObjectWrapper<>(Optional.empty());

    /** How much a check reads. */
    enum Depth {
        /** What belongs where, and whether it is there; none of the stored data. */
        STRUCTURE,
        /** A share of the stored data, which goes on where the last check stopped; only of a whole vault. */
        SHARE,
        /** All that is stored. */
        EVERY_BYTE
    }

    /** What is known of the vault: its name, what it stores, and why it cannot be checked. */
    private record Look(String vault, long used, Optional<Problem> refusal) {}

    private VerifyModel(
            BackupServices services, Desk desk, UUID vault, String name, Optional<Backup> only, Depth first) {
        this.services = services;
        this.desk = desk;
        this.vault = vault;
        this.name = name;
        this.only = only;
        this.depth = new SimpleObjectProperty<>(first);
        desk.background()
                .work(this::look)
                .then(found -> look.set(Optional.of(found)))
                .start();
    }

    /** A check of all backups of a vault; a share of the data unless asked otherwise. */
    public static VerifyModel of(BackupServices services, Desk desk, Vault vault) {
        return new VerifyModel(services, desk, vault.id(), vault.name(), Optional.empty(), Depth.SHARE);
    }

    /** A check of one backup; every byte unless asked otherwise, because only that makes it a verified one. */
    public static VerifyModel of(BackupServices services, Desk desk, Backup backup) {
        return new VerifyModel(services, desk, backup.vaultId(), backup.name(), Optional.of(backup), Depth.EVERY_BYTE);
    }

    private Look look() {
        Vault found = services.vaults().get(vault);
        Optional<Problem> refusal = only.isPresent()
                ? VaultAction.VERIFY.refusal(found)
                : services.verification().refusal(vault);
        return new Look(found.name(), found.used(), refusal);
    }

    // ---- Properties

    /** How deep. */
    ObjectProperty<Depth> depth() {
        return depth;
    }

    /** The share in percent, as typed. */
    StringProperty share() {
        return share;
    }

    /** Whether a share can be chosen. */
    boolean shares() {
        return only.isEmpty();
    }

    /** What is wrong with the share, while it is asked for. */
    ObservableValue<Optional<Sentence>> shareProblem() {
        return Bindings.createObjectBinding(
                () -> percent().isPresent()
                        ? Optional.empty()
                        : Optional.of(Sentence.explaining(Problem.of(
                                "verify.percent", "given", share.get().strip()))),
                depth,
                share);
    }

    /** What will be read, by what is known now. */
    ObservableValue<Sentence> estimate() {
        return Bindings.createObjectBinding(
                () -> look.get().map(this::estimate).orElse(Sentence.of("backup.wait")), look, depth, share);
    }

    private Sentence estimate(Look known) {
        if (depth.get() == Depth.STRUCTURE) {
            return Sentence.of("verify.reads.structure");
        }
        if (only.isPresent()) {
            // Compression makes it less, and whole packs that hold other backups' blocks too make it more.
            long about = Math.min(known.used(), only.get().sizes().logical());
            return Sentence.of("verify.reads.backup", "bytes", about);
        }
        long bytes = (long) Math.ceil(known.used() * (percent().orElse(0) / (double) ALL));
        return Sentence.of("verify.reads.vault", "bytes", bytes, "vault", known.vault(), "used", known.used());
    }

    /** Why it cannot be started now. */
    ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(this::obstacle, look, starting);
    }

    private Optional<Sentence> obstacle() {
        if (look.get().isEmpty() || starting.get()) {
            return Optional.of(Sentence.of("backup.wait"));
        }
        return look.get().flatMap(Look::refusal).map(Sentence::explaining);
    }

    /** The percentage that is meant; empty if what is typed is none. */
    private OptionalInt percent() {
        return switch (depth.get()) {
            case STRUCTURE -> OptionalInt.of(0);
            case EVERY_BYTE -> OptionalInt.of(ALL);
            case SHARE -> typed();
        };
    }

    private OptionalInt typed() {
        String text = share.get().strip();
        if (!text.matches("[0-9]{1,3}")) {
            return OptionalInt.empty();
        }
        int percent = Integer.parseInt(text);
        return percent <= ALL ? OptionalInt.of(percent) : OptionalInt.empty();
    }

    // ---- Commands

    /** Starts it; {@code done} is called when the task is there. */
    void start(Runnable done) {
        OptionalInt percent = percent();
        if (obstacle().isPresent() || percent.isEmpty()) {
            return;
        }
        starting.set(true);
        int wanted = percent.getAsInt();
        desk.background()
                .work(() -> only.isPresent()
                        ? services.verification().startBackup(only.get().id(), wanted == ALL)
                        : services.verification().start(vault, wanted))
                .then(task -> {
                    done.run();
                    desk.news()
                            .tell(
                                    Sentence.of("verify.started", "name", name),
                                    Optional.of(Act.of(
                                            "tasks.news.show",
                                            () -> desk.navigator().open(Route.to(TasksPage.ID)))));
                })
                .onError(problem -> {
                    starting.set(false);
                    desk.dialogs().error(problem);
                })
                .start();
    }
}
