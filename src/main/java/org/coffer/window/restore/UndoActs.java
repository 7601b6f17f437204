package org.coffer.window.restore;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.BackupFiles;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Restores;
import org.coffer.console.restore.Undoable;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Desk;

/** What can be done with a restore that ended: undo it, save its receipt. */
public final class UndoActs {
    private static final Set<TaskType> RECEIPTS = EnumSet.of(TaskType.RESTORE, TaskType.RESTORE_FILES);

    private final Restores restores;
    private final BackupFiles files;
    private final Desk desk;
    private final UndoAsking asking;

    /** Acts on {@code restores} onto {@code disks}, and on what was restored of {@code files}. */
    public UndoActs(Restores restores, Disks disks, BackupFiles files, Desk desk) {
        this.restores = restores;
        this.files = files;
        this.desk = desk;
        this.asking = new UndoAsking(restores, disks, desk, Sentence::explaining, desk.dialogs()::error);
    }

    /** Whether a task can be undone; not on the window's thread. */
    public Optional<Undoable> undoable(Task task) {
        return task.type() == TaskType.RESTORE ? restores.undoable(task.id()) : Optional.empty();
    }

    /** What the panel of a task offers; none unless it is a restore that ended. */
    public List<Act> of(Task task, Optional<Undoable> undoable, Text text) {
        List<Act> acts = new ArrayList<>();
        undoable.ifPresent(found -> acts.add(
                Act.of("restore.undo", () -> ask(found)).with(Icon.RESTORE).asDangerous()));
        if (RECEIPTS.contains(task.type()) && task.status().ended()) {
            acts.add(Act.of("restore.receipt", () -> save(task, text)).with(Icon.SAVE));
        }
        return acts;
    }

    /** Undoes the restore that a safety copy was made for, after asking; says why if that cannot be any more. */
    public void undo(Backup copy) {
        desk.background()
                .work(() -> restores.undoableBy(copy.id()))
                .then(found -> found.ifPresentOrElse(
                        this::ask,
                        () -> desk.news()
                                .tell(Sentence.of("restore.undo.none", "name", copy.name()), Optional.empty())))
                .start();
    }

    private void ask(Undoable found) {
        asking.ask(
                found.restore().id(),
                undo -> desk.background()
                        .work(undo::begin)
                        .then(task -> desk.news()
                                .tell(
                                        Sentence.of(
                                                "restore.undo.started",
                                                "name",
                                                task.subject().name()),
                                        Optional.empty()))
                        .onError(desk.dialogs()::error)
                        .start());
    }

    private void save(Task task, Text text) {
        new ReceiptFiles(desk, desk.dialogs()::error)
                .save(
                        () -> receipt(task, new ReceiptWords(text)),
                        file -> desk.news()
                                .tell(Sentence.of("restore.receipt.saved", "path", file.toString()), Optional.empty()));
    }

    private ReceiptSheet receipt(Task task, ReceiptWords words) {
        return task.type() == TaskType.RESTORE_FILES
                ? words.sheet(files.receipt(task.id()))
                : words.sheet(restores.receipt(task.id()));
    }
}
