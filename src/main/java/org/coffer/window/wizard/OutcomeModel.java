package org.coffer.window.wizard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.Tasks;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Printing;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.restore.ReceiptFiles;
import org.coffer.window.restore.UndoAsking;
import org.coffer.window.shell.Desk;

/**
 * What was begun, from then on to the verdict: progress, pause, stop; then what can be done next. Undoing it, or doing it
 * again, begins another errand in the same place.
 */
final class OutcomeModel implements AutoCloseable {
    private final Tasks tasks;
    private final Restores restores;
    private final UndoAsking asking;
    private final Desk desk;
    private final Consumer<Path> openFolder;
    private final Background.Line beginning;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Nothing());
    private final ReadOnlyObjectWrapper<Optional<Sentence>> kept = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Events.Subscription events;
    private final Bridge<State> bridge;
    private volatile Optional<Followed> followed = Optional.empty();

    private record Followed(Errand errand, UUID task) {}

    /** How it is. */
    sealed interface State {
        /** Nothing was begun. */
        record Nothing() implements State {}

        /**
         * It runs, or is paused.
         *
         * @param doing what is done
         * @param task as it is now
         * @param pausable whether it can be held still
         */
        record Running(Sentence doing, Task task, boolean pausable) implements State {}

        /** It ended. */
        record Ended(Errand errand, Task task, Verdict verdict) implements State {}
    }

    OutcomeModel(RestoreWizard.Services services, Desk desk, Consumer<Path> openFolder) {
        this.tasks = services.tasks();
        this.restores = services.restores();
        this.asking = new UndoAsking(restores, services.disks(), desk, Plainly::why, this::refused);
        this.desk = desk;
        this.openFolder = openFolder;
        this.beginning = desk.background().line();
        this.bridge = new Bridge<>(desk.background(), this::look, this::show, desk.background()::unhandled);
        this.events = services.events().subscribe(event -> {
            if (event instanceof Event.TaskChanged || event instanceof Event.TasksProgressed) {
                bridge.changed();
            }
        });
    }

    /** How it is. */
    ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Where the receipt was kept, once it was. */
    ReadOnlyObjectProperty<Optional<Sentence>> kept() {
        return kept.getReadOnlyProperty();
    }

    /** Whether an errand is being begun. */
    ReadOnlyBooleanProperty beginningProperty() {
        return beginning.busyProperty();
    }

    /**
     * Begins an errand.
     *
     * @param begun called once its task is there
     * @param refused takes why it could not be begun
     */
    void begin(Errand errand, Runnable begun, Consumer<Problem> refused) {
        begin(errand, errand::begin, begun, refused);
    }

    private void begin(Errand errand, Supplier<Task> way, Runnable begun, Consumer<Problem> refused) {
        beginning
                .work(way::get)
                .then(task -> {
                    followed = Optional.of(new Followed(errand, task.id()));
                    kept.set(Optional.empty());
                    show(new State.Running(errand.doing(), task, false));
                    begun.run();
                    bridge.changed();
                })
                .onError(refused)
                .start();
    }

    /** Tells why something was not done, in plain words. */
    private void refused(Problem problem) {
        desk.dialogs().error(problem, Plainly.why(problem));
    }

    private State look() {
        Optional<Followed> now = followed;
        if (now.isEmpty()) {
            return new State.Nothing();
        }
        Errand errand = now.get().errand();
        return tasks.find(now.get().task())
                .<State>map(task -> task.status().ended()
                        ? new State.Ended(errand, task, errand.verdict(task))
                        : new State.Running(errand.doing(), task, tasks.pausable(task)))
                .orElseGet(State.Nothing::new);
    }

    /** Shows a state. */
    void show(State now) {
        state.set(now);
    }

    // ---- While it runs

    /** Holds it still, or lets it go on. */
    void pauseOrGoOn() {
        if (state.get() instanceof State.Running running) {
            UUID id = running.task().id();
            boolean paused = running.task().status() == TaskStatus.PAUSED;
            desk.background()
                    .work(() -> paused ? tasks.resume(id) : tasks.pause(id))
                    .then(task -> bridge.changed())
                    .onError(this::refused)
                    .start();
        }
    }

    /** Stops it, after saying what that means. */
    void stop() {
        Optional<Followed> now = followed;
        if (now.isEmpty() || !(state.get() instanceof State.Running)) {
            return;
        }
        Question question = Question.dangerous(
                Sentence.of("wizard.stop.title"),
                Sentence.of("wizard.stop.do"),
                now.get().errand().stopping());
        if (desk.dialogs().confirm(question)) {
            desk.background()
                    .act(() -> tasks.cancel(now.get().task()))
                    .onError(this::refused)
                    .start();
        }
    }

    // ---- When it ended

    /** What can be done next, commonest first. */
    List<Act> acts(State.Ended ended) {
        Verdict verdict = ended.verdict();
        var acts = new ArrayList<Act>();
        verdict.folder()
                .ifPresent(folder -> acts.add(Act.of("wizard.done.open", () -> openFolder.accept(folder))
                        .with(Icon.OPEN)));
        verdict.instead()
                .ifPresent(other -> acts.add(
                        Act.of(other.title(), () -> next(other.errand())).with(Icon.RESTORE)));
        if (verdict.retry()) {
            acts.add(Act.of("wizard.done.again", () -> again(ended)).with(Icon.REFRESH));
        }
        verdict.undo()
                .ifPresent(restore ->
                        acts.add(Act.of("wizard.done.undo", () -> undo(restore)).with(Icon.BACK)));
        return acts;
    }

    private void next(Errand errand) {
        begin(errand, () -> {}, this::refused);
    }

    private void again(State.Ended ended) {
        Errand errand = ended.errand();
        begin(errand, () -> errand.again(ended.task()), () -> {}, this::refused);
    }

    private void undo(UUID restore) {
        asking.ask(restore, undo -> next(new UndoErrand(restores, undo)));
    }

    /** Lets the user say where, and writes the receipt there. */
    void saveReceipt(Text text) {
        if (state.get() instanceof State.Ended ended) {
            new ReceiptFiles(desk, this::refused)
                    .save(
                            () -> receipt(ended, text),
                            file -> kept.set(
                                    Optional.of(Sentence.of("restore.receipt.saved", "path", file.toString()))));
        }
    }

    /** Hands the receipt to {@code print}, which says what came of it. */
    void printReceipt(Text text, Function<ReceiptSheet, Printing.Outcome> print) {
        if (state.get() instanceof State.Ended ended) {
            desk.background()
                    .work(() -> receipt(ended, text))
                    .then(sheet -> {
                        switch (print.apply(sheet)) {
                            case PRINTED -> kept.set(Optional.of(Sentence.of("wizard.receipt.printed")));
                            case NO_PRINTER -> refused(Problem.of("printer.none"));
                            case CANCELED -> {}
                        }
                    })
                    .onError(this::refused)
                    .start();
        }
    }

    private static ReceiptSheet receipt(State.Ended ended, Text text) {
        return ended.errand().receipt(ended.task(), new ReceiptWords(text));
    }

    @Override
    public void close() {
        events.close();
    }
}
