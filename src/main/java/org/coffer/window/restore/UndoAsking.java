package org.coffer.window.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.coffer.console.resource.Disks;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Restores;
import org.coffer.console.restore.Undoable;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.shell.Desk;

/**
 * Asks before a restore is undone: says what is lost by it, what happened to the disk since, and that it is in use; has the name
 * of a system disk typed (S9). What is in use is unmounted only after the answer, and mounted again when it is undone.
 */
public final class UndoAsking {
    private final Restores restores;
    private final Disks disks;
    private final Desk desk;
    private final Function<Problem, Sentence> saying;
    private final Consumer<Problem> refused;

    /**
     * Asks in the words of whoever asks.
     *
     * @param saying the sentence of a problem
     * @param refused tells why it cannot be undone
     */
    public UndoAsking(
            Restores restores, Disks disks, Desk desk, Function<Problem, Sentence> saying, Consumer<Problem> refused) {
        this.restores = restores;
        this.disks = disks;
        this.desk = desk;
        this.saying = saying;
        this.refused = refused;
    }

    /** What was looked up before the question. */
    private record Seen(Undoable found, Plan plan, boolean mounted) {}

    /** An undoing that somebody said yes to. */
    public interface Undo {
        /** What the disk is called. */
        String disk();

        /** Whether it takes back another undoing. */
        boolean again();

        /** Begins it. Not on the window's thread. @throws org.coffer.problem.ProblemException what stands in its way */
        Task begin();
    }

    /**
     * Asks whether this restore shall be undone. On the window's thread.
     *
     * @param yes takes what has to be done then; why it cannot be done at all is told instead
     */
    public void ask(UUID restore, Consumer<Undo> yes) {
        desk.background()
                .work(() -> look(restore))
                .then(seen -> ask(seen, yes))
                .onError(refused)
                .start();
    }

    private Seen look(UUID restore) {
        Plan plan = restores.undoPlan(restore);
        Undoable found = restores.undoable(restore)
                .orElseThrow(() -> new IllegalStateException("it was planned, and cannot be undone"));
        return new Seen(found, plan, Looked.onlyMounted(plan) && disks.unmountable(found.disk()));
    }

    private void ask(Seen seen, Consumer<Undo> yes) {
        Undoable found = seen.found();
        if (!seen.plan().possible() && !seen.mounted()) {
            refused.accept(seen.plan().blocking().getFirst());
            return;
        }
        List<Sentence> lines = new ArrayList<>();
        // Undoing an undoing goes back to what was there before that, which was not always the restored.
        boolean again = found.again();
        lines.add(Sentence.of(
                again ? "restore.undo.again.line" : "restore.undo.line",
                "name",
                found.diskName(),
                "at",
                found.safetyCopy().createdAt()));
        if (found.unfinished()) {
            lines.add(Sentence.of("restore.undo.unfinished"));
        } else {
            lines.add(Sentence.of(again ? "restore.undo.again.since" : "restore.undo.since"));
        }
        found.warnings().stream().map(saying).forEach(lines::add);
        if (seen.mounted()) {
            lines.add(Sentence.of("restore.undo.mounted", "name", found.diskName()));
        }
        Question question = new Question(
                Sentence.of(again ? "restore.undo.again.title" : "restore.undo.title", "name", found.diskName()),
                lines,
                Sentence.of(again ? "restore.undo.again.do" : "restore.undo.do", "name", found.diskName()),
                true);
        boolean agreed = seen.plan().overwritesSystem()
                ? desk.dialogs().confirmByName(question, found.diskName())
                : desk.dialogs().confirm(question);
        if (agreed) {
            yes.accept(new Agreed(seen));
        }
    }

    private final class Agreed implements Undo {
        private final Seen seen;

        Agreed(Seen seen) {
            this.seen = seen;
        }

        @Override
        public String disk() {
            return seen.found().diskName();
        }

        @Override
        public boolean again() {
            return seen.found().again();
        }

        @Override
        public Task begin() {
            UUID disk = seen.found().disk();
            if (disks.unmountable(disk)) {
                disks.unmount(disk);
            }
            try {
                return restores.undo(seen.found().restore().id(), false, seen.plan());
            } catch (RuntimeException e) {
                disks.mountAgain(disk);
                throw e;
            }
        }
    }
}
