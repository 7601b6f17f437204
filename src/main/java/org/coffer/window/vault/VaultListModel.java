package org.coffer.window.vault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.name.Names;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.shell.Route;

/** All vaults, or those in the trash (V11). */
final class VaultListModel implements AutoCloseable {
    /** Everything in one look, so that filters and counts agree. */
    record Snapshot(List<VaultRow> live, List<VaultRow> trash) {}

    private final DiskDesk desk;
    private final VaultActs acts;
    private final ListRows<VaultRow> rows;
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty trash = new SimpleBooleanProperty();
    private final ObservableSet<VaultStatus> states = FXCollections.observableSet();
    private final ObservableSet<String> locations = FXCollections.observableSet();
    private final ObservableSet<String> tags = FXCollections.observableSet();
    private final ReadOnlyObjectWrapper<List<String>> locationOptions = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<String>> tagOptions = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper trashed = new ReadOnlyIntegerWrapper();
    private final Bridge<Snapshot> bridge;
    private final Events.Subscription subscription;
    private Snapshot last = new Snapshot(List.of(), List.of());

    VaultListModel(DiskDesk desk) {
        this(
                desk,
                () -> new Snapshot(
                        VaultRow.load(desk.services(), VaultFilter.ALL),
                        VaultRow.load(desk.services(), VaultFilter.TRASH)));
    }

    VaultListModel(DiskDesk desk, Callable<Snapshot> source) {
        this.desk = desk;
        this.acts = new VaultActs(desk);
        this.rows = new ListRows<>(desk.background(), VaultRow::id, () -> {
                    Snapshot now = source.call();
                    desk.background().onWindow(() -> remember(now));
                    return shown(now);
                })
                .sortedBy("name", Comparator.comparing(row -> row.vault().name(), String.CASE_INSENSITIVE_ORDER))
                .sortedBy("state", Comparator.comparing(row -> row.vault().status()))
                .sortedBy("used", Comparator.comparingLong(row -> row.vault().used()))
                .sortedBy("disks", Comparator.comparingInt(row -> row.disks().size()))
                .sortedBy("last", Comparator.comparing(row -> row.lastGood().orElse(java.time.Instant.MIN)))
                .sortedBy("created", Comparator.comparing(row -> row.vault().createdAt()));
        rows.sortProperty().set(Optional.of(Sort.up("name")));
        query.subscribe(text -> filter());
        List.of(states, locations, tags)
                .forEach(set -> set.addListener((SetChangeListener<Object>) change -> filter()));
        trash.subscribe((before, on) -> {
            rows.ticks().clear();
            rows.show(shown(last));
        });
        this.bridge = new Bridge<>(
                desk.background(),
                source,
                this::show,
                problem -> rows.problemProperty().set(Optional.of(problem)));
        this.subscription = desk.follow(
                bridge,
                Set.of(
                        Event.VaultChanged.class,
                        Event.BackupChanged.class,
                        Event.ResourcesChanged.class,
                        Event.PolicyChanged.class,
                        Event.LocationChanged.class));
    }

    private void show(Snapshot now) {
        remember(now);
        rows.show(shown(now));
    }

    private List<VaultRow> shown(Snapshot now) {
        return trash.get() ? now.trash() : now.live();
    }

    private void remember(Snapshot now) {
        last = now;
        count.set(now.live().size());
        trashed.set(now.trash().size());
        locationOptions.set(options(now, row -> List.of(row.vault().locationName())));
        tagOptions.set(options(now, row -> tagsOf(row)));
        if (trash.get() && now.trash().isEmpty()) {
            trash.set(false);
        }
    }

    private static List<String> options(Snapshot now, Function<VaultRow, List<String>> words) {
        var options = new TreeSet<String>();
        now.live().forEach(row -> options.addAll(words.apply(row)));
        return List.copyOf(options);
    }

    /** Tags as they are offered for filtering: {@code key=value}. */
    private static List<String> tagsOf(VaultRow row) {
        return row.vault().tags().entrySet().stream()
                .map(tag -> tag.getKey() + '=' + tag.getValue())
                .toList();
    }

    private void filter() {
        boolean filtering = !query.get().isBlank() || !states.isEmpty() || !locations.isEmpty() || !tags.isEmpty();
        rows.filter(this::matches, filtering);
    }

    private boolean matches(VaultRow row) {
        return row.matches(query.get())
                && (states.isEmpty() || states.contains(row.vault().status()))
                && (locations.isEmpty() || locations.contains(row.vault().locationName()))
                && tagsOf(row).containsAll(tags);
    }

    // ---- Properties

    ListRows<VaultRow> rows() {
        return rows;
    }

    StringProperty query() {
        return query;
    }

    /** Whether the trash is shown. */
    BooleanProperty trash() {
        return trash;
    }

    ObservableSet<VaultStatus> states() {
        return states;
    }

    ObservableSet<String> locations() {
        return locations;
    }

    ObservableSet<String> tags() {
        return tags;
    }

    ReadOnlyObjectProperty<List<String>> locationOptions() {
        return locationOptions.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<List<String>> tagOptions() {
        return tagOptions.getReadOnlyProperty();
    }

    /** How many vaults there are outside the trash. */
    ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    /** How many are in the trash. */
    ReadOnlyIntegerProperty trashed() {
        return trashed.getReadOnlyProperty();
    }

    // ---- Commands

    void load() {
        bridge.changed();
    }

    Act refresh() {
        return Act.of("vaults.refresh", rows::refresh);
    }

    Act create() {
        return Act.of("vaults.create", () -> desk.navigator().open(new Route(DiskDesk.NEW_VAULT, Map.of())))
                .with(Icon.ADD);
    }

    List<Act> acts(VaultRow row) {
        return acts.of(row.vault());
    }

    void open(VaultRow row) {
        if (row.vault().trashedAt().isEmpty()) {
            desk.navigator().open(Route.to(DiskDesk.VAULT, row.id()));
        }
    }

    void rename(VaultRow row) {
        acts.rename(row.vault()).run();
    }

    void delete(VaultRow row) {
        acts.of(row.vault()).getLast().run();
    }

    void clearFilters() {
        query.set("");
        states.clear();
        locations.clear();
        tags.clear();
    }

    /** What can be done with the ticked rows. */
    List<Act> batch() {
        return trash.get()
                ? List.of(
                        Act.of(
                                        "vault.take-back",
                                        () -> ticked().forEach(
                                                        row -> acts.removal().takeBack(row.vault())))
                                .with(Icon.RESTORE),
                        Act.of(
                                        "vault.purge",
                                        () -> ticked().forEach(
                                                        row -> acts.removal().purge(row.vault())))
                                .with(Icon.DELETE)
                                .asDangerous())
                : List.of(
                        Act.of("vault.back-up", this::backUpTicked).with(Icon.BACKUP),
                        Act.of("vault.delete", () -> deleteOneByOne(new ArrayList<>(ticked())))
                                .with(Icon.DELETE)
                                .asDangerous());
    }

    private List<VaultRow> ticked() {
        return rows.items().stream()
                .filter(row -> rows.ticks().has(rows.idOf(row)))
                .toList();
    }

    private void backUpTicked() {
        List<VaultRow> ready = ticked().stream()
                .filter(row -> acts.backUp(row.vault()).possible())
                .toList();
        if (ready.isEmpty()) {
            ticked().stream()
                    .findFirst()
                    .flatMap(row -> acts.backUp(row.vault()).whyNot().getValue())
                    .ifPresent(why -> desk.elsewhere().tell(why, Optional.empty()));
            return;
        }
        if (ready.size() == 1) {
            acts.backUp(ready.getFirst().vault()).run();
            return;
        }
        int disks = ready.stream().mapToInt(row -> row.disks().size()).sum();
        boolean wanted = desk.dialogs()
                .confirm(Question.plain(
                        Sentence.of("vaults.back-up.title", "n", ready.size()),
                        Sentence.of("vaults.back-up.act", "n", disks),
                        Sentence.of("vaults.back-up.line", "n", disks)));
        if (wanted) {
            rows.ticks().clear();
            ready.forEach(this::start);
        }
    }

    private void start(VaultRow row) {
        String name = Names.suggest(Backups.MANUAL_PREFIX, desk.random());
        desk.background()
                .work(() -> desk.services()
                        .backups()
                        .start(new NewBackup(row.vault().id(), List.of(), name, "", false)))
                .then(tasks -> desk.elsewhere()
                        .tell(
                                Sentence.of(
                                        "vaults.back-up.started",
                                        "vault",
                                        row.vault().name(),
                                        "n",
                                        tasks.size()),
                                Optional.empty()))
                .onError(desk.dialogs()::error)
                .start();
    }

    /** Each vault has its own name to be typed, so they are asked for one after the other. */
    private void deleteOneByOne(List<VaultRow> left) {
        if (!left.isEmpty()) {
            VaultRow next = left.removeFirst();
            acts.removal().delete(next.vault(), () -> deleteOneByOne(left));
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
