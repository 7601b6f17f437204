package org.coffer.window.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;

/**
 * Backups being prepared by hand: of which disks, under which name. What is wrong is asked of the service whenever
 * something changes, so the form says what the service would.
 */
public final class BackUpModel {
    private final BackupServices services;
    private final Desk desk;
    private final Set<UUID> wanted;
    private final ObjectProperty<Optional<Vault>> vault = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<Vault>> vaults = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<Choice>> choices = new ReadOnlyObjectWrapper<>(List.of());
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty description = new SimpleStringProperty("");
    private final BooleanProperty full = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Set<UUID>> ticked = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<Map<String, Problem>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final BooleanProperty starting = new SimpleBooleanProperty();
    private final BooleanProperty loading = new SimpleBooleanProperty(true);
    private final Background.Line looking;
    private final Background.Line judging;

    /**
     * A disk that may be backed up.
     *
     * @param disk the disk
     * @param whyNot why it cannot be now: it is being backed up, or cannot be read
     */
    public record Choice(Disk disk, Optional<Problem> whyNot) {}

    /**
     * A form that is being filled in.
     *
     * @param random draws the suggested name
     * @param only the vault, if it is settled
     * @param wanted which disks are ticked at first; empty for all that are idle
     */
    public BackUpModel(
            BackupServices services, Desk desk, RandomGenerator random, Optional<UUID> only, Set<UUID> wanted) {
        this.services = services;
        this.desk = desk;
        this.wanted = Set.copyOf(wanted);
        this.looking = desk.background().line();
        this.judging = desk.background().line();
        name.set(Backups.MANUAL_PREFIX + String.format("%04x", random.nextInt(0x10000)));
        vault.addListener((property, old, now) -> look());
        name.addListener((property, old, now) -> judge());
        description.addListener((property, old, now) -> judge());
        ticked.addListener((property, old, now) -> judge());
        desk.background()
                .work(() -> services.vaults().list(VaultFilter.ALL).stream()
                        .filter(found -> only.isEmpty() || only.get().equals(found.id()))
                        .toList())
                .then(this::offer)
                .start();
    }

    private void offer(List<Vault> found) {
        vaults.set(found);
        loading.set(false);
        vault.set(found.stream()
                .filter(candidate -> !candidate.disks().isEmpty()
                        && VaultAction.BACK_UP.refusal(candidate).isEmpty())
                .findFirst()
                .or(() -> found.stream().findFirst()));
    }

    private void look() {
        Optional<Vault> chosen = vault.get();
        if (chosen.isEmpty()) {
            choices.set(List.of());
            ticked.set(Set.of());
            return;
        }
        looking.work(() -> chosen.get().disks().stream()
                        .map(id -> choice(services.disks().get(id)))
                        .toList())
                .then(this::choose)
                .start();
    }

    private Choice choice(Disk disk) {
        Optional<Problem> unreadable = disk.state().readable()
                ? Optional.empty()
                : disk.cause()
                        .or(() -> Optional.of(Problem.of(
                                disk.state() == Disk.State.MISSING ? "disk.missing" : "disk.faulty",
                                "disk",
                                disk.name())));
        return new Choice(disk, unreadable.or(() -> services.backups().busy(disk.id())));
    }

    private void choose(List<Choice> found) {
        choices.set(found);
        List<UUID> ids = new ArrayList<>();
        for (Choice choice : found) {
            boolean asked = wanted.isEmpty() || wanted.contains(choice.disk().id());
            if (asked && choice.whyNot().isEmpty()) {
                ids.add(choice.disk().id());
            }
        }
        ticked.set(Set.copyOf(ids));
        judge();
    }

    // ---- the form

    /** The vaults to choose from; one if it is settled. */
    ObservableValue<List<Vault>> vaults() {
        return vaults.getReadOnlyProperty();
    }

    /** The vault whose disks are backed up. */
    public ObjectProperty<Optional<Vault>> vaultProperty() {
        return vault;
    }

    /** Its disks. */
    public ObservableValue<List<Choice>> choices() {
        return choices.getReadOnlyProperty();
    }

    /** The ticked disks. */
    public ObservableValue<Set<UUID>> ticked() {
        return ticked.getReadOnlyProperty();
    }

    /** Ticks or unticks a disk. */
    public void tick(UUID disk, boolean yes) {
        var now = new java.util.HashSet<>(ticked.get());
        if (yes ? now.add(disk) : now.remove(disk)) {
            ticked.set(Set.copyOf(now));
        }
    }

    /** What the backups are called. */
    public StringProperty nameProperty() {
        return name;
    }

    /** Free text. */
    public StringProperty descriptionProperty() {
        return description;
    }

    /** Whether every allocated block is stored afresh. */
    public BooleanProperty fullProperty() {
        return full;
    }

    /** What is wrong with a field: name, description. */
    public ObservableValue<Optional<Sentence>> problem(String field) {
        return problems.map(now -> Optional.ofNullable(now.get(field)).map(Sentence::explaining));
    }

    /** What the button says. */
    public ObservableValue<Sentence> title() {
        return ticked.map(now -> Sentence.of("backup.do", "n", now.size()));
    }

    /** Why nothing can be started at all; what is wrong with a field stands at the field. */
    public ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(this::obstacle, problems, ticked, starting, vault, loading);
    }

    private Optional<Sentence> obstacle() {
        if (loading.get() || starting.get()) {
            return Optional.of(Sentence.of("backup.wait"));
        }
        if (vault.get().isEmpty()) {
            return Optional.of(Sentence.of("backup.no-vault"));
        }
        Optional<Problem> wrong = Optional.ofNullable(problems.get().get("vault"))
                .or(() -> Optional.ofNullable(problems.get().get("disks")));
        return wrong.map(Sentence::explaining)
                .or(() -> ticked.get().isEmpty() ? Optional.of(Sentence.of("backup.no-disk")) : Optional.empty());
    }

    private void judge() {
        if (vault.get().isEmpty() || ticked.get().isEmpty()) {
            judging.drop();
            problems.set(Map.of());
            return;
        }
        NewBackup asked = asked();
        judging.work(() -> services.backups().problems(asked))
                .then(problems::set)
                .start();
    }

    private NewBackup asked() {
        Vault chosen = vault.get().orElseThrow();
        // In the vault's order, so that names are numbered as the list shows the disks.
        List<UUID> disks =
                chosen.disks().stream().filter(ticked.get()::contains).toList();
        return new NewBackup(chosen.id(), disks, name.get().strip(), description.get(), full.get());
    }

    /** Starts the backups; {@code done} is called once their tasks are there. Input stays if they are refused. */
    public void start(Runnable done) {
        if (obstacle().isPresent()) {
            return;
        }
        NewBackup asked = asked();
        starting.set(true);
        desk.background()
                .work(() -> services.backups().start(asked))
                .then(tasks -> {
                    starting.set(false);
                    done.run();
                    desk.news()
                            .tell(
                                    Sentence.of("backup.started", "n", tasks.size()),
                                    Optional.of(Act.of(
                                            "tasks.news.show",
                                            () -> desk.navigator().open(Route.to("tasks")))));
                })
                .onError(problem -> {
                    starting.set(false);
                    desk.dialogs().error(problem);
                    look();
                })
                .start();
    }
}
