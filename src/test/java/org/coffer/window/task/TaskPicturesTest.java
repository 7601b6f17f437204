package org.coffer.window.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskHandler;
import org.coffer.console.task.TaskRun;
import org.coffer.console.task.TaskType;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.desk.Blocking;
import org.coffer.window.desk.History;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Kit;
import org.coffer.window.opened.OpenDiskListModel;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.opened.OpenDisksTab;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Pictures;
import org.coffer.window.restore.UndoActs;
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
        var model = new TaskListModel(
                tasks,
                events,
                desk,
                new UndoActs(
                        history.console().restores(),
                        history.console().disks(),
                        history.console().files(),
                        desk),
                Optional.empty());
        model.refresh();
        prepare.accept(model);
        var strip = new StripModel(tasks, events, new TestDesk().desk(history.clock()), () -> true);
        var console = history.console();
        var sheets = new OpenDiskSheets(console.openDisks(), events, desk);
        var opened = new OpenDiskListModel(console.openDisks(), events, desk, sheets, id -> {});
        return new TasksPage(model, strip, OpenDisksTab.over(opened), Optional.empty()).view(kit);
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

    @Test
    void aRunningTaskTellsItsStageBytesSpeedAndTimeLeft() throws Exception {
        var checking = new Blocking(history.console().tasks(), TaskType.VERIFY).expecting(20_000_000_000L);
        Task check = checking.start(Task.Subject.vault(
                history.vault().id(), history.vault().name(), history.vault().locationId()));
        Supplier<Progress> progress =
                () -> history.console().tasks().find(check.id()).orElseThrow().progress();
        Fx.until("it was looked at once", () -> progress.get().stage() == Stage.CHECKING);
        checking.advance(1_800_000_000L);
        history.days().pass(Duration.ofSeconds(10));
        Fx.until("its speed is known", () -> progress.get().bytesPerSecond() > 0);
        assertThat(take(
                        "tasks-speed",
                        model -> model.toggle(first(model, task -> task.id().equals(check.id())))))
                .isEmpty();
        checking.letGo();
        history.console().tasks().await(check.id());
    }

    @Test
    void aPausedTaskHoldsStill() throws Exception {
        Task held = new Blocking(history.console().tasks(), TaskType.VERIFY)
                .pausable(true)
                .expecting(20_000_000_000L)
                .start(Task.Subject.vault(
                        history.vault().id(),
                        history.vault().name(),
                        history.vault().locationId()));
        history.console().tasks().pause(held.id());
        assertThat(take(
                        "tasks-paused",
                        model -> model.toggle(first(model, task -> task.id().equals(held.id())))))
                .isEmpty();
    }

    @Test
    void aCheckListsWhatItFound() throws Exception {
        check(
                "tasks-check",
                new Found(
                        "data/1c9f03be77a14d52/00000003.0-9f8e7d6c5b4a3921",
                        List.of("manualbk_4a10", "每周备份_8"),
                        Optional.of(Problem.of(
                                "verify.damaged",
                                "vault",
                                "vault_f61e",
                                "n",
                                2,
                                "m",
                                11,
                                "names",
                                List.of("manualbk_4a10", "每周备份_8")))));
    }

    @Test
    void aCheckSaysWhatDamageBesideTheBackupsMeans() throws Exception {
        String object = "condemned/5157d4b3b6c8dcdde70ff7c945d45561";
        Problem problem = Problem.of("verify.marker", "vault", "vault_f61e", "n", 1, "names", List.of(object));
        check("tasks-check-marker", new Found(object, List.of(), Optional.of(problem)));
        check("tasks-check-besides", new Found("header-2", List.of(), Optional.empty()));
    }

    private static void check(String name, Found found) throws Exception {
        var tasks = history.console().tasks();
        tasks.register(TaskType.VERIFY, found);
        var subject = Task.Subject.vault(
                history.vault().id(), history.vault().name(), history.vault().locationId());
        Task check = tasks.create(new NewTask(TaskType.VERIFY, subject, Map.of("percent", 100)));
        tasks.launch(check);
        tasks.await(check.id());
        assertThat(take(
                        name,
                        model -> model.toggle(first(model, task -> task.id().equals(check.id())))))
                .isEmpty();
    }

    /** A check that ends as one that found damage. */
    private record Found(String object, List<String> hit, Optional<Problem> problem) implements TaskHandler {
        @Override
        public void run(TaskRun run) {
            run.outcome("objects", 412);
            run.outcome("bytes", 9_300_000_000L);
            run.outcome("damaged", List.of(object));
            run.outcome("backupsHit", hit);
            run.outcome(
                    "ranges",
                    hit.stream()
                            .map(name -> Map.of(
                                    "backup",
                                    name,
                                    "runs",
                                    List.of(
                                            Map.of("disk", "web", "from", 0, "to", 65_536),
                                            Map.of("disk", "web", "from", 1_200_029_696L, "to", 1_200_291_840L),
                                            Map.of("disk", "web", "from", 3_000_041_472L, "to", 3_000_107_008L)),
                                    "more",
                                    4,
                                    "bytes",
                                    1_048_576))
                            .toList());
            run.step("verified", "n", 412, "bytes", 9_300_000_000L);
            run.step("damaged", "object", object);
            problem.ifPresent(why -> {
                throw new ProblemException(why);
            });
        }

        @Override
        public boolean settle(Task interrupted) {
            return false;
        }

        @Override
        public Task retry(Task failed) {
            throw new UnsupportedOperationException();
        }
    }

    private static Task first(TaskListModel model, java.util.function.Predicate<Task> which) {
        return model.rows().items().stream().filter(which).findFirst().orElseThrow();
    }
}
