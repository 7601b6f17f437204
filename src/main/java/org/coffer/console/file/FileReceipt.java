package org.coffer.console.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.audit.Caller;
import org.coffer.console.task.Task;
import org.coffer.problem.Problem;

/**
 * What a restore of files did, as evidence, without words of any language. Made of its task alone, so that it says the same when
 * backup, disk and vault are gone.
 *
 * @param task the restore
 * @param name what was chosen, as the list of tasks shows it
 * @param asked the first of what was chosen: at most {@value #NAMED}
 * @param askedFor how much was chosen
 * @param backup its name; empty for a restore made by a version that did not note it
 * @param disk the disk that it was made of
 * @param vault that holds it
 * @param moment the moment that it shows; empty for a restore made by a version that did not note it
 * @param verdict how it ended
 * @param outcome what was done
 * @param problem why it failed
 * @param caller who asked for it, and from where
 * @param begun when it began to run; when it was asked for, if it never did
 * @param ended when it ended; empty while it has not
 */
public record FileReceipt(
        UUID task,
        String name,
        List<FilePath> asked,
        int askedFor,
        String backup,
        String disk,
        String vault,
        Optional<Instant> moment,
        Verdict verdict,
        FileOutcome outcome,
        Optional<Problem> problem,
        Caller caller,
        Instant begun,
        Optional<Instant> ended) {
    /** So many of the chosen files are named. */
    public static final int NAMED = 20;

    /** How a restore of files ended. */
    public enum Verdict {
        /** It has not ended. */
        RUNNING,
        /** All is back, but for what was left out because its name was taken. */
        DONE,
        /** Some is not back. */
        PARTLY,
        /** Somebody canceled it. */
        STOPPED,
        /** It ended early. */
        FAILED
    }

    /** The receipt of a restore of files. */
    static FileReceipt of(Task task, FileOutcome outcome) {
        RestoreJob.Asked asked = RestoreJob.of(task).asked();
        return new FileReceipt(
                task.id(),
                task.subject().name(),
                asked.first(),
                asked.all(),
                asked.backup(),
                task.subject().resourceName(),
                task.subject().vaultName(),
                asked.moment(),
                verdict(task),
                outcome,
                task.problem(),
                task.caller(),
                task.started().orElse(task.created()),
                task.ended());
    }

    /** Whether a restore came to its end and left out only what could not be restored itself. */
    public static boolean isPartly(Task task) {
        return task.problem()
                .filter(problem -> problem.code().equals("files.partly"))
                .isPresent();
    }

    private static Verdict verdict(Task task) {
        return switch (task.status()) {
            case SUCCEEDED -> Verdict.DONE;
            case CANCELED -> Verdict.STOPPED;
            default -> !task.status().ended() ? Verdict.RUNNING : isPartly(task) ? Verdict.PARTLY : Verdict.FAILED;
        };
    }
}
