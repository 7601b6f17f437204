package org.coffer.window.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import javafx.util.Subscription;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.table.Chosen;
import org.coffer.window.kit.table.PagedRows;
import org.coffer.window.kit.table.Slice;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.shell.Desk;
import org.coffer.window.task.LiveTasks;
import org.coffer.window.task.Since;

/**
 * The list of backups, of all vaults or of one: filters, order, pages of 200 out of SQL, live progress, the trash, and
 * what can be done with many at once. Single backups are {@link BackupActs}' matter.
 */
public final class BackupListModel {
    private static final Map<String, BackupSort.Column> COLUMNS = Map.ofEntries(
            Map.entry("name", BackupSort.Column.NAME),
            Map.entry("state", BackupSort.Column.STATUS),
            Map.entry("disk", BackupSort.Column.DISK),
            Map.entry("vault", BackupSort.Column.VAULT),
            Map.entry("created", BackupSort.Column.CREATED),
            Map.entry("added", BackupSort.Column.ADDED),
            Map.entry("size", BackupSort.Column.CAPACITY),
            Map.entry("frees", BackupSort.Column.FREES),
            Map.entry("only", BackupSort.Column.ONLY_HERE),
            Map.entry("data", BackupSort.Column.LOGICAL),
            Map.entry("verified", BackupSort.Column.VERIFIED),
            Map.entry("consistency", BackupSort.Column.CONSISTENCY),
            Map.entry("origin", BackupSort.Column.ORIGIN),
            Map.entry("kind", BackupSort.Column.KIND),
            Map.entry("expires", BackupSort.Column.EXPIRES));

    private final BackupServices services;
    private final Desk desk;
    private final BackupActs acts;
    private final Optional<UUID> only;
    private final PagedRows<Backup, BackupFilter> rows;
    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    private final LiveTasks live;
    private final ObservableValue<Map<UUID, Task>> liveByBackup;
    private final Bridge<Surroundings> changes;
    private final ObservableSet<BackupStatus> statuses = FXCollections.observableSet();
    private final ObjectProperty<Optional<Named>> disk = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Named>> vault = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Since>> since = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Advanced> advanced = new SimpleObjectProperty<>(Advanced.NONE);
    private final StringProperty query = new SimpleStringProperty("");
    private final BooleanProperty trash = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Surroundings> around = new ReadOnlyObjectWrapper<>(Surroundings.NONE);
    private boolean clearing;

    /** What the list's surroundings need: what can be chosen in filters, and how much is stored in all. */
    private record Surroundings(List<Named> disks, List<Named> vaults, long used) {
        static final Surroundings NONE = new Surroundings(List.of(), List.of(), 0);
    }

    /**
     * A list that is not loaded yet.
     *
     * @param acts what can be done with a backup
     * @param only backups in this vault; empty for those of all
     */
    public BackupListModel(BackupServices services, Desk desk, BackupActs acts, Optional<UUID> only) {
        this.services = services;
        this.desk = desk;
        this.acts = acts;
        this.only = only;
        this.live = new LiveTasks(services.tasks(), services.events(), desk.background());
        this.liveByBackup = live.byBackup();
        this.rows = new PagedRows<>(
                desk.background(),
                backup -> backup.id().toString(),
                (filter, sort, offset, limit) ->
                        new Slice<>(marked(services.backups().list(filter, sorted(sort), offset, limit)), (int)
                                services.backups().count(filter)),
                filter());
        rows.sortProperty().set(Optional.of(Sort.down("created")));
        this.changes = new Bridge<>(
                desk.background(),
                this::lookAround,
                found -> {
                    around.set(found);
                    rows.refresh();
                },
                problem -> rows.refresh());
        statuses.addListener((SetChangeListener<BackupStatus>) change -> refilter());
        Stream.of(disk, vault, since, advanced, query, trash)
                .forEach(property -> property.addListener((observable, old, now) -> refilter()));
    }

    /** Finds out, with each page, which of its backups a retention lock holds. */
    private List<Backup> marked(List<Backup> page) {
        Set<UUID> locked = services.backups().held(page);
        page.forEach(backup -> {
            if (locked.contains(backup.id())) {
                held.add(backup.id());
            } else {
                held.remove(backup.id());
            }
        });
        return page;
    }

    /** Whether a retention lock holds a backup that is shown. */
    boolean held(Backup backup) {
        return held.contains(backup.id());
    }

    /** Follows what changes, until the subscription ends. */
    public Subscription follow() {
        Events.Subscription hearing = services.events().subscribe(event -> {
            if (event instanceof Event.BackupChanged || event instanceof Event.VaultChanged) {
                changes.changed();
            }
        });
        changes.changed();
        return live.follow().and(hearing::close);
    }

    // ---- what is shown

    /** The backups that match. */
    public PagedRows<Backup, BackupFilter> rows() {
        return rows;
    }

    /** What works on backups now, by the backup's ID. */
    ObservableValue<Map<UUID, Task>> live() {
        return liveByBackup;
    }

    /** What can be done with a backup. */
    BackupActs acts() {
        return acts;
    }

    /** Whether the list is about one vault, so that its column says nothing. */
    public boolean ofOneVault() {
        return only.isPresent();
    }

    /** Only these states; empty for all. */
    public ObservableSet<BackupStatus> statuses() {
        return statuses;
    }

    /** Only of this disk. */
    public ObjectProperty<Optional<Named>> diskProperty() {
        return disk;
    }

    /** Only in this vault; not asked where the list is about one. */
    public ObjectProperty<Optional<Named>> vaultProperty() {
        return vault;
    }

    /** How far back. */
    public ObjectProperty<Optional<Since>> sinceProperty() {
        return since;
    }

    /** What <em>Advanced search</em> asks for. */
    public ObjectProperty<Advanced> advancedProperty() {
        return advanced;
    }

    /** Only those whose name or ID, or whose disk's or vault's, contains this. */
    public StringProperty queryProperty() {
        return query;
    }

    /** Whether the trash is shown instead of the others. */
    public BooleanProperty trashProperty() {
        return trash;
    }

    /** The disks to choose from. */
    ObservableValue<List<Named>> diskOptions() {
        return around.map(Surroundings::disks);
    }

    /** The vaults to choose from. */
    ObservableValue<List<Named>> vaultOptions() {
        return around.map(Surroundings::vaults);
    }

    /** What is stored in the vault, or in all, trash included. */
    ObservableValue<Sentence> used() {
        return around.map(now -> Sentence.of("backups.used", "bytes", now.used()));
    }

    /** Unchooses all filters; the trash stays what it was. */
    public void clearFilters() {
        clearing = true;
        statuses.clear();
        disk.set(Optional.empty());
        vault.set(Optional.empty());
        since.set(Optional.empty());
        advanced.set(Advanced.NONE);
        query.set("");
        clearing = false;
        refilter();
    }

    /** Loads again. */
    public void refresh() {
        changes.changed();
    }

    // ---- what can be done

    /** Backs up: asks which vault's disks, if the list is about all. */
    public void backUp() {
        acts.sheets().backUp(only, Set.of());
    }

    /** Asks for more conditions. */
    public void search() {
        acts.sheets().advanced(advanced);
    }

    /** Asks, then deletes the ticked backups. */
    public void deleteTicked() {
        ticked(ids -> acts.sheets().delete(ids, trash.get()));
    }

    /** Takes the ticked backups out of the trash. */
    public void takeBackTicked() {
        ticked(ids -> {
            rows.ticks().clear();
            desk.background()
                    .act(() -> ids.forEach(services.deletion().trash()::takeBack))
                    .start();
        });
    }

    /** Shows how much each disk's backups stored. */
    public void showStored() {
        acts.sheets().stored(only);
    }

    /** Lets the user say where to, then writes exactly the backups that match the filters, in the order shown. */
    public void export(BackupExport.Format format) {
        BackupFilter asked = rows.filterProperty().get();
        BackupSort sort = sorted(rows.sortProperty().get());
        Optional<Path> file = desk.dialogs().save(Sentence.of("backups.export.title"), format.fileName());
        file.ifPresent(path -> desk.background()
                .work(() -> new BackupExport(services.backups()).write(path, format, asked, sort))
                .then(count -> desk.news()
                        .tell(
                                Sentence.of("backups.export.done", "n", count, "path", path.toString()),
                                Optional.empty()))
                .start());
    }

    private void ticked(java.util.function.Consumer<List<UUID>> deed) {
        Chosen chosen = rows.ticks().chosen();
        BackupFilter asked = rows.filterProperty().get();
        desk.background()
                .work(() -> switch (chosen) {
                    case Chosen.These these ->
                        these.ids().stream().map(UUID::fromString).toList();
                    case Chosen.AllBut allBut -> allBut(asked, allBut.ids());
                })
                .then(deed)
                .start();
    }

    private List<UUID> allBut(BackupFilter asked, Set<String> without) {
        int count = (int) services.backups().count(asked);
        return services.backups().list(asked, BackupSort.NEWEST, 0, count).stream()
                .map(Backup::id)
                .filter(id -> !without.contains(id.toString()))
                .toList();
    }

    // ---- inside

    private Surroundings lookAround() {
        List<Vault> vaults = services.vaults().list(VaultFilter.ALL);
        Set<UUID> kept = new HashSet<>();
        services.backups().totals().stream()
                .filter(totals -> only.isEmpty() || only.get().equals(totals.vault()))
                .map(DiskTotals::disk)
                .forEach(kept::add);
        List<Named> disks = kept.stream()
                .flatMap(id -> services.disks().find(id).stream())
                .map(found -> new Named(found.id(), found.name()))
                .sorted(Comparator.comparing(Named::name))
                .toList();
        long used = vaults.stream()
                .filter(found -> only.isEmpty() || only.get().equals(found.id()))
                .mapToLong(Vault::used)
                .sum();
        return new Surroundings(
                disks,
                vaults.stream()
                        .map(found -> new Named(found.id(), found.name()))
                        .toList(),
                used);
    }

    /** Finds the newest backup of a day or before it, newest first, and hands on where in the list it stands. */
    void find(LocalDate day, IntConsumer at) {
        rows.sortProperty().set(Optional.of(Sort.down("created")));
        BackupFilter asked = rows.filterProperty().get();
        Optional<Instant> after = later(asked.since(), Optional.of(start(day.plusDays(1), desk.clock())));
        desk.background()
                .work(() -> (int) services.backups().count(asked.between(after, asked.until())))
                .then(at::accept)
                .start();
    }

    private void refilter() {
        if (!clearing) {
            boolean narrowed = !statuses.isEmpty()
                    || disk.get().isPresent()
                    || vault.get().isPresent()
                    || since.get().isPresent()
                    || !advanced.get().equals(Advanced.NONE)
                    || !query.get().isBlank();
            rows.filter(filter(), narrowed);
        }
    }

    private BackupFilter filter() {
        Advanced more = advanced.get();
        Clock clock = desk.clock();
        Optional<Instant> from =
                later(since.get().map(span -> span.from(clock)), more.from().map(day -> start(day, clock)));
        Optional<Instant> until =
                more.until().map(day -> start(day.plusDays(1), clock).minusMillis(1));
        return new BackupFilter(
                Set.copyOf(statuses),
                only.or(() -> vault.get().map(Named::id)),
                disk.get().map(Named::id),
                from,
                until,
                more.origin(),
                more.kind(),
                query.get(),
                more.name(),
                more.diskName(),
                new BackupFilter.Ids(more.id(), more.vaultId(), more.diskId()),
                trash.get());
    }

    private static Instant start(LocalDate day, Clock clock) {
        return day.atStartOfDay(clock.getZone()).toInstant();
    }

    private static Optional<Instant> later(Optional<Instant> a, Optional<Instant> b) {
        return Stream.concat(a.stream(), b.stream()).max(Comparator.naturalOrder());
    }

    private static BackupSort sorted(Optional<Sort> sort) {
        return sort.filter(now -> COLUMNS.containsKey(now.column()))
                .map(now ->
                        new BackupSort(java.util.Objects.requireNonNull(COLUMNS.get(now.column())), !now.ascending()))
                .orElse(BackupSort.NEWEST);
    }
}
