package org.coffer.command;

import java.util.List;
import java.util.Optional;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.text.Text;

/** Tasks as the command line shows them: with their log, and for scripts. */
final class TaskView {
    private final Context context;
    private final Text text;

    TaskView(Context context) {
        this.context = context;
        this.text = context.text();
    }

    /** A task that nobody waits for. */
    int started(Task task) {
        context.output()
                .show(
                        fields(task, text),
                        text.get(
                                "command.task.started",
                                "name",
                                task.subject().name(),
                                "task",
                                task.id().toString().substring(0, 8)));
        return ExitStatus.DONE;
    }

    /** One task in full: how far it is or how it ended, what was in its way, and its log. */
    void details(Task task) {
        Table details = new Table().words("").words("");
        details.row(text.get("command.column.id"), task.id().toString())
                .row(text.get("command.column.type"), text.word(task.type()))
                .row(text.get("command.column.object"), task.subject().name())
                .row(text.get("command.column.vault"), task.subject().vaultName())
                .row(text.get("command.column.status"), text.word(task.status()))
                .row(
                        text.get("command.column.progress"),
                        text.word(task.progress().stage())
                                + ' '
                                + text.formats().percent(percent(task)))
                .row(
                        text.get("command.column.started"),
                        task.started().map(text.formats()::fullTime).orElse("—"))
                .row(
                        text.get("command.column.ended"),
                        task.ended().map(text.formats()::fullTime).orElse("—"));
        task.problem().ifPresent(problem -> {
            Text.Explanation explanation = text.explain(problem);
            details.row(text.get("command.column.problem"), Text.joined(explanation.what(), explanation.why()))
                    .row(text.get("command.column.remedy"), explanation.remedy())
                    .row(text.get("command.column.error"), problem.code());
        });
        List<TaskStep> steps = context.services().tasks().steps(task.id());
        for (int i = 0; i < steps.size(); i++) {
            TaskStep step = steps.get(i);
            details.row(
                    i == 0 ? text.get("command.column.log") : "",
                    text.formats().fullTime(step.at()) + "  " + sentence(step));
        }
        context.output()
                .show(
                        fields(task, text)
                                .with("steps", steps.stream().map(this::fields).toList()),
                        details);
    }

    private Fields fields(TaskStep step) {
        return new Fields()
                .with("at", step.at())
                .with("step", step.key())
                .with("message", sentence(step))
                .with("values", step.args());
    }

    /** A line of the log. A step that this version does not know is said as it was written. */
    private String sentence(TaskStep step) {
        String key = "task.step." + step.key();
        if (!text.has(key)) {
            return step.key() + ' ' + step.args();
        }
        return text.get(
                key,
                step.args().entrySet().stream()
                        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                        .toArray());
    }

    /** A task as scripts see it. */
    static Fields fields(Task task, Text text) {
        return new Fields()
                .with("id", task.id())
                .with("type", task.type())
                .with("status", task.status())
                .with("progress", percent(task))
                .with("stage", task.progress().stage())
                .with("bytes", bytes(task))
                .with("resource", task.subject().resourceName())
                .with("vault", task.subject().vaultName())
                .with("startedAt", task.started())
                .with("endedAt", task.ended())
                .with("requests", Optional.ofNullable(task.outcome().get("requests")))
                .with("error", task.problem().map(problem -> Fields.of(problem, text)));
    }

    /** How far a task is; one that succeeded is all the way, whatever its last stage counted. */
    static int percent(Task task) {
        return task.status() == TaskStatus.SUCCEEDED ? 100 : task.progress().percent();
    }

    /**
     * The bytes that a task dealt with: so far in its stage, or, once it succeeded, in all: what its backup holds, what its
     * restore compared, what its check read, what it freed.
     */
    private static long bytes(Task task) {
        Optional<String> outcome = task.status() != TaskStatus.SUCCEEDED
                ? Optional.empty()
                : switch (task.type()) {
                    case BACKUP, REPLICATE -> Optional.of("logical");
                    case RESTORE -> Optional.of("compared");
                    case RESTORE_FILES -> Optional.of("written");
                    case VERIFY -> Optional.of("bytes");
                    case DELETE, CLEAN_UP -> Optional.of("freed");
                    case EXPAND, MIGRATE -> Optional.empty();
                };
        return outcome.map(name -> Waits.number(task, name))
                .orElseGet(() -> task.progress().done());
    }
}
