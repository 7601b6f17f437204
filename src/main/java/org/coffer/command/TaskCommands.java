package org.coffer.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.task.Tasks;
import org.coffer.text.Text;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code task}: work that runs, waits or has ended. */
@Command(name = "task", addMethodSubcommands = false)
final class TaskCommands {
    private static final int MOST = 1000;

    private final Context context;
    private final Text text;
    private final Lookup lookup;

    TaskCommands(Context context) {
        this.context = context;
        this.text = context.text();
        this.lookup = new Lookup(context);
    }

    private Tasks tasks() {
        return context.services().tasks();
    }

    @Command(name = "list")
    int list(
            @Option(names = "--type", paramLabel = "TYPE") @Nullable TaskType type,
            @Option(names = "--status", paramLabel = "STATUS") @Nullable TaskStatus status,
            @Option(names = "--since", paramLabel = "TIME") @Nullable Instant since) {
        TaskFilter filter = new TaskFilter(
                type == null ? Set.of() : Set.of(type),
                status == null ? Set.of() : Set.of(status),
                Optional.ofNullable(since),
                Optional.empty(),
                Optional.empty(),
                "");
        List<Task> all = tasks().list(filter, 0, MOST);
        Table table = new Table()
                .words(text.get("command.column.id"))
                .words(text.get("command.column.type"))
                .words(text.get("command.column.object"))
                .words(text.get("command.column.vault"))
                .words(text.get("command.column.status"))
                .words(text.get("command.column.started"))
                .numbers(text.get("command.column.took"));
        all.forEach(task -> table.row(
                task.id().toString().substring(0, 8),
                text.word(task.type()),
                task.subject().name(),
                task.subject().vaultName(),
                task.status().ended()
                        ? text.word(task.status())
                        : text.word(task.status())
                                + ' '
                                + text.formats().percent(task.progress().percent()),
                task.started().map(text.formats()::time).orElse("—"),
                text.formats().duration(task.took(context.clock().instant()))));
        context.output().show(all.stream().map(this::fields).toList(), table, text.get("command.task.none"));
        return ExitStatus.DONE;
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed) {
        new TaskView(context).details(lookup.task(typed));
        return ExitStatus.DONE;
    }

    @Command(name = "cancel")
    int cancel(@Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed) {
        Task task = lookup.task(typed);
        tasks().cancel(task.id());
        context.output()
                .show(
                        fields(task),
                        text.get("command.task.canceled", "name", task.subject().name()));
        return ExitStatus.DONE;
    }

    @Command(name = "pause")
    int pause(@Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed) {
        Task task = tasks().pause(lookup.task(typed).id());
        context.output()
                .show(
                        fields(task),
                        text.get("command.task.paused", "name", task.subject().name()));
        return ExitStatus.DONE;
    }

    @Command(name = "resume")
    int resume(
            @Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Task task = tasks().resume(lookup.task(typed).id());
        return show(noWait ? task : new Waits(context).succeed(task), noWait);
    }

    @Command(name = "retry")
    int retry(
            @Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed,
            @Option(names = "--no-wait", descriptionKey = "no-wait") boolean noWait) {
        Task again = tasks().retry(lookup.task(typed).id());
        return show(noWait ? again : new Waits(context).succeed(again), noWait);
    }

    private int show(Task shown, boolean noWait) {
        context.output()
                .show(
                        fields(shown),
                        text.get(
                                noWait ? "command.task.started" : "command.task.succeeded",
                                "name",
                                shown.subject().name(),
                                "task",
                                shown.id().toString().substring(0, 8)));
        return ExitStatus.DONE;
    }

    @Command(name = "delete")
    int delete(@Parameters(paramLabel = "TASK", descriptionKey = "TASK") String typed) {
        Task task = lookup.task(typed);
        tasks().delete(task.id());
        context.output()
                .show(
                        fields(task),
                        text.get("command.task.deleted", "name", task.subject().name()));
        return ExitStatus.DONE;
    }

    @Command(name = "clear-failed")
    int clearFailed() {
        int n = tasks().clearFailed();
        context.output().show(new Fields().with("deleted", n), text.get("command.task.cleared", "n", n));
        return ExitStatus.DONE;
    }

    private Fields fields(Task task) {
        return TaskView.fields(task, text);
    }
}
