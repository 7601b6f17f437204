package org.coffer.window.vault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.Console;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.name.Names;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.Slot;
import org.coffer.console.vault.Candidate;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.policy.PolicyPages;
import org.coffer.window.shell.Route;

/**
 * A vault to be made (V2). Everything is checked while it is typed, by the same rules that make the vault; the advised
 * capacity follows the chosen disks until somebody types another.
 */
final class NewVaultModel {
    /** What the service knows about the input at one moment. */
    private record Answer(
            List<Location> locations,
            List<Candidate> candidates,
            List<Policy> policies,
            long suggested,
            Map<String, Problem> problems) {}

    private final DiskDesk desk;
    private final Console services;
    private final Background.Line checks;
    private final StringProperty name;
    private final StringProperty description = new SimpleStringProperty("");
    private final ObjectProperty<Optional<Location>> location = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty capacity = new SimpleStringProperty("");
    private final BooleanProperty encrypted = new SimpleBooleanProperty(true);
    private final StringProperty passphrase = new SimpleStringProperty("");
    private final StringProperty repeated = new SimpleStringProperty("");
    private final BooleanProperty autoExpand = new SimpleBooleanProperty();
    private final StringProperty prefix = new SimpleStringProperty("");
    private final BooleanProperty replication = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<List<Location>> locations = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<Policy>> policies = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Policy>> policy = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<UUID>> disks;
    private final ReadOnlyObjectWrapper<List<Candidate>> candidates = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Map<String, Problem>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<List<Sentence>> summary = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Boolean> sending = new ReadOnlyObjectWrapper<>(false);
    private long suggested;

    /** A form in which {@code chosen} disks are chosen already. */
    NewVaultModel(DiskDesk desk, List<UUID> chosen) {
        this(desk, chosen, Protection.BACKUP);
    }

    /** A form in which it is chosen already what the vault is for. */
    NewVaultModel(DiskDesk desk, List<UUID> chosen, Protection protection) {
        this.desk = desk;
        this.services = desk.services();
        this.checks = desk.background().line();
        this.name = new SimpleStringProperty(Names.suggest("vault_", desk.random()));
        this.disks = new ReadOnlyObjectWrapper<>(List.copyOf(chosen));
        List.of(name, description, capacity, passphrase, repeated, prefix)
                .forEach(field -> field.subscribe((before, now) -> check()));
        List.of(encrypted, autoExpand).forEach(field -> field.subscribe((before, now) -> check()));
        location.subscribe((before, now) -> check());
        policy.subscribe((before, now) -> summarize());
        disks.subscribe((before, now) -> check());
        replication.set(protection == Protection.REPLICATION);
        replication.subscribe((before, now) -> chooseProtection(now));
        check();
    }

    /** One for copies has neither disks nor a policy of its own. */
    private void chooseProtection(boolean copies) {
        if (copies) {
            disks.set(List.of());
            policy.set(Optional.empty());
        }
        check();
    }

    // ---- Checking

    /** Asks the service what it thinks of the input; of several askings only the last answer counts. */
    final void check() {
        if (sending.get()) {
            return;
        }
        summarize();
        Optional<UUID> place = location.get().map(Location::id);
        List<UUID> chosen = disks.get();
        NewVault wanted = wanted();
        checks.work(() -> {
                    try {
                        return answer(place, chosen, wanted);
                    } finally {
                        wipe(wanted);
                    }
                })
                .then(this::take)
                .start();
    }

    private Answer answer(Optional<UUID> place, List<UUID> chosen, NewVault wanted) {
        List<Location> all = services.locations().list();
        Optional<UUID> known = place.or(() -> best(all));
        List<Candidate> rows =
                known.map(id -> services.vaults().bindings().candidates(id)).orElse(List.of());
        Map<String, Problem> found = place.isPresent() ? services.vaults().problems(wanted) : Map.of();
        wipe(wanted);
        return new Answer(
                all,
                rows,
                services.policies().list(PolicyKind.BACKUP),
                services.vaults().suggestedCapacityGb(chosen),
                found);
    }

    private static void wipe(NewVault wanted) {
        wanted.passphrase().ifPresent(secret -> Arrays.fill(secret, '\0'));
    }

    /** The location with the most room among those that can be written. */
    private static Optional<UUID> best(List<Location> all) {
        return all.stream()
                .filter(place -> place.status().writable())
                .max(java.util.Comparator.comparingLong(Location::freeBytes))
                .map(Location::id);
    }

    private void take(Answer answer) {
        if (sending.get()) {
            return;
        }
        locations.set(answer.locations());
        candidates.set(answer.candidates());
        offer(answer.policies());
        boolean follows = capacity.get().isEmpty() || capacity.get().equals(Long.toString(suggested));
        suggested = answer.suggested();
        Map<String, Problem> all = new HashMap<>(answer.problems());
        addOwn(all);
        problems.set(Map.copyOf(all));
        if (follows) {
            capacity.set(Long.toString(suggested));
        }
        if (location.get().isEmpty()) {
            best(answer.locations()).ifPresent(id -> choose(answer.locations(), id));
        }
        summarize();
    }

    /**
     * Whoever makes a vault wants it to be used: the first policy that is on is chosen, until somebody chooses; and one that
     * was made meanwhile was made for it.
     */
    private void offer(List<Policy> all) {
        List<UUID> known = policies.get().stream().map(Policy::id).toList();
        policies.set(all);
        all.stream()
                .filter(one -> !replication.get())
                .filter(one -> known.isEmpty() ? one.enabled() : !known.contains(one.id()))
                .findFirst()
                .ifPresent(one -> policy.set(Optional.of(one)));
    }

    /** What no service can know: that a number is no number, and that two secrets differ. */
    private void addOwn(Map<String, Problem> all) {
        if (Gigabytes.read(capacity.get()).isEmpty()) {
            all.put("capacity", Gigabytes.unreadable(capacity.get()));
        }
        if (encrypted.get() && !passphrase.get().equals(repeated.get())) {
            all.put("repeated", Problem.of("passphrase.differs"));
        }
        if (location.get().isEmpty()) {
            all.put("location", Problem.of("location.none"));
        }
    }

    private NewVault wanted() {
        UUID place = location.get().map(Location::id).orElse(new UUID(0, 0));
        Optional<char[]> secret = encrypted.get() && !passphrase.get().isEmpty()
                ? Optional.of(passphrase.get().toCharArray())
                : Optional.empty();
        return new NewVault(
                name.get(),
                description.get(),
                place,
                Gigabytes.read(capacity.get()).orElse(Vault.SMALLEST_GB),
                disks.get(),
                encrypted.get(),
                secret,
                autoExpand.get(),
                prefix.get(),
                Map.of(),
                replication.get() ? Protection.REPLICATION : Protection.BACKUP);
    }

    private void summarize() {
        summary.set(NewVaultSummary.of(this));
    }

    // ---- Properties

    StringProperty name() {
        return name;
    }

    StringProperty description() {
        return description;
    }

    ObjectProperty<Optional<Location>> location() {
        return location;
    }

    ReadOnlyObjectProperty<List<Location>> locations() {
        return locations.getReadOnlyProperty();
    }

    StringProperty capacity() {
        return capacity;
    }

    /** The policies that can serve it. */
    ReadOnlyObjectProperty<List<Policy>> policies() {
        return policies.getReadOnlyProperty();
    }

    /** The one that will; none for backups by hand alone. */
    ObjectProperty<Optional<Policy>> policy() {
        return policy;
    }

    /** When that runs first. */
    Optional<Slot> firstRun() {
        return policy.get()
                .flatMap(chosen -> services
                        .policies()
                        .agenda()
                        .nextRuns(chosen, services.clock().instant(), 1)
                        .stream()
                        .findFirst());
    }

    BooleanProperty encrypted() {
        return encrypted;
    }

    StringProperty passphrase() {
        return passphrase;
    }

    StringProperty repeated() {
        return repeated;
    }

    BooleanProperty autoExpand() {
        return autoExpand;
    }

    StringProperty prefix() {
        return prefix;
    }

    /** Whether it takes nothing but copies of backups of other vaults. */
    BooleanProperty replication() {
        return replication;
    }

    /** All disks, each with the reason why it cannot be bound to a vault at the chosen location. */
    ReadOnlyObjectProperty<List<Candidate>> candidates() {
        return candidates.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<UUID>> disks() {
        return disks.getReadOnlyProperty();
    }

    /** The chosen disks. */
    List<Candidate> chosen() {
        return disks.get().stream()
                .flatMap(id ->
                        candidates.get().stream().filter(row -> row.disk().id().equals(id)))
                .toList();
    }

    /** The advised capacity in GB. */
    long suggested() {
        return suggested;
    }

    ReadOnlyObjectProperty<List<Sentence>> summary() {
        return summary.getReadOnlyProperty();
    }

    /** What is wrong with a field: name, description, location, capacity, disks, passphrase, repeated, backupPrefix. */
    ObservableValue<Optional<Sentence>> problem(String field) {
        return problems.map(now -> Optional.ofNullable(now.get(field)).map(Sentence::explaining));
    }

    // ---- Commands

    void remove(UUID disk) {
        List<UUID> left = new ArrayList<>(disks.get());
        left.remove(disk);
        disks.set(List.copyOf(left));
    }

    /** Chooses disks in a sheet. */
    void chooseDisks() {
        List<Candidate> known = candidates.get();
        var chooser = new DiskChooserModel(
                desk,
                () -> location.get()
                        .map(place -> services.vaults().bindings().candidates(place.id()))
                        .orElse(known),
                disks.get(),
                0,
                Optional.empty());
        chooser.load();
        var sheet = new Sheet(Sentence.of("vault.create.disks.choose"), 880, kit -> new DiskChooserView(kit, chooser))
                .tall();
        sheet.act(Act.of(chooser.chosen().map(now -> Sentence.of("vault.create.disks.take", "n", now.size())), () -> {
            disks.set(chooser.chosen().get());
            sheet.done();
        }));
        desk.dialogs().show(sheet);
    }

    /** Takes another folder into use as a location, and chooses it. */
    void newLocation() {
        desk.dialogs()
                .chooseFolder(Sentence.of("vault.create.location.choose"))
                .ifPresent(folder -> desk.background()
                        .work(() -> services.locations().add(new NewLocation(nameOf(folder), folder, "")))
                        .then(this::added)
                        .onError(desk.dialogs()::error)
                        .start());
    }

    /** Takes the ready location into use (L2), and chooses it. */
    void readyLocation(String called) {
        desk.background()
                .work(() -> services.locations().addSuggested(called))
                .then(this::added)
                .onError(desk.dialogs()::error)
                .start();
    }

    private static String nameOf(Path folder) {
        Path last = folder.getFileName();
        return last == null ? folder.toString() : last.toString();
    }

    private void added(Location place) {
        List<Location> all = new ArrayList<>(locations.get());
        all.removeIf(known -> known.id().equals(place.id()));
        all.add(place);
        locations.set(List.copyOf(all));
        choose(all, place.id());
    }

    private void choose(List<Location> among, UUID id) {
        location.set(among.stream().filter(place -> place.id().equals(id)).findFirst());
    }

    /** Leads to the form of a policy, and back here with it. */
    void newPolicy() {
        desk.navigator().open(Route.to(PolicyPages.CREATE));
    }

    /** Makes the vault and goes to its page. */
    void create() {
        send(false);
    }

    /** Makes the vault, starts the first backup of every disk, and goes to its page. */
    void createAndBackUp() {
        send(true);
    }

    private void send(boolean backUp) {
        if (sending.get()) {
            return;
        }
        sending.set(true);
        NewVault wanted = wanted();
        Optional<UUID> served = policy.get().map(Policy::id);
        String backup = Names.suggest(Backups.MANUAL_PREFIX, desk.random());
        desk.background()
                .work(() -> {
                    Vault made = createAndWipe(wanted, served);
                    if (backUp) {
                        services.backups().start(new NewBackup(made.id(), List.of(), backup, "", false));
                    }
                    return made;
                })
                .then(this::made)
                .onError(problem -> {
                    sending.set(false);
                    desk.dialogs().error(problem);
                    check();
                })
                .start();
    }

    private Vault createAndWipe(NewVault wanted, Optional<UUID> served) {
        try {
            return served.isPresent()
                    ? services.policies().createVault(wanted, served.get())
                    : services.vaults().create(wanted);
        } finally {
            wipe(wanted);
        }
    }

    /** From here on the form is left: it stays sent, so that it does not find its own vault's name taken. */
    private void made(Vault vault) {
        passphrase.set("");
        repeated.set("");
        desk.navigator().leave();
        desk.navigator().open(Route.to(DiskDesk.VAULT, vault.id().toString()));
        desk.elsewhere().tell(Sentence.of("vault.create.done", "vault", vault.name()), Optional.empty());
    }

    /** Leaves the form. */
    void cancel() {
        desk.navigator().leave();
    }
}
