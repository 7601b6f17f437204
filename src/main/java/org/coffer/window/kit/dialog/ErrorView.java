package org.coffer.window.kit.dialog;

import java.time.Instant;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Details;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** A problem in full: why and what to do, then code, task and time, all of which can be copied. */
public final class ErrorView extends VBox {

    /**
     * A view of {@code problem}; what happened is the heading of whatever holds it.
     *
     * @param task the task's ID, or empty
     * @param time when it happened
     */
    public ErrorView(Kit kit, Problem problem, String task, Instant time) {
        super(16);
        getChildren()
                .addAll(
                        words(kit, problem),
                        details(kit, facts(kit, problem, task, time), copy(kit, problem, task, time)));
    }

    /** A view of {@code problem} in other words than everywhere: no code is seen, but it is in what is copied. */
    ErrorView(Kit kit, Problem problem, Sentence plainly, Instant time) {
        super(16);
        getChildren()
                .addAll(
                        kit.column(8, kit.prose(kit.say(plainly))),
                        details(kit, kit.caption(kit.formats().fullTime(time)), copy(kit, problem, "", time)));
    }

    private static Node words(Kit kit, Problem problem) {
        Text.Explanation words = kit.text().explain(problem);
        var lines = kit.column(8);
        if (!words.why().isBlank()) {
            lines.getChildren().add(kit.prose(words.why()));
        }
        if (!words.remedy().isBlank()) {
            var remedy = kit.prose(words.remedy());
            remedy.getStyleClass().add("strong");
            lines.getChildren().add(remedy);
        }
        return lines;
    }

    private static Node facts(Kit kit, Problem problem, String task, Instant time) {
        var facts = kit.column(4);
        facts.getChildren().add(kit.caption(kit.say("kit.error.code", "code", problem.code())));
        if (!task.isEmpty()) {
            facts.getChildren().add(kit.caption(kit.say("kit.error.task", "task", task)));
        }
        facts.getChildren().add(kit.caption(kit.formats().fullTime(time)));
        return facts;
    }

    private static Act copy(Kit kit, Problem problem, String task, Instant time) {
        return Act.of("kit.copy.details", () -> Details.copy(Details.of(kit.text(), problem, task, time)))
                .with(Icon.COPY);
    }

    private static Node details(Kit kit, Node facts, Act copy) {
        var details = kit.row(facts, kit.spacer(), kit.small(kit.button(copy)));
        details.getStyleClass().add("details");
        return details;
    }
}
