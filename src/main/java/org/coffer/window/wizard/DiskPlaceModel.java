package org.coffer.window.wizard;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Target;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.restore.DiskFile;
import org.coffer.window.restore.GrowChoice;
import org.coffer.window.restore.Looked;
import org.coffer.window.shell.Desk;

/**
 * Where a disk comes back to, and what that would do. Whenever an answer changes it is planned anew; an answer that comes
 * late is dropped.
 */
final class DiskPlaceModel implements AutoCloseable {
    private static final Sentence NOTHING = Sentence.data("");

    private final DiskPlaces places;
    private final Desk desk;
    private final Background.Line judging;
    private final Background.Line planning;
    private final Counting counting;
    private final ObjectProperty<DiskWay> way = new SimpleObjectProperty<>(DiskWay.NEW_FILE);
    private final ObjectProperty<Optional<UUID>> other = new SimpleObjectProperty<>(Optional.empty());
    private final DiskFile file;
    private final BooleanProperty safetyCopy = new SimpleBooleanProperty(true);
    private final GrowChoice grow = new GrowChoice();
    private final StringProperty typed = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<DiskPlaces.Judged>> judged =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Plan>> plan = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper unmountable = new ReadOnlyBooleanWrapper();
    private Optional<Backup> backup = Optional.empty();
    private boolean onlyLooking;
    private boolean quiet;
    /** What was unmounted for a restore that was not begun yet; also touched by works that unmount. */
    private final Set<UUID> freed = ConcurrentHashMap.newKeySet();

    DiskPlaceModel(DiskPlaces places, Desk desk) {
        this.places = places;
        this.desk = desk;
        this.file = new DiskFile(desk);
        this.judging = desk.background().line();
        this.planning = desk.background().line();
        this.counting = new Counting(places, desk.background(), why -> failure.set(Optional.of(why)));
        way.subscribe((was, now) -> elsewhere());
        other.subscribe((was, now) -> elsewhere());
        file.pathProperty().subscribe((was, now) -> replan());
        file.formatProperty().subscribe((was, now) -> replan());
        safetyCopy.subscribe((was, now) -> replan());
    }

    // ---- Answers

    /**
     * Begins with another backup.
     *
     * @param onlyLook nothing may be overwritten
     */
    void about(Backup of, boolean onlyLook) {
        boolean same = backup.map(Backup::id).equals(Optional.of(of.id())) && onlyLooking == onlyLook;
        boolean sameDisk = backup.map(Backup::diskId).equals(Optional.of(of.diskId()));
        backup = Optional.of(of);
        onlyLooking = onlyLook;
        if (same) {
            return;
        }
        quiet = true;
        file.suggest(of);
        typed.set("");
        grow.forget();
        safetyCopy.set(true);
        if (onlyLook || !sameDisk) {
            way.set(DiskWay.NEW_FILE);
            other.set(Optional.empty());
        }
        quiet = false;
        judged.set(Optional.empty());
        judging.work(() -> places.judge(of))
                .then(found -> judged.set(Optional.of(found)))
                .onError(why -> failure.set(Optional.of(why)))
                .start();
        replan();
    }

    ObjectProperty<DiskWay> wayProperty() {
        return way;
    }

    /** The other disk, if that is where to. */
    ObjectProperty<Optional<UUID>> otherProperty() {
        return other;
    }

    /** The new file. */
    DiskFile file() {
        return file;
    }

    /** What is typed where a system disk asks for its name. */
    StringProperty typedProperty() {
        return typed;
    }

    /** Whether all of a larger disk is to be used. */
    GrowChoice grow() {
        return grow;
    }

    /** Does without the safety copy, for which there is no room: for this backup and this target only. */
    Act withoutCopy() {
        return Act.of("wizard.check.without-copy", () -> safetyCopy.set(false));
    }

    /** Takes that back. */
    Act withCopy() {
        return Act.of("wizard.check.with-copy", () -> safetyCopy.set(true)).with(Icon.SHIELD);
    }

    /** Whether what would be overwritten is lost, because somebody said so. */
    boolean withoutWayBack() {
        return !safetyCopy.get() && plan.get().flatMap(Plan::targetDisk).isPresent();
    }

    /** Whether what a plan overwrites is kept, so that it can be undone. */
    boolean isUndoable(Plan planned) {
        return planned.preview()
                .safetyCopy()
                .flatMap(safety -> safety.undoable(safetyCopy.get()))
                .isPresent();
    }

    // ---- What follows from them

    /** Where it can come back to; empty while that is being found out. */
    ReadOnlyObjectProperty<Optional<DiskPlaces.Judged>> judgedProperty() {
        return judged.getReadOnlyProperty();
    }

    /** Why one of the ways cannot be chosen. */
    Optional<Sentence> refusal(DiskWay of) {
        if (of == DiskWay.NEW_FILE) {
            return Optional.empty();
        }
        if (onlyLooking) {
            return Optional.of(Sentence.of("wizard.where.disk.only-looking"));
        }
        Optional<DiskPlaces.Judged> now = judged.get();
        if (now.isEmpty()) {
            return Optional.empty();
        }
        if (of == DiskWay.ORIGINAL) {
            return now.get().original().isEmpty()
                    ? Optional.of(Sentence.of("wizard.where.disk.gone"))
                    : now.get().original().get().refusal().map(Plainly::why);
        }
        List<DiskChoice> others = now.get().others();
        if (others.isEmpty()) {
            return Optional.of(Sentence.of("wizard.where.disk.no-other"));
        }
        return others.stream().anyMatch(choice -> choice.refusal().isEmpty())
                ? Optional.empty()
                : Optional.of(Sentence.of("wizard.where.disk.no-other-fits"));
    }

    /** What would happen; empty while that is being found out, or nothing is chosen. */
    ReadOnlyObjectProperty<Optional<Plan>> planProperty() {
        return plan.getReadOnlyProperty();
    }

    /** Why there is no plan. */
    ReadOnlyObjectProperty<Optional<Problem>> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    /** Whether the disk is only in use, and can be let go from here. */
    ReadOnlyBooleanProperty unmountable() {
        return unmountable.getReadOnlyProperty();
    }

    /** How many bytes would be overwritten. */
    ReadOnlyObjectProperty<Counting.Count> countProperty() {
        return counting.countProperty();
    }

    /** Whether a disk would be overwritten. */
    ObservableValue<Boolean> overwrites() {
        return way.map(now -> now != DiskWay.NEW_FILE);
    }

    /** Whether the place is chosen, so that it can be gone on to the check. */
    ObservableValue<Boolean> chosen() {
        return Bindings.createBooleanBinding(
                () -> refusal(way.get()).isEmpty()
                        && (way.get() != DiskWay.OTHER_DISK || other.get().isPresent())
                        && (way.get() != DiskWay.NEW_FILE || file.typed()),
                way,
                other,
                file.pathProperty(),
                judged);
    }

    /** What was answered, for the rail. */
    ObservableValue<Sentence> answer() {
        return Bindings.createObjectBinding(
                () -> switch (way.get()) {
                    case NEW_FILE -> Sentence.data(file.name());
                    case ORIGINAL -> backup.isPresent() ? Sentence.of("wizard.where.disk.original") : NOTHING;
                    case OTHER_DISK ->
                        otherDisk().map(disk -> Sentence.data(disk.name())).orElse(NOTHING);
                },
                way,
                file.pathProperty(),
                other,
                judged);
    }

    private Optional<Disk> otherDisk() {
        return other.get()
                .flatMap(id -> judged.get().stream()
                        .flatMap(now -> now.others().stream())
                        .map(DiskChoice::disk)
                        .filter(disk -> disk.id().equals(id))
                        .findFirst());
    }

    /** What the target is called. */
    String targetName() {
        return plan.get()
                .map(Plan::targetName)
                .or(() -> way.get() == DiskWay.OTHER_DISK ? otherDisk().map(Disk::name) : Optional.empty())
                .or(() -> way.get() == DiskWay.NEW_FILE ? Optional.of(file.name()) : backup.map(Backup::diskName))
                .orElse("");
    }

    /** What happens, in sentences that could be read aloud; empty until it is known. */
    ObservableValue<List<Sentence>> summary() {
        return Bindings.createObjectBinding(
                this::summarise, plan, counting.countProperty(), way, grow.growthProperty(), grow.chosenProperty());
    }

    private List<Sentence> summarise() {
        if (plan.get().isEmpty() || backup.isEmpty()) {
            return List.of();
        }
        return DiskSummary.of(
                way.get(),
                backup.get(),
                plan.get().get(),
                counting.countProperty().get(),
                safetyCopy.get(),
                grow.wanted().isPresent());
    }

    /** Why it cannot be started; empty if it can. */
    Optional<Sentence> whyNot() {
        return Looked.whyNot(failure.get(), plan.get(), typed.get(), Sentence.of("wizard.check.looking"), Plainly::why);
    }

    /** Whatever {@link #whyNot} depends on. */
    Observable[] reasons() {
        return new Observable[] {failure, plan, typed};
    }

    // ---- Acts

    /** What was said of one target holds for no other. */
    private void elsewhere() {
        grow.forget();
        boolean was = quiet;
        quiet = true;
        safetyCopy.set(true);
        typed.set("");
        quiet = was;
        replan();
    }

    /** Looks at the target again. */
    void replan() {
        if (quiet) {
            return;
        }
        counting.stop();
        plan.set(Optional.empty());
        unmountable.set(false);
        failure.set(Optional.empty());
        Optional<NewRestore> wanted = wanted();
        if (wanted.isEmpty()) {
            planning.drop();
            return;
        }
        planning.work(() -> places.plan(wanted.get()))
                .then(found -> {
                    unmountable.set(found.unmountable());
                    grow.show(found.growth());
                    plan.set(Optional.of(found.plan()));
                })
                .onError(why -> failure.set(Optional.of(why)))
                .start();
    }

    /** Lets go of the disk, and looks at it again; what keeps it is said in its place. */
    Act unmount() {
        return Act.of(
                        "wizard.check.unmount",
                        () -> plan.get()
                                .flatMap(Plan::targetDisk)
                                .ifPresent(disk -> planning.work(() -> {
                                            places.unmount(disk);
                                            freed.add(disk);
                                            return disk;
                                        })
                                        .then(done -> replan())
                                        .onError(why -> failure.set(Optional.of(why)))
                                        .start()))
                .with(Icon.UNMOUNT);
    }

    /** Looks again, as after something was connected or closed by hand. */
    Act again() {
        return Act.of("wizard.check.again", this::replan).with(Icon.REFRESH);
    }

    /** Counts what would be overwritten. */
    Act compare() {
        return Act.of("wizard.check.compare", () -> wanted().ifPresent(counting::start))
                .with(Icon.SEARCH);
    }

    /** Stops counting. */
    Act stopComparing() {
        return Act.of("wizard.check.compare.stop", counting::stop);
    }

    /** What is to be done; empty while an answer is missing. */
    Optional<NewRestore> wanted() {
        return backup.flatMap(of -> target().map(to -> new NewRestore(
                of.id(),
                to,
                true,
                safetyCopy.get() && !(to instanceof Target.NewFile),
                grow.wanted().isPresent())));
    }

    private Optional<Target> target() {
        return switch (way.get()) {
            case ORIGINAL -> Optional.of(new Target.Original());
            case OTHER_DISK -> other.get().map(Target.OtherDisk::new);
            case NEW_FILE -> newFile();
        };
    }

    private Optional<Target> newFile() {
        try {
            return file.target();
        } catch (ProblemException e) {
            failure.set(Optional.of(e.problem()));
            return Optional.empty();
        }
    }

    /** What is done when the user says so; only while nothing is in its way. */
    DiskErrand errand(List<Sentence> advice) {
        Backup of = backup.orElseThrow(() -> new IllegalStateException("no backup is chosen"));
        NewRestore wanted = wanted().orElseThrow(() -> new IllegalStateException("no place is chosen"));
        Plan now = plan.get().orElseThrow(() -> new IllegalStateException("it is not planned"));
        return new DiskErrand(places, of, wanted, now, advice);
    }

    /** A restore began, which puts back what was unmounted for it when it ends. */
    void begun() {
        plan.get().flatMap(Plan::targetDisk).ifPresent(freed::remove);
    }

    @Override
    public void close() {
        counting.stop();
        judging.drop();
        planning.drop();
        freed.forEach(
                disk -> desk.background().act(() -> places.mountAgain(disk)).start());
    }
}
