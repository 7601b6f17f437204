package org.coffer.window.wizard;

import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.task.Task;
import org.coffer.text.restore.ReceiptSheet;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Sentence;

/** Brings a whole disk back. */
final class DiskErrand implements Errand {
    private final DiskPlaces places;
    private final Backup backup;
    private final NewRestore wanted;
    private final Plan plan;
    private final List<Sentence> advice;

    /**
     * A restore as it was planned.
     *
     * @param advice what is left to do afterwards because of what happened
     */
    DiskErrand(DiskPlaces places, Backup backup, NewRestore wanted, Plan plan, List<Sentence> advice) {
        this.places = places;
        this.backup = backup;
        this.wanted = wanted;
        this.plan = plan;
        this.advice = advice;
    }

    private boolean intoFile() {
        return plan.targetDisk().isEmpty();
    }

    private boolean isUndoable() {
        return plan.preview()
                .safetyCopy()
                .flatMap(safety -> safety.undoable(wanted.safetyCopy()))
                .isPresent();
    }

    @Override
    public Task begin() {
        return places.start(wanted, plan);
    }

    @Override
    public Sentence doing() {
        return Sentence.of("wizard.doing.disk", "disk", backup.diskName(), "at", backup.createdAt());
    }

    @Override
    public Sentence stopping() {
        return intoFile()
                ? Sentence.of("wizard.stop.file")
                : Sentence.of(
                        isUndoable() ? "wizard.stop.disk" : "wizard.stop.disk.no-undo", "target", plan.targetName());
    }

    @Override
    public Verdict verdict(Task task) {
        return DiskVerdicts.of(task, places.restores(), advice);
    }

    @Override
    public ReceiptSheet receipt(Task task, ReceiptWords words) {
        return words.sheet(places.restores().receipt(task.id()));
    }
}
