package org.coffer.window.restore;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Preview;
import org.coffer.console.restore.Restores;
import org.coffer.console.restore.Target;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;

/**
 * One restore being prepared: where to, what stands in the way, what it would overwrite. Whenever the answer to
 * <em>where to</em> changes a new plan is made and the comparison starts over; an answer that comes late is dropped.
 */
public final class RestoreModel {
    private final Restores restores;
    private final Disks allDisks;
    private final Desk desk;
    private final Backup backup;
    private final ObjectProperty<Way> way;
    private final ObjectProperty<Optional<Disk>> other = new SimpleObjectProperty<>(Optional.empty());
    private final DiskFile file;
    private final BooleanProperty verify = new SimpleBooleanProperty(true);
    private final BooleanProperty safetyCopy = new SimpleBooleanProperty(true);
    private final GrowChoice grow = new GrowChoice();
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObservableList<Disk> disks = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Plan>> plan = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper unmountable = new ReadOnlyBooleanWrapper();
    private final BooleanProperty starting = new SimpleBooleanProperty();
    private final Background.Line planning;
    private final Comparing comparing;
    /** What was unmounted for this; also touched by works that unmount. */
    private final Set<UUID> freed = ConcurrentHashMap.newKeySet();

    /**
     * A restore of {@code backup} that goes {@code first} unless the user says otherwise.
     *
     * @param disks where other disks are found
     */
    public RestoreModel(Restores restores, Disks disks, Desk desk, Backup backup, Way first) {
        this.restores = restores;
        this.allDisks = disks;
        this.desk = desk;
        this.backup = backup;
        this.way = new SimpleObjectProperty<>(first);
        this.file = new DiskFile(desk);
        file.suggest(backup);
        this.planning = desk.background().line();
        this.comparing = new Comparing(restores, desk.background());
        way.addListener((property, old, now) -> elsewhere());
        other.addListener((property, old, now) -> {
            // The same disk in another state was seen while planning, which is why it is known.
            if (!old.map(Disk::id).equals(now.map(Disk::id))) {
                elsewhere();
            }
        });
        file.pathProperty().subscribe((old, now) -> replan());
        file.formatProperty().subscribe((old, now) -> replan());
        safetyCopy.addListener((property, old, now) -> plan());
        desk.background().work(this::others).then(this::show).start();
        replan();
    }

    private List<Disk> others() {
        return allDisks.list().stream()
                .filter(disk -> !disk.id().equals(backup.diskId()))
                .filter(disk -> disk.state() != Disk.State.MISSING)
                .toList();
    }

    /** Shows the disks as they are now; the chosen one stays chosen. */
    private void show(List<Disk> found) {
        Optional<UUID> chosen = other.get().map(Disk::id);
        disks.setAll(found);
        chosen.flatMap(id -> found.stream().filter(disk -> disk.id().equals(id)).findFirst())
                .ifPresent(disk -> other.set(Optional.of(disk)));
    }

    // ---- answers

    /** What is restored. */
    public Backup backup() {
        return backup;
    }

    /** Where to. */
    public ObjectProperty<Way> wayProperty() {
        return way;
    }

    /** The other disk, if that is where to. */
    public ObjectProperty<Optional<Disk>> otherProperty() {
        return other;
    }

    /** The new file, if that is where to. */
    public DiskFile file() {
        return file;
    }

    /** Whether everything is read back afterwards. */
    public BooleanProperty verifyProperty() {
        return verify;
    }

    /** Whether what is overwritten is kept, so that the restore can be undone. */
    public BooleanProperty safetyCopyProperty() {
        return safetyCopy;
    }

    /** Whether all of a larger disk is to be used. */
    public GrowChoice grow() {
        return grow;
    }

    /** When the safety copy goes; empty while that is not known, or where nothing is overwritten. */
    public ObservableValue<Optional<Instant>> safetyUntil() {
        return plan.map(now -> now.flatMap(one -> one.preview().safetyCopy()).flatMap(Preview.Safety::until));
    }

    /** What the user typed where a system disk asks for its name. */
    public StringProperty typedProperty() {
        return typed;
    }

    /** The disks that might be overwritten instead of the original one. */
    public ObservableList<Disk> disks() {
        return disks;
    }

    // ---- what follows from them

    /** What would happen; empty while that is being found out, or nothing is chosen. */
    public ReadOnlyObjectProperty<Optional<Plan>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** Why there is no plan. */
    public ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** How far the count of what would be overwritten is. */
    public ReadOnlyObjectProperty<Comparison> comparisonProperty() {
        return comparing.comparisonProperty();
    }

    /** Whether a disk would be overwritten, so that the button is red. */
    public ObservableValue<Boolean> overwrites() {
        return way.map(now -> now != Way.NEW_FILE);
    }

    /** Whether the name of the system disk has to be typed. */
    public ObservableValue<Boolean> asksForName() {
        return plan.map(now -> now.filter(Plan::overwritesSystem).isPresent());
    }

    /** What the button says. */
    public ObservableValue<Sentence> title() {
        return Bindings.createObjectBinding(
                () -> switch (way.get()) {
                    case NEW_FILE -> Sentence.of("restore.do.file", "name", file.name());
                    case ORIGINAL -> Sentence.of("restore.do.disk", "name", targetName());
                    case OTHER_DISK ->
                        other.get().isEmpty()
                                ? Sentence.of("backups.restore")
                                : Sentence.of("restore.do.disk", "name", targetName());
                },
                way,
                plan,
                file.pathProperty(),
                other);
    }

    /** Everything in one sentence that could be read aloud, and one about what is checked. */
    public ObservableValue<List<Sentence>> summary() {
        return Bindings.createObjectBinding(
                this::summarise,
                way,
                plan,
                comparing.comparisonProperty(),
                verify,
                safetyCopy,
                grow.growthProperty(),
                grow.chosenProperty(),
                file.pathProperty(),
                other);
    }

    private List<Sentence> summarise() {
        Sentence checked = Sentence.of(verify.get() ? "restore.summary.verify" : "restore.summary.trust");
        if (way.get() == Way.NEW_FILE) {
            Sentence written = Sentence.of(
                    "restore.summary.file",
                    "disk",
                    backup.diskName(),
                    "at",
                    backup.createdAt(),
                    "path",
                    file.pathProperty().get(),
                    "bytes",
                    backup.sizes().logical());
            return List.of(written, checked);
        }
        if (way.get() == Way.OTHER_DISK && other.get().isEmpty()) {
            return List.of(Sentence.of("restore.summary.choose"));
        }
        boolean counted = comparison().state() == Comparison.State.DONE;
        if (counted && comparison().bytes() == 0) {
            return List.of(Sentence.of("restore.summary.same", "target", targetName(), "at", backup.createdAt()));
        }
        String all = way.get() == Way.ORIGINAL ? "restore.summary.original" : "restore.summary.other";
        String some = way.get() == Way.ORIGINAL ? "restore.summary.original.counted" : "restore.summary.other.counted";
        Sentence first = Sentence.of(
                counted ? some : all,
                "disk",
                backup.diskName(),
                "target",
                targetName(),
                "at",
                backup.createdAt(),
                "bytes",
                comparison().bytes());
        return growing()
                .map(grows -> List.of(first, wayBack(), checked, grows))
                .orElseGet(() -> List.of(first, wayBack(), checked));
    }

    private Optional<Sentence> growing() {
        return grow.wanted()
                .filter(one -> verify.get())
                .map(one -> Sentence.of(
                        "restore.summary.grow", "format", one.format(), "from", one.from(), "to", one.to()));
    }

    /** Whether it can be undone, and until when. */
    private Sentence wayBack() {
        Optional<Preview.Safety> safety =
                plan.get().flatMap(now -> now.preview().safetyCopy());
        if (safety.filter(one -> one.until().isEmpty()).isPresent()) {
            return Sentence.of(
                    "restore.summary.nothing",
                    "target",
                    plan.get().orElseThrow().targetName());
        }
        return safety.flatMap(Preview.Safety::kept)
                .map(kept -> Sentence.of("restore.summary.kept.earlier", "name", kept.name()))
                .or(() -> safety.flatMap(one -> one.undoable(safetyCopy.get()))
                        .map(until -> Sentence.of("restore.summary.kept", "until", until)))
                .orElseGet(() -> Sentence.of("restore.summary.lost"));
    }

    /** Why it cannot be started now; empty if it can. */
    public ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(this::obstacle, plan, failure, typed, starting, way, other);
    }

    private Optional<Sentence> obstacle() {
        boolean unchosen = way.get() == Way.OTHER_DISK && other.get().isEmpty();
        return Looked.whyNot(
                failure.get(),
                plan.get().filter(now -> !starting.get()),
                typed.get(),
                Sentence.of(unchosen ? "restore.summary.choose" : "restore.looking"),
                Sentence::explaining);
    }

    private Comparison comparison() {
        return comparing.comparisonProperty().get();
    }

    private String targetName() {
        return plan.get()
                .map(Plan::targetName)
                .or(() -> way.get() == Way.OTHER_DISK ? other.get().map(Disk::name) : Optional.empty())
                .orElse(backup.diskName());
    }

    // ---- acts

    private void elsewhere() {
        grow.forget();
        replan();
    }

    /** Looks at the target again, as after it was unmounted. */
    public void replan() {
        cancelComparison();
        plan();
    }

    /** The same, with what was counted. */
    private void plan() {
        plan.set(Optional.empty());
        unmountable.set(false);
        failure.set(Optional.empty());
        Optional<NewRestore> wanted = wanted();
        if (wanted.isEmpty()) {
            planning.drop();
            return;
        }
        planning.work(() -> look(wanted.get()))
                .then(found -> {
                    show(found.others());
                    unmountable.set(found.looked().unmountable());
                    grow.show(found.looked().growth());
                    plan.set(Optional.of(found.looked().plan()));
                })
                .onError(problem -> failure.set(Optional.of(problem)))
                .start();
    }

    private record Seen(Looked looked, List<Disk> others) {}

    private Seen look(NewRestore wanted) {
        return new Seen(Looked.at(restores, allDisks, wanted), others());
    }

    private Optional<NewRestore> wanted() {
        Optional<Target> target = switch (way.get()) {
            case ORIGINAL -> Optional.of(new Target.Original());
            case OTHER_DISK -> other.get().map(disk -> new Target.OtherDisk(disk.id()));
            case NEW_FILE -> newFile();
        };
        return target.map(to -> new NewRestore(
                backup.id(),
                to,
                verify.get(),
                safetyCopy.get() && way.get() != Way.NEW_FILE,
                growing().isPresent()));
    }

    private Optional<Target> newFile() {
        try {
            return file.target();
        } catch (ProblemException e) {
            failure.set(Optional.of(e.problem()));
            return Optional.empty();
        }
    }

    /** Whether the disk that would be overwritten is mounted and may be unmounted from here. */
    public ObservableValue<Boolean> unmountable() {
        return unmountable.getReadOnlyProperty();
    }

    /** Unmounts the disk that would be overwritten, and looks at it again; what keeps it mounted is said in its place. */
    public void unmount() {
        plan.get()
                .flatMap(Plan::targetDisk)
                .ifPresent(disk -> planning.work(() -> {
                            allDisks.unmount(disk);
                            freed.add(disk);
                            return disk;
                        })
                        .then(done -> replan())
                        .onError(problem -> failure.set(Optional.of(problem)))
                        .start());
    }

    /** Mounts again what was unmounted for a restore that is not begun. */
    void putBack() {
        freed.forEach(
                disk -> desk.background().act(() -> allDisks.mountAgain(disk)).start());
    }

    /** Reads the target and counts what differs; takes as long as reading it does. */
    public void compare() {
        wanted().ifPresent(comparing::start);
    }

    /** Stops counting. */
    public void cancelComparison() {
        comparing.cancel();
    }

    /** Looks how far the count is; called a few times a second while it runs. */
    public void poll() {
        comparing.poll();
    }

    /** Starts it; {@code done} is called once the task is there. Input stays if it is refused. */
    public void start(Runnable done) {
        Optional<Plan> shown = plan.get();
        if (starting.get() || shown.isEmpty()) {
            return;
        }
        wanted().ifPresent(restore -> {
            cancelComparison();
            starting.set(true);
            desk.background()
                    .work(() -> restores.start(restore, shown.get()))
                    .then(task -> {
                        starting.set(false);
                        done.run();
                        desk.news()
                                .tell(
                                        Sentence.of(
                                                "restore.started",
                                                "name",
                                                task.subject().name()),
                                        Optional.of(Act.of(
                                                "restore.show",
                                                () -> desk.navigator().open(Route.to("tasks")))));
                    })
                    .onError(problem -> {
                        starting.set(false);
                        failure.set(Optional.of(problem));
                    })
                    .start();
        });
    }
}
