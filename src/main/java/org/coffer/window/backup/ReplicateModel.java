package org.coffer.window.backup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.coffer.console.backup.NewReplica;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;
import org.coffer.window.task.TasksPage;

/** A copy of a backup about to be made in a vault of another location (X1). */
public final class ReplicateModel {
    /** The form of a new vault. */
    private static final String NEW_VAULT = "vault-create";

    private final BackupServices services;
    private final Desk desk;
    private final Backup backup;
    private final ReadOnlyObjectWrapper<Optional<Look>> look = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Optional<Vault>> target = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty name = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<Problem>> nameProblem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty starting = new SimpleBooleanProperty();

    /**
     * A vault in another location.
     *
     * @param refusal why it cannot take the copy
     */
    record Target(Vault vault, Optional<Problem> refusal) {}

    /** What is known: the vaults of other locations, what the copy would be called, and why none can be made at all. */
    record Look(List<Target> targets, String suggested, Optional<Sentence> whyNot) {
        /** Keeps an unmodifiable copy. */
        Look {
            targets = List.copyOf(targets);
        }

        private List<Vault> possible() {
            return targets.stream()
                    .filter(target -> target.refusal().isEmpty())
                    .map(Target::vault)
                    .toList();
        }
    }

    /** A copy of {@code backup}; the vaults are being looked up. */
    ReplicateModel(BackupServices services, Desk desk, Backup backup) {
        this.services = services;
        this.desk = desk;
        this.backup = backup;
        desk.background().work(this::look).then(this::show).start();
    }

    private Look look() {
        Backup now = services.backups().get(backup.id());
        Map<Vault, Optional<Problem>> targets = services.replicas().targets(now);
        return new Look(
                targets.entrySet().stream()
                        .map(target -> new Target(target.getKey(), target.getValue()))
                        .toList(),
                services.replicas().suggestName(),
                services.replicas().refusal(now).map(Sentence::explaining));
    }

    private void show(Look found) {
        name.set(found.suggested());
        target.set(found.possible().stream().findFirst());
        look.set(Optional.of(found));
    }

    // ---- Properties

    /** The vaults of other locations; none while they are looked up. */
    ObservableValue<List<Target>> targets() {
        return look.map(now -> now.map(Look::targets).orElse(List.of()));
    }

    /** The vault that takes the copy. */
    ObjectProperty<Optional<Vault>> target() {
        return target;
    }

    /** What the copy will be called. */
    StringProperty name() {
        return name;
    }

    /** What the service refused about the name. */
    ObservableValue<Optional<Sentence>> nameProblem() {
        return nameProblem.map(now -> now.map(Sentence::explaining));
    }

    /** What will travel. */
    Sentence travels() {
        return Sentence.of("replicate.travels", "bytes", backup.sizes().logical());
    }

    /** Why it cannot be started now. */
    ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(this::obstacle, look, target, starting);
    }

    private Optional<Sentence> obstacle() {
        if (look.get().isEmpty() || starting.get()) {
            return Optional.of(Sentence.of("backup.wait"));
        }
        Look known = look.get().get();
        if (known.whyNot().isPresent()) {
            return known.whyNot();
        }
        if (known.targets().isEmpty()) {
            return Optional.of(Sentence.of("replicate.none"));
        }
        return target.get().isPresent() ? Optional.empty() : Optional.of(Sentence.of("replicate.none-fits"));
    }

    // ---- Commands

    /** Leaves for the form of a new vault, where none can take the copy; {@code close} closes the sheet. */
    Act createVault(Runnable close) {
        return Act.of("replicate.create", () -> {
                    close.run();
                    desk.navigator().open(new Route(NEW_VAULT, Map.of("replication", "true")));
                })
                .with(Icon.ADD);
    }

    /** Starts it; {@code done} is called when the task is there. */
    void start(Runnable done) {
        if (obstacle().isPresent()) {
            return;
        }
        Vault into = target.get().orElseThrow();
        starting.set(true);
        nameProblem.set(Optional.empty());
        desk.background()
                .work(() -> services.replicas()
                        .start(new NewReplica(backup.id(), into.id(), name.get().strip())))
                .then(task -> {
                    done.run();
                    desk.news()
                            .tell(
                                    Sentence.of("replicate.started", "name", backup.name(), "vault", into.name()),
                                    Optional.of(Act.of(
                                            "tasks.news.show",
                                            () -> desk.navigator().open(Route.to(TasksPage.ID)))));
                })
                .onError(problem -> {
                    starting.set(false);
                    if (problem.code().startsWith("name.")) {
                        nameProblem.set(Optional.of(problem));
                    } else {
                        desk.dialogs().error(problem);
                    }
                })
                .start();
    }
}
