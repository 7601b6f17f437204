package org.coffer.window.task;

import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.Words;

/** The states of tasks as they are shown: icon, word, colour. */
public final class TaskStates {
    private TaskStates() {}

    /** The state of {@code task}; what it waits for or failed at shows on hover. */
    public static State of(Task task) {
        State state = of(task.status());
        if (task.progress().stalled() && task.status() == TaskStatus.RUNNING) {
            return new State(Icon.WARN, Tone.ATTENTION, Sentence.of("tasks.stalled"), state.detail())
                    .because("tasks.stalled.detail");
        }
        return task.problem()
                .map(problem -> new State(
                        state.icon(), state.tone(), state.words(), java.util.Optional.of(explaining(problem))))
                .orElse(state);
    }

    /** A status without its reason. */
    public static State of(TaskStatus status) {
        Sentence word = Words.of(status);
        return switch (status) {
            case WAITING -> state(Icon.WAITING, Tone.MUTED, word);
            case RUNNING -> state(Icon.BUSY, Tone.ACCENT, word);
            case PAUSED -> state(Icon.PAUSED, Tone.MUTED, word);
            case SUCCEEDED -> state(Icon.OK, Tone.SUCCESS, word);
            case FAILED, TIMED_OUT -> state(Icon.ERROR, Tone.DANGER, word);
            case CANCELED -> state(Icon.CANCELED, Tone.MUTED, word);
            case SKIPPED -> state(Icon.SKIPPED, Tone.MUTED, word);
        };
    }

    private static State state(Icon icon, Tone tone, Sentence word) {
        return new State(icon, tone, word, java.util.Optional.empty());
    }

    private static Sentence explaining(Problem problem) {
        return Sentence.explaining(problem);
    }
}
