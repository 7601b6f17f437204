package org.coffer.console.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStep;
import org.coffer.problem.Problem;

/** Reads what {@link Tally} left in a task. */
final class Outcomes {
    private Outcomes() {}

    static FileOutcome of(Task task, List<TaskStep> steps) {
        List<String> renames = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<FileFailure> failures = new ArrayList<>();
        for (TaskStep step : steps) {
            if (step.key().equals(Tally.RENAMED_STEP)) {
                renames.add(String.valueOf(step.args().get(Tally.PATH)));
            } else if (step.key().equals(Tally.KEPT_STEP)) {
                kept.add(String.valueOf(step.args().get(Tally.PATH)));
            } else if (step.key().startsWith(Tally.STEP) && !step.key().equals(Tally.CUT_STEP)) {
                failures.add(failure(step.args()));
            }
        }
        return new FileOutcome(
                task.outcome().get(Tally.ALL) instanceof Number all
                        ? OptionalLong.of(all.longValue())
                        : OptionalLong.empty(),
                number(task, Tally.FILES),
                number(task, Tally.FOLDERS),
                number(task, Tally.BYTES),
                number(task, Tally.SKIPPED),
                number(task, Tally.RENAMED),
                number(task, Tally.FAILED),
                !Boolean.FALSE.equals(task.outcome().get(Tally.OWNERS)),
                !Boolean.FALSE.equals(task.outcome().get(Tally.RIGHTS)),
                !Boolean.FALSE.equals(task.outcome().get(Tally.ATTRIBUTES)),
                Boolean.TRUE.equals(task.outcome().get(Tally.SECONDS)),
                renames,
                kept.stream().distinct().toList(),
                failures,
                String.valueOf(task.outcome().getOrDefault(Tally.TARGET, "")));
    }

    private static FileFailure failure(Map<String, Object> args) {
        Map<String, Object> rest = new LinkedHashMap<>(args);
        Object code = rest.remove(Tally.CODE);
        return new FileFailure(String.valueOf(args.get(Tally.PATH)), new Problem.Expected(String.valueOf(code), rest));
    }

    private static long number(Task task, String name) {
        return task.outcome().get(name) instanceof Number number ? number.longValue() : 0;
    }
}
