package org.coffer.window.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStep;
import org.coffer.console.task.TaskType;
import org.coffer.problem.Problem;
import org.coffer.text.Text;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.shell.Route;

/** The selected task in full, 220 px high below the table: at the left what happened and what to do, at the right the log. */
final class TaskPanel extends VBox {
    private static final double HEIGHT = 220;
    /** Problems of a vault, which its page explains. */
    private static final List<String> VAULT_PROBLEMS = List.of("vault.", "verify.");

    private final Kit kit;
    private final TaskListModel model;
    private final HBox head = new HBox(8);
    private final VBox left = new VBox(8);
    private final VBox log = new VBox(4);
    private Optional<Headed> headed = Optional.empty();

    /** What the head was made for: its buttons stay while the numbers below move, or a click would miss them. */
    private record Headed(UUID task, TaskType type, State state, boolean retryable, boolean undoable) {}

    TaskPanel(Kit kit, TaskListModel model) {
        this.kit = kit;
        this.model = model;
        getStyleClass().addAll("card", "docked");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var facts = scrolling(left);
        facts.setMinWidth(320);
        facts.setPrefWidth(440);
        var lines = scrolling(log);
        HBox.setHgrow(lines, Priority.ALWAYS);
        var both = new HBox(24, facts, lines);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().addAll(head, both);
        WhileShown.of(this).watch(model.details(), this::show);
    }

    private static ScrollPane scrolling(VBox content) {
        // The bar stands beside the words, not at their end.
        content.setPadding(new Insets(0, 12, 0, 0));
        var pane = new ScrollPane(content);
        pane.setFitToWidth(true);
        pane.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        return pane;
    }

    private void show(Optional<TaskListModel.Details> details) {
        left.getChildren().clear();
        log.getChildren().clear();
        details.ifPresentOrElse(this::fill, () -> {
            head.getChildren().clear();
            headed = Optional.empty();
        });
    }

    private void fill(TaskListModel.Details details) {
        Task task = details.task();
        Optional<Headed> now = Optional.of(new Headed(
                task.id(),
                task.type(),
                TaskStates.of(task),
                details.retryable(),
                details.undoable().isPresent()));
        if (!now.equals(headed)) {
            headed = now;
            head(details);
        }
        task.problem().ifPresentOrElse(this::explain, () -> numbers(task));
        CheckReport.of(kit, task).ifPresent(log.getChildren()::add);
        log.getChildren().add(kit.caption(kit.say("tasks.log")));
        if (details.steps().isEmpty()) {
            log.getChildren().add(kit.label(kit.say("tasks.log.empty"), "muted"));
        }
        details.steps().forEach(step -> log.getChildren().add(line(step)));
    }

    private void head(TaskListModel.Details details) {
        Task task = details.task();
        head.getChildren()
                .setAll(
                        kit.state(TaskStates.of(task)),
                        kit.label(
                                kit.text().word(task.type()) + " · "
                                        + task.subject().name(),
                                "strong",
                                "may-clip"),
                        kit.copyable(task.id().toString()),
                        kit.spacer());
        if (TaskListModel.stoppable(task)) {
            head.getChildren()
                    .addAll(
                            kit.small(kit.flat(model.hold(task))),
                            kit.small(kit.flat(Act.of("tasks.cancel", () -> model.cancel(task))
                                    .with(Icon.STOP))));
        }
        remedies(details).forEach(act -> head.getChildren().add(kit.small(kit.button(act))));
        head.getChildren()
                .addAll(
                        kit.small(kit.flat(Act.of("tasks.copy", this::copy).with(Icon.COPY))),
                        kit.small(kit.iconButton(Act.of(
                                        "tasks.panel.close",
                                        () -> model.panelProperty().set(false))
                                .with(Icon.CLOSE))));
    }

    private void copy() {
        model.details().getValue().ifPresent(details -> TaskCopy.copy(kit, details));
    }

    private void explain(Problem problem) {
        Text.Explanation words = kit.text().explain(problem);
        var what = kit.prose(words.what());
        what.getStyleClass().add("strong");
        left.getChildren().add(what);
        for (String line : new String[] {words.why(), words.remedy()}) {
            if (!line.isBlank()) {
                left.getChildren().add(kit.prose(line));
            }
        }
        left.getChildren().add(kit.caption(kit.say("kit.error.code", "code", problem.code())));
    }

    /** What helps where the task failed: in the head, where no long explanation pushes it out of sight. */
    private List<Act> remedies(TaskListModel.Details details) {
        Task task = details.task();
        List<Act> acts = new ArrayList<>();
        if (details.retryable()) {
            acts.add(Act.of("tasks.retry", () -> model.retry(task)).with(Icon.REFRESH));
        }
        acts.addAll(model.undoing().of(task, details.undoable(), kit.text()));
        Optional<UUID> vault = task.subject().vaultId();
        boolean explained = task.problem().stream()
                .anyMatch(problem -> VAULT_PROBLEMS.stream().anyMatch(problem.code()::startsWith));
        if (vault.isPresent() && explained && !model.ofOneVault()) {
            acts.add(Act.of(
                            "tasks.open.vault",
                            () -> model.desk()
                                    .navigator()
                                    .open(Route.to(TasksPage.VAULT, vault.get().toString())))
                    .with(Icon.VAULT));
        }
        return acts;
    }

    private void numbers(Task task) {
        if (task.status().ended()) {
            fact("tasks.fact.result", TaskWords.result(kit, task));
        } else {
            fact("tasks.fact.progress", TaskWords.staged(kit, task));
            TaskWords.bytes(task).ifPresent(bytes -> fact("tasks.fact.bytes", kit.say(bytes)));
        }
        fact(
                "tasks.fact.who",
                kit.say(
                        "tasks.who",
                        "who",
                        task.caller().who(),
                        "from",
                        kit.text().word(task.caller().from())));
        fact("tasks.fact.asked", kit.formats().fullTime(task.created()));
        task.started().ifPresent(at -> fact("tasks.fact.started", kit.formats().fullTime(at)));
        task.ended().ifPresent(at -> fact("tasks.fact.ended", kit.formats().fullTime(at)));
    }

    private void fact(String key, String value) {
        var name = kit.label(kit.say(key), "fact-name");
        name.setMinWidth(88);
        left.getChildren().add(kit.row(name, kit.label(value, "may-clip")));
    }

    private Node line(TaskStep step) {
        var at = kit.label(kit.formats().second(step.at()), "caption");
        at.setMinWidth(USE_PREF_SIZE);
        var words = kit.prose(TaskWords.step(kit, step));
        HBox.setHgrow(words, Priority.ALWAYS);
        var row = new HBox(12, at, words);
        row.setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        return row;
    }
}
