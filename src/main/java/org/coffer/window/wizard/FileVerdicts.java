package org.coffer.window.wizard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FileReceipt;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.text.Printable;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;

/** Says how a restore of files ended. */
final class FileVerdicts {
    /** So many files that are not back are named; the receipt names more. */
    private static final int NAMED = 4;

    private final NewFileRestore wanted;
    private final FileOutcome outcome;

    FileVerdicts(NewFileRestore wanted, FileOutcome outcome) {
        this.wanted = wanted;
        this.outcome = outcome;
    }

    /** The verdict on a task that has ended. */
    Verdict of(Task task) {
        Verdict verdict = verdict(task);
        return outcome.restored() + outcome.folders() > 0 && !outcome.target().isEmpty()
                ? verdict.folder(Path.of(outcome.target()))
                : verdict;
    }

    private Verdict verdict(Task task) {
        if (task.status() == TaskStatus.CANCELED) {
            return told(Tone.ATTENTION, Sentence.of("wizard.done.files.stopped", "n", outcome.restored()))
                    .retriable();
        }
        if (FileReceipt.isPartly(task)) {
            return told(Tone.ATTENTION, counted("wizard.done.files.partly", "wizard.done.files.partly.uncounted"));
        }
        if (task.status() != TaskStatus.SUCCEEDED) {
            Verdict bad = told(Tone.DANGER, counted("wizard.done.files.failed", "wizard.done.files.failed.uncounted"));
            List<Sentence> lines = new ArrayList<>(bad.lines());
            task.problem().map(Plainly::why).ifPresent(lines::addFirst);
            return Verdict.of(Tone.DANGER, bad.headline(), lines.toArray(Sentence[]::new))
                    .care(bad.care())
                    .retriable();
        }
        if (outcome.restored() + outcome.folders() == 0) {
            return told(Tone.ATTENTION, Sentence.of("wizard.done.files.none"));
        }
        return told(
                Tone.SUCCESS,
                wanted.files().size() == 1
                        ? Sentence.of(
                                "wizard.done.file",
                                "name",
                                Printable.line(wanted.files().getFirst().name()))
                        : Sentence.of("wizard.done.files", "n", outcome.restored()));
    }

    /** How much is back, of how much if that is known. */
    private Sentence counted(String key, String uncounted) {
        return outcome.all().isPresent()
                ? Sentence.of(key, "n", outcome.restored(), "all", outcome.all().getAsLong())
                : Sentence.of(uncounted, "n", outcome.restored());
    }

    private Verdict told(Tone tone, Sentence headline) {
        var lines = new ArrayList<Sentence>();
        outcome.failures().stream().limit(NAMED).map(Plainly::why).forEach(lines::add);
        if (outcome.failed() > NAMED) {
            lines.add(Sentence.of("wizard.done.files.more", "n", outcome.failed() - NAMED));
        }
        if (outcome.renamed() == 1 && !outcome.renames().isEmpty()) {
            lines.add(Sentence.of(
                    "wizard.done.renamed",
                    "path",
                    Printable.line(outcome.renames().getFirst())));
        } else if (outcome.renamed() > 0) {
            lines.add(Sentence.of("wizard.done.renamed.several", "n", outcome.renamed()));
        }
        if (!outcome.kept().isEmpty()) {
            lines.add(Sentence.of(
                    "wizard.done.kept", "path", Printable.line(outcome.kept().getFirst())));
        }
        if (outcome.skipped() > 0) {
            lines.add(Sentence.of("wizard.done.skipped", "n", outcome.skipped()));
        }
        if (!outcome.target().isEmpty()) {
            lines.add(Sentence.of("wizard.done.path", "path", Printable.line(outcome.target())));
        }
        List<Sentence> care = new ArrayList<>();
        if (!outcome.ownersKept()) {
            care.add(Sentence.of("wizard.care.owners"));
        }
        if (!outcome.rightsKept()) {
            care.add(Sentence.of("wizard.care.rights"));
        }
        if (!outcome.attributesKept()) {
            care.add(Sentence.of("wizard.care.attributes"));
        }
        if (outcome.lastSecondsMissing()) {
            care.add(Sentence.of("wizard.care.seconds"));
        }
        return Verdict.of(tone, headline, lines.toArray(Sentence[]::new)).care(care);
    }
}
