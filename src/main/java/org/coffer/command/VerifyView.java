package org.coffer.command;

import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.LostRanges;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.backup.LostWords;

/** Shows what a check found. */
final class VerifyView {
    /** Stretches of a disk that are listed of one backup; a script gets more. */
    private static final int FEW = 10;

    private final Context context;

    VerifyView(Context context) {
        this.context = context;
    }

    /**
     * Waits for a check and shows its numbers, also if it found damage.
     *
     * @param name what was checked
     * @throws ProblemException that it found damage, or why it could not be done
     */
    int show(Task started, String name) {
        Task ended = new Waits(context).all(List.of(started)).getFirst();
        Optional<Problem> failure = Waits.failure(ended);
        if (failure.isEmpty() || ended.outcome().containsKey("objects")) {
            List<LostRanges> lost = LostRanges.of(ended);
            long damaged = list(ended, "damaged").size();
            context.output()
                    .show(
                            new Fields()
                                    .with("task", ended.id())
                                    .with("objects", Waits.number(ended, "objects"))
                                    .with("bytes", Waits.number(ended, "bytes"))
                                    .with("damaged", list(ended, "damaged"))
                                    .with("backupsHit", list(ended, "backupsHit"))
                                    .with(
                                            "ranges",
                                            lost.stream().map(LostRanges::plain).toList())
                                    .with("seconds", Waits.seconds(ended)),
                            context.text()
                                    .get(
                                            "command.verify.done",
                                            "name",
                                            name,
                                            "objects",
                                            Waits.number(ended, "objects"),
                                            "bytes",
                                            Waits.number(ended, "bytes"),
                                            "n",
                                            damaged));
        }
        var words = new LostWords(context.text());
        LostRanges.of(ended)
                .forEach(one -> context.output()
                        .note(context.text().get("command.verify.lost", "runs", words.named(one, FEW))));
        if (failure.isEmpty() && !list(ended, "damaged").isEmpty()) {
            context.output().note(context.text().get("tasks.check.besides"));
        }
        failure.ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        return ExitStatus.DONE;
    }

    private static List<?> list(Task ended, String name) {
        return ended.outcome().get(name) instanceof List<?> found ? found : List.of();
    }
}
