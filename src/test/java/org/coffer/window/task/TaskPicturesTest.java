package org.coffer.window.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.coffer.console.task.Task;
import org.coffer.window.desk.History;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Kit;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the tasks, and fails where words are clipped in either language. */
@Tag("pictures")
class TaskPicturesTest {
    @TempDir
    static Path root;

    private static History history;
    private static Pictures pictures;

    @BeforeAll
    static void twoWeeks() throws Exception {
        history = new History(root);
        pictures = new Pictures(history.clock());
    }

    @AfterAll
    static void close() {
        history.close();
    }

    private static List<String> take(String name, Consumer<TaskListModel> prepare) {
        return pictures.take(name, kit -> history.framed(kit, "tasks", desk -> own -> view(own, desk, prepare)));
    }

    private static Node view(Kit kit, Desk desk, Consumer<TaskListModel> prepare) {
        var tasks = history.console().tasks();
        var events = history.console().events();
        var model = new TaskListModel(tasks, events, desk, Optional.empty());
        model.refresh();
        prepare.accept(model);
        var strip = new StripModel(tasks, events, new TestDesk().desk(history.clock()), () -> true);
        return new TasksPage(model, strip).view(kit);
    }

    @Test
    void theListFits() {
        assertThat(take("tasks", model -> {})).isEmpty();
    }

    @Test
    void aFailedTaskExplainsItself() {
        assertThat(take("tasks-failed", model -> model.toggle(first(model, TaskListModel::failed))))
                .isEmpty();
    }

    @Test
    void aGoodTaskTellsItsSteps() {
        assertThat(take(
                        "tasks-steps",
                        model -> model.toggle(
                                first(model, task -> task.status() == org.coffer.console.task.TaskStatus.SUCCEEDED))))
                .isEmpty();
    }

    @Test
    void aRunningTaskShowsHowFarItIs() {
        assertThat(take(
                        "tasks-running",
                        model -> model.toggle(
                                first(model, task -> task.status() == org.coffer.console.task.TaskStatus.RUNNING))))
                .isEmpty();
    }

    private static Task first(TaskListModel model, java.util.function.Predicate<Task> which) {
        return model.rows().items().stream().filter(which).findFirst().orElseThrow();
    }
}
