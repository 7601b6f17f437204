package org.coffer.window.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import org.coffer.console.Console;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultAction;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.shell.Route;

/** The disks of this computer, those without protection first. */
final class DiskListModel implements AutoCloseable {
    private static final Comparator<DiskRow> NAME =
            Comparator.comparing(row -> row.disk().name(), String.CASE_INSENSITIVE_ORDER);
    private static final Comparator<DiskRow> UNPROTECTED_FIRST = Comparator.<DiskRow, Boolean>comparing(
                    row -> row.vault().isPresent())
            .thenComparing(NAME);

    private final DiskDesk desk;
    private final DiskDialogs dialogs;
    private final ListRows<DiskRow> rows;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<List<Problem>> noRight = new ReadOnlyObjectWrapper<>(List.of());
    private final Bridge<List<DiskRow>> bridge;
    private final Events.Subscription subscription;
    private boolean looked;

    DiskListModel(DiskDesk desk) {
        this(desk, () -> load(desk.services()));
    }

    DiskListModel(DiskDesk desk, Callable<List<DiskRow>> source) {
        this.desk = desk;
        this.dialogs = new DiskDialogs(desk);
        this.rows = new ListRows<>(desk.background(), DiskRow::id, () -> {
                    desk.services().disks().refresh();
                    return source.call();
                })
                .sortedBy("disk", NAME)
                .sortedBy(
                        "device", Comparator.comparing(row -> row.disk().path().toString()))
                .sortedBy("size", Comparator.comparingLong(row -> row.disk().capacity()))
                .sortedBy("state", Comparator.comparing(row -> row.disk().state()))
                .sortedBy(
                        "protection",
                        Comparator.comparing(row -> row.vault().map(Vault::name).orElse("")));
        query.subscribe(text -> rows.filter(row -> row.matches(text), !text.isBlank()));
        rows.items().addListener((ListChangeListener<DiskRow>) change -> summarize());
        this.bridge = new Bridge<>(
                desk.background(),
                source,
                rows::show,
                problem -> rows.problemProperty().set(Optional.of(problem)));
        this.subscription = desk.follow(
                bridge, Set.of(Event.ResourcesChanged.class, Event.VaultChanged.class, Event.LocationChanged.class));
    }

    private static List<DiskRow> load(Console services) {
        Map<UUID, Vault> owners = new HashMap<>();
        services.vaults()
                .list(VaultFilter.ALL)
                .forEach(vault -> vault.disks().forEach(disk -> owners.put(disk, vault)));
        return services.disks().list().stream()
                .map(disk -> new DiskRow(disk, Optional.ofNullable(owners.get(disk.id()))))
                .sorted(UNPROTECTED_FIRST)
                .toList();
    }

    private void summarize() {
        count.set(rows.all().size());
        noRight.set(rows.all().stream()
                .map(DiskRow::disk)
                .filter(DiskStates::noRight)
                .flatMap(disk -> disk.cause().stream())
                .toList());
    }

    // ---- Properties

    ListRows<DiskRow> rows() {
        return rows;
    }

    StringProperty query() {
        return query;
    }

    /** How many disks there are, shown or not. */
    ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    /** The problem of the first disk that this account may not read, for a message above the list. */
    ReadOnlyObjectProperty<List<Problem>> noRight() {
        return noRight.getReadOnlyProperty();
    }

    // ---- Commands

    /** Loads what is known; costs nothing. */
    void load() {
        bridge.changed();
    }

    /** Shows what is known at once; what is attached is looked at the first time, because that takes a moment. */
    void shown() {
        load();
        if (!looked) {
            looked = true;
            refresh().run();
        }
    }

    /** Looks at what is attached now; the old rows stay meanwhile. */
    Act refresh() {
        return Act.of("disks.refresh", rows::refresh);
    }

    Act addImage() {
        return Act.of("disks.add-image", () -> dialogs.addImage(Optional.empty()))
                .with(Icon.ADD);
    }

    List<Act> acts(DiskRow row) {
        Disk disk = row.disk();
        Optional<Sentence> hindered = DiskStates.hindrance(disk).map(Sentence::explaining);
        Act first = row.vault()
                .map(vault -> Act.of("disks.back-up", () -> desk.elsewhere().backUp(vault.id(), List.of(disk.id())))
                        .with(Icon.BACKUP)
                        .unless(VaultAction.BACK_UP
                                .refusal(vault)
                                .map(Sentence::explaining)
                                .or(() -> hindered)))
                .orElseGet(() -> Act.of("disks.protect", () -> protect(disk))
                        .with(Icon.SHIELD)
                        .unless(hindered));
        List<Act> acts = new ArrayList<>(List.of(first));
        row.vault().ifPresent(vault -> {
            acts.add(Act.of("disks.open-vault", () -> open(vault)).with(Icon.VAULT));
            acts.add(Act.of("disks.restore", () -> desk.elsewhere().restore(vault.id(), disk.id()))
                    .with(Icon.RESTORE));
        });
        if (disk.unfinishedRestore().isPresent()) {
            acts.add(Act.of("disks.use", () -> use(disk)).with(Icon.OK));
        }
        acts.add(Act.of("disks.remove", () -> remove(row)).with(Icon.DELETE).unless(keeps(row)));
        return acts;
    }

    /** A restore onto it did not finish, but somebody knows that its content is worth something. */
    private void use(Disk disk) {
        boolean wanted = desk.dialogs()
                .confirm(Question.dangerous(
                        Sentence.of("disks.use.title", "disk", disk.name()),
                        Sentence.of("disks.use.act"),
                        Sentence.of("disks.use.mixed"),
                        Sentence.of("disks.use.follows")));
        if (wanted) {
            desk.background()
                    .act(() -> desk.services().restores().useAsItIs(disk.id()))
                    .then(done ->
                            desk.elsewhere().tell(Sentence.of("disks.used", "disk", disk.name()), Optional.empty()))
                    .onError(desk.dialogs()::error)
                    .start();
        }
    }

    void open(DiskRow row) {
        row.vault().ifPresentOrElse(this::open, () -> acts(row).getFirst().run());
    }

    private void open(Vault vault) {
        desk.navigator().open(Route.to(DiskDesk.VAULT, vault.id().toString()));
    }

    private void protect(Disk disk) {
        desk.navigator()
                .open(new Route(DiskDesk.NEW_VAULT, Map.of("disks", disk.id().toString())));
    }

    /** Why a disk stays on the list, if it does; the service has the last word. */
    private static Optional<Sentence> keeps(DiskRow row) {
        if (row.vault().isPresent()) {
            return Optional.of(Sentence.explaining(Problem.of(
                    "disk.bound",
                    "disk",
                    row.disk().name(),
                    "vault",
                    row.vault().get().name())));
        }
        return row.disk().image() || row.disk().state() == Disk.State.MISSING
                ? Optional.empty()
                : Optional.of(Sentence.explaining(
                        Problem.of("disk.attached", "disk", row.disk().name())));
    }

    private void remove(DiskRow row) {
        String name = row.disk().name();
        boolean wanted = desk.dialogs()
                .confirm(Question.plain(
                        Sentence.of("disks.remove.title", "disk", name),
                        Sentence.of("disks.remove.act"),
                        Sentence.of("disks.remove.stays")));
        if (wanted) {
            desk.background()
                    .act(() -> desk.services().disks().remove(row.disk().id()))
                    .then(done -> desk.elsewhere().tell(Sentence.of("disks.removed", "disk", name), Optional.empty()))
                    .onError(desk.dialogs()::error)
                    .start();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
