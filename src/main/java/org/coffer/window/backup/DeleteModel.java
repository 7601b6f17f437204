package org.coffer.window.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupTrash;
import org.coffer.console.backup.Deletion;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** Backups about to be deleted: what is freed, what remains, and what cannot go. Counting may take seconds. */
public final class DeleteModel {
    private final Deletion deletion;
    private final Desk desk;
    private final boolean trashed;
    private final List<UUID> ids;
    private final BooleanProperty toTrash;
    private final BooleanProperty deleting = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Optional<Deletion.Preview>> preview =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Problem>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Background.Line counting;

    /**
     * Deletes {@code wanted}.
     *
     * @param trashed whether they are in the trash already, so that they can only go for ever
     */
    public DeleteModel(Deletion deletion, Desk desk, List<UUID> wanted, boolean trashed) {
        this.deletion = deletion;
        this.desk = desk;
        this.trashed = trashed;
        this.toTrash = new SimpleBooleanProperty(!trashed);
        this.ids = new ArrayList<>(wanted);
        this.counting = desk.background().line();
        count();
    }

    private void count() {
        preview.set(Optional.empty());
        List<UUID> asked = List.copyOf(ids);
        counting.work(() -> deletion.preview(asked))
                .then(found -> preview.set(Optional.of(found)))
                .onError(problem -> failure.set(Optional.of(problem)))
                .start();
    }

    /** What deleting would do; empty while it is being counted. */
    public ObservableValue<Optional<Deletion.Preview>> preview() {
        return preview.getReadOnlyProperty();
    }

    /** Why it cannot be counted or was refused. */
    public ObservableValue<Optional<Problem>> failure() {
        return failure.getReadOnlyProperty();
    }

    /** Whether they go into the trash, as they do unless asked otherwise, or for ever. */
    public BooleanProperty toTrashProperty() {
        return toTrash;
    }

    /** Whether they can still go into the trash. */
    public boolean mayRest() {
        return !trashed;
    }

    /** What the button says. */
    public ObservableValue<Sentence> title() {
        return Bindings.createObjectBinding(
                () -> Sentence.of(toTrash.get() ? "backup.delete.do.trash" : "backup.delete.do", "n", ids.size()),
                toTrash,
                preview);
    }

    /** Why it cannot be done now. */
    public ObservableValue<Optional<Sentence>> whyNot() {
        return Bindings.createObjectBinding(this::obstacle, preview, failure, deleting);
    }

    private Optional<Sentence> obstacle() {
        if (failure.get().isPresent()) {
            return failure.get().map(Sentence::explaining);
        }
        if (preview.get().isEmpty() || deleting.get()) {
            return Optional.of(Sentence.of("backup.delete.counting"));
        }
        return preview.get().get().problems().values().stream().findFirst().map(Sentence::explaining);
    }

    /** Leaves out those that cannot be deleted now, and counts again. */
    public void leaveOut() {
        Set<UUID> held = new HashSet<>();
        preview.get().ifPresent(found -> held.addAll(found.problems().keySet()));
        ids.removeAll(held);
        count();
    }

    /** What follows, sentence by sentence. */
    public ObservableValue<List<Sentence>> consequences() {
        return Bindings.createObjectBinding(
                () -> preview.get().map(this::follows).orElse(List.of()), preview, toTrash);
    }

    private List<Sentence> follows(Deletion.Preview found) {
        List<Sentence> lines = new ArrayList<>();
        lines.add(
                toTrash.get()
                        ? Sentence.of("backup.delete.rests", "days", BackupTrash.DAYS)
                        : found.frees()
                                .map(DeleteModel::frees)
                                .orElseGet(() -> Sentence.of("backup.delete.frees.unknown")));
        Set<String> disks = new java.util.LinkedHashSet<>();
        found.backups().forEach(backup -> disks.add(backup.diskName()));
        lines.add(Sentence.of(
                found.others() == 0 ? "backup.delete.none-left" : "backup.delete.left",
                "n",
                found.others(),
                "disks",
                List.copyOf(disks)));
        return lines;
    }

    private static Sentence frees(Deletion.Frees frees) {
        return frees.afterRepacking() > 0
                ? Sentence.of("backup.delete.frees.later", "now", frees.now(), "later", frees.afterRepacking())
                : Sentence.of("backup.delete.frees", "now", frees.now());
    }

    /** Deletes them; {@code done} is called when the task is there, or they rest in the trash. */
    public void delete(Runnable done) {
        if (obstacle().isPresent()) {
            return;
        }
        deleting.set(true);
        List<UUID> going = List.copyOf(ids);
        boolean rest = toTrash.get();
        desk.background()
                .act(() -> {
                    if (rest) {
                        deletion.trash().put(going);
                    } else {
                        deletion.delete(going);
                    }
                })
                .then(yes -> {
                    deleting.set(false);
                    done.run();
                    if (rest) {
                        desk.news()
                                .tell(
                                        Sentence.of("backup.trashed", "n", going.size()),
                                        Optional.of(Act.of("backup.undo", () -> undo(going))));
                    }
                })
                .onError(problem -> {
                    deleting.set(false);
                    failure.set(Optional.of(problem));
                })
                .start();
    }

    private void undo(List<UUID> gone) {
        desk.background().act(() -> gone.forEach(deletion.trash()::takeBack)).start();
    }

    /** The names of the first few, for the dialog to list. */
    static List<Backup> first(Deletion.Preview found, int count) {
        return found.backups().stream().limit(count).toList();
    }
}
