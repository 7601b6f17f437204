package org.coffer.window.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.location.Address;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Places;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Dialogs;

/**
 * What the first start asks: which disks, where to, and when. Every question is answered before it is asked; whenever another
 * disk is ticked, the places are judged anew, and unless somebody chose one, the best of them is chosen.
 */
final class StartModel {
    /** A drive that is less full than this is a place for backups rather than something to protect. */
    private static final double NEARLY_EMPTY = 0.1;

    private static final Sentence NOTHING = Sentence.data("");

    private final Disks disks;
    private final Beginning beginning;
    private final WhenModel when;
    private final Background.Line looking;
    private final Background.Line judging;
    private final Background.Line starting;
    private final Dialogs dialogs;
    private final String readyName;
    private final ReadOnlyObjectWrapper<List<Disk>> found = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper looked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Set<UUID>> ticked = new ReadOnlyObjectWrapper<>(Set.of());
    private final ReadOnlyObjectWrapper<List<PlaceChoice>> choices = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Address>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> problem = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper somethingTicked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper placeFits = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper safe = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Sentence> disksAnswer = new ReadOnlyObjectWrapper<>(NOTHING);
    private final ReadOnlyObjectWrapper<Sentence> placeAnswer = new ReadOnlyObjectWrapper<>(NOTHING);
    private final List<Places.Place> named = new ArrayList<>();
    private List<Places.Place> known = List.of();
    private boolean placeByHand;

    /**
     * The model over these services.
     *
     * @param when when backups are to be made
     * @param readyName what the ready location will be called
     */
    StartModel(
            Disks disks,
            Beginning beginning,
            WhenModel when,
            Background background,
            Dialogs dialogs,
            String readyName) {
        this.disks = disks;
        this.beginning = beginning;
        this.when = when;
        this.looking = background.line();
        this.judging = background.line();
        this.starting = background.line();
        this.dialogs = dialogs;
        this.readyName = readyName;
        chosen.subscribe((old, now) -> conclude());
    }

    /** Looks at what is attached, and ticks what holds data. */
    void look() {
        when.look();
        looking.work(() -> new Seen(disks.refresh(), beginning.places().list()))
                .then(this::saw)
                .onError(this::failed)
                .start();
    }

    private record Seen(List<Disk> disks, List<Places.Place> places) {}

    // ---- What

    /** The disks, those that can be read first. */
    ReadOnlyObjectProperty<List<Disk>> disksProperty() {
        return found.getReadOnlyProperty();
    }

    /** Whether the first look has ended. */
    ReadOnlyBooleanProperty lookedProperty() {
        return looked.getReadOnlyProperty();
    }

    /** The disks to be protected. */
    ReadOnlyObjectProperty<Set<UUID>> tickedProperty() {
        return ticked.getReadOnlyProperty();
    }

    /** Whether any disk is ticked. */
    ReadOnlyBooleanProperty somethingTicked() {
        return somethingTicked.getReadOnlyProperty();
    }

    /** Ticks a disk, or unticks it. */
    void tick(UUID disk, boolean on) {
        Set<UUID> now = new LinkedHashSet<>(ticked.get());
        if (on ? now.add(disk) : now.remove(disk)) {
            ticked.set(Set.copyOf(now));
            judge();
        }
    }

    /** Adds an image file by hand. */
    Act addImage() {
        return Act.of(
                        "start.what.image",
                        () -> dialogs.chooseFile(Sentence.of("start.what.image.title"))
                                .ifPresent(this::addImage))
                .with(Icon.ADD);
    }

    /** Adds an image file and ticks it. */
    void addImage(Path file) {
        looking.work(() -> {
                    Disk added = disks.addImage(new NewImage(file, Optional.empty(), Optional.empty()));
                    return new Added(
                            added.id(),
                            new Seen(disks.list(), beginning.places().list()));
                })
                .then(added -> {
                    show(added.look());
                    tick(added.disk(), true);
                })
                .onError(dialogs::error)
                .start();
    }

    private record Added(UUID disk, Seen look) {}

    /** Tells how a disk that cannot be read may be allowed. */
    void explain(Disk disk) {
        disk.cause().ifPresent(dialogs::error);
    }

    /** What was answered, for the rail. */
    ObservableValue<Sentence> disksAnswer() {
        return disksAnswer.getReadOnlyProperty();
    }

    // ---- Where

    /** The places, judged for what is ticked. */
    ReadOnlyObjectProperty<List<PlaceChoice>> choicesProperty() {
        return choices.getReadOnlyProperty();
    }

    /** The address of the place that is chosen. */
    ObjectProperty<Optional<Address>> chosenProperty() {
        return chosen;
    }

    /** The place that is chosen, as it was judged. */
    Optional<PlaceChoice> choice() {
        return chosen.get()
                .flatMap(address -> choices.get().stream()
                        .filter(choice -> choice.place().address().equals(address))
                        .findFirst());
    }

    /** Chooses a place by hand; it is kept whatever is ticked afterwards. */
    void choose(Address address) {
        placeByHand = true;
        chosen.set(Optional.of(address));
    }

    /** Lets the user name another folder. */
    Act otherFolder() {
        return Act.of(
                        "start.where.other",
                        () -> dialogs.chooseFolder(Sentence.of("start.where.other.title"))
                                .ifPresent(this::otherFolder))
                .with(Icon.FILE_SYSTEM);
    }

    /** Offers a folder, and chooses it. */
    void otherFolder(Path folder) {
        looking.work(() -> beginning.places().folder(folder))
                .then(place -> {
                    named.removeIf(other -> other.address().equals(place.address()));
                    named.add(place);
                    placeByHand = true;
                    chosen.set(Optional.of(place.address()));
                    judge();
                })
                .onError(this::failed)
                .start();
    }

    /** Whether the chosen place can hold the backups. */
    ReadOnlyBooleanProperty placeFits() {
        return placeFits.getReadOnlyProperty();
    }

    /** What was answered, for the rail. */
    ObservableValue<Sentence> placeAnswer() {
        return placeAnswer.getReadOnlyProperty();
    }

    /** Whether every answer is safe, so that one click may start it all. */
    ReadOnlyBooleanProperty safe() {
        return safe.getReadOnlyProperty();
    }

    /** When backups are to be made. */
    WhenModel when() {
        return when;
    }

    // ---- Start

    /** Starts the first backup; {@code begun} gets it. */
    Act start(Consumer<Started> begun) {
        ObservableValue<Optional<Sentence>> whyNot =
                Bindings.createObjectBinding(this::obstacle, starting.busyProperty(), placeFits, when.fits());
        return Act.of("start.go", () -> begin(begun)).unless(whyNot);
    }

    private Optional<Sentence> obstacle() {
        if (starting.busyProperty().get()) {
            return Optional.of(Sentence.of("start.busy"));
        }
        if (!placeFits.get()) {
            return Optional.of(Sentence.of("start.where.unfit"));
        }
        return when.fits().get() ? Optional.empty() : Optional.of(Sentence.of("start.when.unfit"));
    }

    /** Why looking or starting failed. */
    ReadOnlyObjectProperty<Optional<Problem>> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    private void begin(Consumer<Started> begun) {
        Optional<PlaceChoice> choice = choice();
        if (choice.isEmpty()
                || !placeFits.get()
                || !somethingTicked.get()
                || !when.fits().get()) {
            return;
        }
        problem.set(Optional.empty());
        Places.Place place = choice.get().place();
        String name = place.kind() == Places.PlaceKind.READY ? readyName : place.name();
        List<UUID> wanted = List.copyOf(ticked.get());
        When decided = when.decision();
        starting.work(() -> beginning.begin(place, name, wanted, decided))
                .then(begun)
                .onError(this::failed)
                .start();
    }

    private void saw(Seen look) {
        show(look);
        looked.set(true);
        Set<UUID> holding = new LinkedHashSet<>();
        look.disks().stream().filter(disk -> holdsData(disk, look.places())).forEach(disk -> holding.add(disk.id()));
        ticked.set(Set.copyOf(holding));
        judge();
    }

    private void show(Seen look) {
        known = look.places();
        found.set(look.disks().stream()
                .filter(disk -> disk.state() != Disk.State.MISSING)
                .sorted(Comparator.comparing((Disk disk) -> !disk.state().readable())
                        .thenComparing(Disk::name))
                .toList());
    }

    private static boolean holdsData(Disk disk, List<Places.Place> places) {
        boolean kept = disk.image() || disk.state() == Disk.State.IN_USE || disk.encryption() != Disk.Encryption.NONE;
        boolean nearlyEmpty = disk.role() == Disk.Role.DATA
                && places.stream()
                        .filter(place -> place.drive().equals(Optional.of(disk.id())) && place.total() > 0)
                        .anyMatch(place -> place.total() - place.free() < NEARLY_EMPTY * place.total());
        return disk.state().readable() && kept && !nearlyEmpty;
    }

    /** Judges the places for what is ticked; this asks the system, so it happens elsewhere. */
    private void judge() {
        List<Places.Place> all = new ArrayList<>(known);
        named.stream()
                .filter(place ->
                        known.stream().noneMatch(other -> other.address().equals(place.address())))
                .forEach(all::add);
        Set<UUID> wanted = ticked.get();
        conclude();
        judging.work(() -> judged(all, wanted))
                .then(answer -> {
                    choices.set(answer);
                    if (!placeByHand) {
                        chosen.set(best(answer));
                    }
                    conclude();
                })
                .onError(this::failed)
                .start();
    }

    private List<PlaceChoice> judged(Collection<Places.Place> all, Set<UUID> wanted) {
        Places places = beginning.places();
        return all.stream()
                .map(place -> new PlaceChoice(
                        place, places.refusal(place.address(), wanted), places.warning(place.address(), wanted)))
                .toList();
    }

    /** Safe before doubtful before impossible, roomier before narrower. */
    private static Optional<Address> best(List<PlaceChoice> all) {
        return all.stream()
                .min(Comparator.comparing(
                                (PlaceChoice choice) -> choice.refusal().isPresent())
                        .thenComparing(choice -> choice.warning().isPresent())
                        .thenComparingLong(choice -> -choice.place().free()))
                .map(choice -> choice.place().address());
    }

    private void conclude() {
        List<Disk> wanted = found.get().stream()
                .filter(disk -> ticked.get().contains(disk.id()))
                .toList();
        somethingTicked.set(!wanted.isEmpty());
        disksAnswer.set(
                wanted.isEmpty()
                        ? NOTHING
                        : Sentence.of(
                                "start.what.answer",
                                "n",
                                wanted.size(),
                                "bytes",
                                wanted.stream().mapToLong(Disk::capacity).sum()));
        Optional<PlaceChoice> choice = choice();
        placeFits.set(choice.isPresent() && choice.get().refusal().isEmpty());
        placeAnswer.set(choice.map(now -> name(now.place())).orElse(NOTHING));
        safe.set(somethingTicked.get() && choice.map(PlaceChoice::safe).orElse(false));
    }

    /** What a place is called. */
    static Sentence name(Places.Place place) {
        return switch (place.kind()) {
            case READY -> Sentence.of("start.where.ready");
            case LOCATION, DRIVE, FOLDER -> Sentence.data(place.name());
        };
    }

    private void failed(Problem cause) {
        problem.set(Optional.of(cause));
    }
}
