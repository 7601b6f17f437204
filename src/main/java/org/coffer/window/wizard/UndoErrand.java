package org.coffer.window.wizard;

import java.util.List;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.restore.UndoAsking;

/** Takes a restore back: its disk becomes again what it was before. */
final class UndoErrand implements Errand {
    private final Restores restores;
    private final UndoAsking.Undo undo;
    private final String target;

    UndoErrand(Restores restores, UndoAsking.Undo undo) {
        this.restores = restores;
        this.undo = undo;
        this.target = undo.disk();
    }

    @Override
    public Task begin() {
        return undo.begin();
    }

    @Override
    public Sentence doing() {
        return Sentence.of("wizard.doing.undo", "target", target);
    }

    @Override
    public Sentence stopping() {
        return Sentence.of("wizard.stop.disk", "target", target);
    }

    @Override
    public Verdict verdict(Task task) {
        return task.status() == TaskStatus.SUCCEEDED
                ? Verdict.of(
                        Tone.SUCCESS,
                        Sentence.of(undo.again() ? "wizard.done.undone.again" : "wizard.done.undone", "target", target))
                : DiskVerdicts.of(task, restores, List.of());
    }

    @Override
    public ReceiptSheet receipt(Task task, ReceiptWords words) {
        return words.sheet(restores.receipt(task.id()));
    }
}
