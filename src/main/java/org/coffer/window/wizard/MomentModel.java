package org.coffer.window.wizard;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Leases;
import org.coffer.console.backup.Origin;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Background;

/**
 * From when: the backups of one disk, and the one that is chosen. It chooses the newest sound one, or where harm began
 * unseen the last sound one from before that day, until somebody chooses by hand. The chosen one is not deleted meanwhile.
 */
final class MomentModel implements AutoCloseable {
    /** More backups of one disk than these are left out; the list of backups has them all. */
    private static final int MOST = 2000;

    private final Backups backups;
    private final Background.Line line;
    private final Clock clock;
    private final ReadOnlyObjectWrapper<List<Backup>> timeline = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Backup>> chosen = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final BooleanProperty asksNoticed = new SimpleBooleanProperty();
    private final ObjectProperty<Noticed> noticed = new SimpleObjectProperty<>(Noticed.TODAY);
    private final StringProperty typedDay = new SimpleStringProperty();
    private Optional<UUID> disk = Optional.empty();
    private boolean byHand;
    private Optional<Leases.Look> held = Optional.empty();
    private boolean closed;

    MomentModel(Backups backups, Background background, Clock clock) {
        this.backups = backups;
        this.line = background.line();
        this.clock = clock;
        typedDay.set(today().minusDays(2).toString());
        asksNoticed.subscribe((was, now) -> chooseAnew());
        noticed.subscribe((was, now) -> chooseAnew());
        typedDay.subscribe((was, now) -> chooseAnew());
        chosen.subscribe(this::hold);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), clock.getZone());
    }

    // ---- Answers

    /** Shows the backups of a disk; {@code wanted} is chosen if it is among them. */
    void show(UUID of, Optional<UUID> wanted) {
        if (!disk.equals(Optional.of(of))) {
            disk = Optional.of(of);
            looked.set(false);
            byHand = false;
            timeline.set(List.of());
            chosen.set(Optional.empty());
        }
        problem.set(Optional.empty());
        line.work(() -> ofDisk(of))
                .then(found -> {
                    timeline.set(found);
                    looked.set(true);
                    wanted.flatMap(id -> find(found, id)).ifPresent(this::choose);
                    if (!byHand) {
                        chosen.set(suggested());
                    } else {
                        chosen.set(chosen.get().flatMap(now -> find(found, now.id())));
                    }
                })
                .onError(why -> problem.set(Optional.of(why)))
                .start();
    }

    private static Optional<Backup> find(List<Backup> all, UUID id) {
        return all.stream().filter(backup -> backup.id().equals(id)).findFirst();
    }

    private List<Backup> ofDisk(UUID of) {
        return backups.list(BackupFilter.ALL.ofDisk(of), BackupSort.NEWEST, 0, MOST).reversed().stream()
                .filter(Backup::restorable)
                // What a restore kept of the disk is the way back of that restore, and is offered as its undoing.
                .filter(backup -> backup.origin() != Origin.SAFETY_COPY)
                .toList();
    }

    /** Chooses one by hand. */
    void choose(Backup backup) {
        byHand = true;
        chosen.set(Optional.of(backup));
    }

    /** Whether the day is asked for on which harm was noticed. */
    BooleanProperty asksNoticed() {
        return asksNoticed;
    }

    /** When it was noticed. */
    ObjectProperty<Noticed> noticed() {
        return noticed;
    }

    /** The day on which it was noticed, as it is typed; counts for {@link Noticed#EARLIER}. */
    StringProperty typedDay() {
        return typedDay;
    }

    // ---- What follows from them

    /** The backups that can be restored from, oldest first. */
    ReadOnlyObjectProperty<List<Backup>> timelineProperty() {
        return timeline.getReadOnlyProperty();
    }

    /** The one that is chosen; empty if there is none, or not yet. */
    ReadOnlyObjectProperty<Optional<Backup>> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /** Whether the backups were looked for. */
    ReadOnlyBooleanProperty lookedProperty() {
        return looked.getReadOnlyProperty();
    }

    /** Why they could not be looked for. */
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** The day on which harm was noticed; empty if that is not asked, or what is typed is no day of the past. */
    Optional<LocalDate> noticedDay() {
        if (!asksNoticed.get()) {
            return Optional.empty();
        }
        return noticed.get().day(today()).or(() -> parse(typedDay.get())).filter(day -> !day.isAfter(today()));
    }

    private static Optional<LocalDate> parse(String typed) {
        try {
            return Optional.of(LocalDate.parse(typed.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether the day has still to be corrected. */
    ObservableValue<Boolean> dayUnreadable() {
        return Bindings.createBooleanBinding(
                () -> asksNoticed.get() && noticedDay().isEmpty(), asksNoticed, noticed, typedDay);
    }

    /** Whether the chosen backup shows the disk as it was when the harm may have begun already. */
    ObservableValue<Boolean> tooLate() {
        return Bindings.createBooleanBinding(
                () -> noticedDay()
                        .flatMap(day -> chosen.get().map(backup -> !before(backup, day)))
                        .orElse(false),
                chosen,
                asksNoticed,
                noticed,
                typedDay);
    }

    /** The days without a backup between the chosen one and the next, or until now. */
    Optional<Gap> gapAfter() {
        return chosen.get()
                .flatMap(now -> Gap.between(
                        now.createdAt(),
                        neighbour(1).map(Backup::createdAt).orElseGet(() -> clock.instant()),
                        clock.getZone()));
    }

    /** The days without a backup between the chosen one and the one before. */
    Optional<Gap> gapBefore() {
        return chosen.get()
                .flatMap(now -> neighbour(-1)
                        .flatMap(other -> Gap.between(other.createdAt(), now.createdAt(), clock.getZone())));
    }

    private Optional<Backup> neighbour(int step) {
        int at = chosen.get().map(timeline.get()::indexOf).orElse(-1) + step;
        return at < 0 || at >= timeline.get().size() || chosen.get().isEmpty()
                ? Optional.empty()
                : Optional.of(timeline.get().get(at));
    }

    /** The sound backup before the chosen one. */
    Optional<Backup> soundBefore() {
        return chosen.get()
                .flatMap(now -> sound().filter(backup -> backup.createdAt().isBefore(now.createdAt()))
                        .reduce((earlier, later) -> later));
    }

    // ---- Inside

    private void chooseAnew() {
        if (!timeline.get().isEmpty()) {
            byHand = false;
            chosen.set(suggested());
        }
    }

    private Stream<Backup> sound() {
        return timeline.get().stream().filter(backup -> !backup.damaged());
    }

    /** The newest sound one, from before the harm if there is such a one. */
    private Optional<Backup> suggested() {
        Optional<LocalDate> day = noticedDay();
        return day.flatMap(
                        from -> sound().filter(backup -> before(backup, from)).reduce((earlier, later) -> later))
                .or(() -> day.isPresent() ? sound().findFirst() : sound().reduce((earlier, later) -> later));
    }

    private boolean before(Backup backup, LocalDate day) {
        return LocalDate.ofInstant(backup.createdAt(), clock.getZone()).isBefore(day);
    }

    private void hold(Optional<Backup> now) {
        Optional<Leases.Look> earlier = held;
        held = closed ? Optional.empty() : now.map(backup -> backups.leases().lookAt(backup.id()));
        earlier.ifPresent(Leases.Look::close);
    }

    /** Lets go of the backup. */
    @Override
    public void close() {
        closed = true;
        line.drop();
        held.ifPresent(Leases.Look::close);
        held = Optional.empty();
    }
}
