package org.coffer.window.task;

import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStep;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Kit;

/** The text that <em>Copy</em> puts on the clipboard for a task: what it was, its log, what went wrong. */
final class TaskCopy {
    private TaskCopy() {}

    static void copy(Kit kit, TaskListModel.Details details) {
        Details.copy(text(kit, details));
    }

    static void copy(Kit kit, Task task) {
        Details.copy(task.problem()
                .map(problem -> problem(kit, task, problem))
                .orElseGet(() -> head(kit, task) + "task: " + task.id() + '\n'));
    }

    static String text(Kit kit, TaskListModel.Details details) {
        Task task = details.task();
        var words = new StringBuilder(head(kit, task));
        for (TaskStep step : details.steps()) {
            words.append(step.at())
                    .append("  ")
                    .append(TaskWords.step(kit, step))
                    .append('\n');
        }
        CheckReport.lines(kit, task).forEach(line -> words.append(line).append('\n'));
        words.append(task.problem().map(problem -> problem(kit, task, problem)).orElse("task: " + task.id() + '\n'));
        return words.toString();
    }

    private static String head(Kit kit, Task task) {
        return kit.text().word(task.type()) + " · " + task.subject().name() + " · "
                + kit.text().word(task.status()) + '\n';
    }

    private static String problem(Kit kit, Task task, Problem problem) {
        return Details.of(
                kit.text(), problem, task.id().toString(), task.ended().orElse(task.created()));
    }
}
