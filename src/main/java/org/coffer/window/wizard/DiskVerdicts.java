package org.coffer.window.wizard;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.restore.Receipt;
import org.coffer.console.restore.Restores;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;

/** Says how the restore of a disk ended. */
final class DiskVerdicts {
    private DiskVerdicts() {}

    /** The verdict on a task that has ended; {@code advice} is what is left to do if it ended well. */
    static Verdict of(Task task, Restores restores, List<Sentence> advice) {
        Receipt receipt = restores.receipt(task.id());
        String target = receipt.target().name();
        boolean file = receipt.target().disk().isEmpty();
        Optional<UUID> undo =
                restores.wayBack(task.id()).map(found -> found.restore().id());
        return switch (receipt.verdict()) {
            case VERIFIED, UNVERIFIED -> done(receipt, file, target, undo, advice);
            case UNFINISHED ->
                Verdict.of(
                                bad(task),
                                // Nobody is sent to look for an undo that there is not.
                                Sentence.of(
                                        undo.isPresent() ? "wizard.done.unfinished" : "wizard.done.unfinished.no-undo",
                                        "target",
                                        target),
                                because(receipt))
                        .undo(undo)
                        .retriable();
            case SETTLED ->
                Verdict.of(bad(task), Sentence.of("wizard.done.settled", "target", target), because(receipt))
                        .retriable();
            case UNTOUCHED, RUNNING ->
                Verdict.of(
                                bad(task),
                                file
                                        ? Sentence.of("wizard.done.no-file")
                                        : Sentence.of("wizard.done.untouched", "target", target),
                                because(receipt))
                        .retriable();
        };
    }

    private static Verdict done(
            Receipt receipt, boolean file, String target, Optional<UUID> undo, List<Sentence> advice) {
        Instant moment = receipt.source().moment().orElse(receipt.begun());
        Sentence headline = file
                ? Sentence.of("wizard.done.new-file", "disk", receipt.source().disk(), "at", moment)
                : Sentence.of("wizard.done.disk", "target", target, "at", moment);
        List<Sentence> care = new ArrayList<>(advice);
        receipt.aftercare().forEach(one -> care.add(care(one, target)));
        Sentence line = file
                ? Sentence.of(
                        "wizard.done.path", "path", receipt.target().path().toString())
                : receipt.bytes().written() == 0
                        ? Sentence.of("wizard.done.same")
                        : Sentence.of(
                                "wizard.done.written", "bytes", receipt.bytes().written());
        List<Sentence> lines = new ArrayList<>(List.of(line));
        receipt.grown().ifPresent(grown -> lines.add(grown(grown, target)));
        undo.flatMap(there -> receipt.safetyCopy().flatMap(Receipt.Copy::until))
                .ifPresent(until -> lines.add(Sentence.of("wizard.done.undo.until", "until", until)));
        Verdict verdict = Verdict.of(Tone.SUCCESS, headline, lines.toArray(Sentence[]::new))
                .undo(undo)
                .care(List.copyOf(care));
        Path folder = receipt.target().path().getParent();
        return file && folder != null ? verdict.folder(folder) : verdict;
    }

    private static Sentence grown(Receipt.Grown grown, String target) {
        return grown.problem().isEmpty()
                ? Sentence.of("wizard.done.grown", "target", target)
                : Sentence.of("wizard.done.not-grown");
    }

    private static Sentence care(Receipt.Aftercare one, String target) {
        return Sentence.of(ReceiptWords.careKey(one), "target", target);
    }

    private static Tone bad(Task task) {
        return task.status() == TaskStatus.CANCELED ? Tone.ATTENTION : Tone.DANGER;
    }

    private static Sentence because(Receipt receipt) {
        return receipt.problem().map(Plainly::why).orElse(Sentence.of("wizard.done.stopped"));
    }
}
