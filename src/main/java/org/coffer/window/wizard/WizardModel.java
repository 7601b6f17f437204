package org.coffer.window.wizard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.file.FilePath;
import org.coffer.console.resource.Disk;
import org.coffer.problem.Problem;
import org.coffer.window.files.FilePlaceModel;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/**
 * All answers of one restore and what follows from one to the next: what happened decides whether files or a disk come back
 * at first and whether a day is asked for; what comes back decides which backups there are; both and the moment decide what
 * is planned. Planning begins only when somebody gets there, because it looks at every disk.
 */
final class WizardModel implements AutoCloseable {
    private static final Sentence NOTHING = Sentence.data("");

    /** What kind of thing comes back. */
    enum Scope {
        FILES,
        DISK
    }

    private final DisksModel disks;
    private final FindModel find;
    private final MomentModel moment;
    private final DiskPlaceModel diskPlace;
    private final FilePlaceModel filePlace;
    private final OutcomeModel outcome;
    private final VersionsModel versions;
    private final BackupFiles files;
    private final Backups backups;
    private final Desk desk;
    private final ObjectProperty<Happened> happened = new SimpleObjectProperty<>(Happened.FILE);
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.FILES);
    private boolean planning;

    WizardModel(RestoreWizard.Services services, Desk desk, Consumer<Path> openFolder) {
        this.files = services.files();
        this.backups = services.backups();
        this.desk = desk;
        this.disks = new DisksModel(new SavedDisks(services.backups(), services.disks()), desk.background());
        this.find = new FindModel(services.files(), services.backups().leases(), desk.background());
        this.moment = new MomentModel(services.backups(), desk.background(), desk.clock());
        this.versions = new VersionsModel(services.files(), desk.background());
        this.diskPlace = new DiskPlaceModel(new DiskPlaces(services.restores(), services.disks()), desk);
        this.filePlace = new FilePlaceModel(services.files(), desk);
        this.outcome = new OutcomeModel(services, desk, openFolder);
        happened.subscribe((was, now) -> {
            scope.set(now.aboutFiles() ? Scope.FILES : Scope.DISK);
            moment.asksNoticed().set(now.beganUnseen());
            disks.prefer(likely(now));
        });
        disks.chosenProperty().subscribe((was, now) -> diskChosen());
        scope.subscribe((was, now) -> diskChosen());
        find.modeProperty().subscribe((was, now) -> diskChosen());
        find.wantedProperty().subscribe((was, now) -> now.ifPresent(this::filesChosen));
        moment.chosenProperty().subscribe((was, now) -> plan());
        moment.chosenProperty().subscribe((was, now) -> browse());
        disks.look();
    }

    /** What is broken is often not there any more; updates spoil what the computer starts from. */
    private static Predicate<SavedDisk> likely(Happened happened) {
        return switch (happened) {
            case BROKEN -> disk -> !disk.attached();
            case UPDATE -> disk -> disk.role() == Disk.Role.SYSTEM;
            case FILE, VIRUS, LOOK -> disk -> disk.role() == Disk.Role.DATA;
        };
    }

    // ---- The parts

    DisksModel disks() {
        return disks;
    }

    FindModel find() {
        return find;
    }

    MomentModel moment() {
        return moment;
    }

    DiskPlaceModel diskPlace() {
        return diskPlace;
    }

    FilePlaceModel filePlace() {
        return filePlace;
    }

    VersionsModel versions() {
        return versions;
    }

    OutcomeModel outcome() {
        return outcome;
    }

    /** What happened. */
    ObjectProperty<Happened> happenedProperty() {
        return happened;
    }

    /** What kind of thing comes back. */
    ObjectProperty<Scope> scopeProperty() {
        return scope;
    }

    private boolean isDisk() {
        return scope.get() == Scope.DISK;
    }

    // ---- From one answer to the next

    private void diskChosen() {
        if (isDisk() || find.modeProperty().get() == FindModel.Mode.BROWSE) {
            disks.chosenProperty().get().ifPresent(disk -> moment.show(disk.id(), Optional.empty()));
            browse();
        }
    }

    private void browse() {
        if (!isDisk() && find.modeProperty().get() == FindModel.Mode.BROWSE && !planning) {
            disks.chosenProperty()
                    .get()
                    .ifPresent(disk -> moment.chosenProperty()
                            .get()
                            .filter(backup -> backup.diskId().equals(disk.id()))
                            .ifPresent(backup -> find.browse(disk, backup)));
        }
    }

    private void filesChosen(WantedFiles wanted) {
        find.selectedHit()
                .ifPresent(hit -> moment.show(
                        hit.disk(), Optional.of(hit.newest().newest().id())));
        versions.show(wanted);
        plan();
    }

    /** Says whether the questions are reached that need a plan; it is made then, and made anew with every answer. */
    void planFrom(boolean reached) {
        planning = reached;
        plan();
        browse();
    }

    private void plan() {
        if (!planning) {
            return;
        }
        boolean onlyLook = happened.get() == Happened.LOOK;
        moment.chosenProperty().get().ifPresent(backup -> {
            if (isDisk()) {
                diskPlace.about(backup, onlyLook);
            } else {
                find.wantedProperty().get().ifPresent(wanted -> filePlace.about(backup, wanted.paths(), onlyLook));
            }
        });
    }

    // ---- Answers for the rail, and whether they will do

    ObservableValue<Sentence> happenedAnswer() {
        return happened.map(now -> Sentence.of(now.key()));
    }

    ObservableValue<Sentence> whatAnswer() {
        return Bindings.createObjectBinding(
                () -> isDisk()
                        ? disks.chosenProperty()
                                .get()
                                .map(disk -> Sentence.data(disk.name()))
                                .orElse(NOTHING)
                        : find.wantedProperty().get().map(WantedFiles::name).orElse(NOTHING),
                scope,
                disks.chosenProperty(),
                find.wantedProperty());
    }

    ObservableValue<Boolean> whatChosen() {
        return Bindings.createBooleanBinding(
                () -> isDisk()
                        ? disks.chosenProperty().get().isPresent()
                        : find.wantedProperty().get().isPresent(),
                scope,
                disks.chosenProperty(),
                find.wantedProperty());
    }

    ObservableValue<Sentence> momentAnswer() {
        return moment.chosenProperty()
                .map(now -> now.map(backup -> Sentence.of("wizard.when.answer", "at", backup.createdAt()))
                        .orElse(NOTHING));
    }

    ObservableValue<Boolean> momentChosen() {
        return Bindings.createBooleanBinding(
                () -> whyNotMoment().isEmpty(), moment.chosenProperty(), moment.dayUnreadable(), scope);
    }

    /** Why the chosen moment will not do. */
    private Optional<Sentence> whyNotMoment() {
        Optional<Backup> chosen = moment.chosenProperty().get();
        if (moment.dayUnreadable().getValue()) {
            return Optional.of(Sentence.of("wizard.noticed.unreadable"));
        }
        if (chosen.isEmpty()) {
            return Optional.of(Sentence.of("wizard.when.choose"));
        }
        return isDisk() && chosen.get().damaged() ? Optional.of(Sentence.of("wizard.when.damaged")) : Optional.empty();
    }

    ObservableValue<Sentence> placeAnswer() {
        ObservableValue<Sentence> disk = diskPlace.answer();
        return Bindings.createObjectBinding(
                () -> isDisk()
                        ? disk.getValue()
                        : Sentence.of(filePlace.wayProperty().get().key()),
                scope,
                disk,
                filePlace.wayProperty());
    }

    ObservableValue<Boolean> placeChosen() {
        ObservableValue<Boolean> disk = diskPlace.chosen();
        ObservableValue<Boolean> file = filePlace.chosen();
        return Bindings.createBooleanBinding(() -> isDisk() ? disk.getValue() : file.getValue(), scope, disk, file);
    }

    // ---- The act

    /** Restores; {@code begun} is called once the work is there. */
    Act restore(Runnable begun) {
        return Act.of(title(), () -> start(begun)).unless(whyNot());
    }

    private ObservableValue<Sentence> title() {
        ObservableValue<Sentence> place = placeAnswer();
        return Bindings.createObjectBinding(this::verb, scope, place, diskPlace.planProperty(), find.wantedProperty());
    }

    private Sentence verb() {
        if (!isDisk()) {
            List<FilePath> paths =
                    find.wantedProperty().get().map(WantedFiles::paths).orElse(List.of());
            boolean folder =
                    find.wantedProperty().get().filter(WantedFiles::folder).isPresent();
            return folder
                    ? Sentence.of("wizard.do.folder")
                    : Sentence.of("wizard.do.files", "n", Math.max(1, paths.size()));
        }
        return diskPlace.wayProperty().get() == DiskWay.NEW_FILE
                ? Sentence.of("wizard.do.new-file")
                : Sentence.of("wizard.do.disk", "name", diskPlace.targetName());
    }

    private ObservableValue<Optional<Sentence>> whyNot() {
        List<Observable> on = new ArrayList<>(List.of(diskPlace.reasons()));
        on.addAll(List.of(filePlace.reasons()));
        on.addAll(List.of(scope, moment.chosenProperty(), outcome.beginningProperty()));
        return Bindings.createObjectBinding(this::obstacle, on.toArray(Observable[]::new));
    }

    private Optional<Sentence> obstacle() {
        if (outcome.beginningProperty().get()) {
            return Optional.of(Sentence.of("wizard.check.beginning"));
        }
        return whyNotMoment().or(() -> isDisk() ? diskPlace.whyNot() : filePlace.whyNot(Plainly::why));
    }

    /** Whether something that is there now is lost by it. */
    ObservableValue<Boolean> dangerous() {
        ObservableValue<Boolean> disk = diskPlace.overwrites();
        ObservableValue<Boolean> file = filePlace.replaces();
        return Bindings.createBooleanBinding(() -> isDisk() ? disk.getValue() : file.getValue(), scope, disk, file);
    }

    private void start(Runnable begun) {
        outcome.begin(
                errand(),
                () -> {
                    diskPlace.begun();
                    begun.run();
                },
                this::refused);
    }

    /** Tells why nothing was begun, in plain words, and looks how things are now. */
    private void refused(Problem problem) {
        desk.dialogs().error(problem, Plainly.why(problem));
        if (isDisk()) {
            diskPlace.replan();
        } else {
            filePlace.replan();
        }
    }

    private Errand errand() {
        if (isDisk()) {
            return diskPlace.errand(advice());
        }
        Backup from = moment.chosenProperty().get().orElseThrow(() -> new IllegalStateException("no backup is chosen"));
        return new FileErrand(
                files,
                backups,
                from,
                filePlace.wanted().orElseThrow(() -> new IllegalStateException("no place is chosen")));
    }

    /** What is left to do afterwards because of what happened. */
    private List<Sentence> advice() {
        return switch (happened.get()) {
            case VIRUS -> List.of(Sentence.of("wizard.care.virus"));
            case UPDATE -> List.of(Sentence.of("wizard.care.update"));
            case FILE, BROKEN, LOOK -> List.of();
        };
    }

    @Override
    public void close() {
        find.close();
        versions.close();
        moment.close();
        diskPlace.close();
        filePlace.close();
        outcome.close();
    }
}
