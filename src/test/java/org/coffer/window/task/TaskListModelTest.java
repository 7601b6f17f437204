package org.coffer.window.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Blocking;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.restore.UndoActs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forty days ago a backup succeeded; today one failed, and one succeeded elsewhere. */
class TaskListModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Disk web;
    private Vault main;
    private TaskListModel model;
    private Path away;

    @BeforeEach
    void threeTasks() throws Exception {
        days = new Days(root, Instant.parse("2026-10-01T02:00:00Z"));
        away = root.resolve("away");
        web = days.image("web", 2, Disk.Role.DATA);
        Disk mail = days.image("mail", 2, Disk.Role.DATA);
        main = days.vault("main", web);
        Vault other = days.vault("other", mail);
        days.backUp(main, web, "old");
        days.pass(Duration.ofDays(40));
        Files.move(web.path(), away);
        days.backUp(main, web, "broken");
        days.pass(Duration.ofMinutes(5));
        days.backUp(other, mail, "post");
        model = model(Optional.empty());
        model.refresh();
    }

    @AfterEach
    void close() {
        days.close();
    }

    private TaskListModel model(Optional<java.util.UUID> vault) {
        return new TaskListModel(
                days.console().tasks(),
                days.console().events(),
                desk.desk(days.clock()),
                new UndoActs(
                        days.console().restores(),
                        days.console().disks(),
                        days.console().files(),
                        desk.desk(days.clock())),
                vault);
    }

    private List<String> objects() {
        return model.rows().items().stream().map(task -> task.subject().name()).toList();
    }

    @Test
    void showsThirtyDaysAtFirstNewestFirst() {
        assertThat(objects()).containsExactly("mail", "web");
        model.sinceProperty().set(Optional.empty());
        assertThat(objects()).containsExactly("mail", "web", "web");
    }

    @Test
    void filtersByTypeStateAndName() {
        model.statuses().add(TaskStatus.FAILED);
        assertThat(objects()).containsExactly("web");
        assertThat(model.rows().filteredProperty().get()).isTrue();
        model.types().add(TaskType.RESTORE);
        assertThat(objects()).isEmpty();
        model.clearFilters();
        model.queryProperty().set("mail");
        assertThat(objects()).containsExactly("mail");
    }

    @Test
    void aDayOfADiskShowsItsTasksOfThatDayAlone() {
        LocalDate today =
                LocalDate.ofInstant(days.clock().instant(), days.clock().getZone());
        var about = new TaskListModel.About(web.id(), "web");
        model.show(about, today);
        assertThat(objects()).containsExactly("web");
        model.show(about, today.minusDays(40));
        assertThat(objects()).containsExactly("web");
        model.show(about, today.minusDays(1));
        assertThat(objects()).isEmpty();
        assertThat(model.rows().filteredProperty().get()).isTrue();
        model.aboutProperty().set(Optional.empty());
        model.dayProperty().set(Optional.of(today));
        assertThat(objects()).containsExactly("mail", "web");
        model.clearFilters();
        assertThat(objects()).containsExactly("mail", "web", "web");
    }

    @Test
    void theListOfOneVaultHoldsOnlyItsTasks() {
        model = model(Optional.of(main.id()));
        model.refresh();
        assertThat(objects()).containsExactly("web");
    }

    @Test
    void thePanelTellsStepsAndWhetherItCanBeTriedAgain() {
        Task good = model.rows().items().getFirst();
        assertThat(model.details().getValue()).isEmpty();
        model.toggle(good);
        assertThat(model.details().getValue().orElseThrow().steps())
                .extracting(TaskStep::key)
                .contains("published");
        assertThat(model.details().getValue().orElseThrow().retryable()).isFalse();
        model.toggle(model.rows().items().get(1));
        assertThat(model.details().getValue().orElseThrow().retryable()).isTrue();
        model.toggle(model.rows().items().get(1));
        assertThat(model.panelProperty().get()).isFalse();
        assertThat(model.details().getValue()).isEmpty();
    }

    @Test
    void aFailedTaskIsTriedAgain() throws Exception {
        Files.move(away, web.path());
        model.retry(model.rows().items().get(1));
        days.settle();
        model.refresh();
        assertThat(model.rows().items().stream().filter(task -> task.status() == TaskStatus.SUCCEEDED))
                .hasSize(2);
    }

    @Test
    void clearingFailedTasksSaysThatTheirBackupsStay() {
        assertThat(model.failedProperty().get()).isEqualTo(1);
        long backups = days.console().backups().count(BackupFilter.ALL);
        model.clearFailed();
        Question asked = desk.questions().getFirst();
        assertThat(asked.dangerous()).isTrue();
        assertThat(asked.lines()).extracting(line -> line.key()).containsExactly("tasks.clear.stays");
        model.refresh();
        assertThat(objects()).containsExactly("mail");
        assertThat(days.console().backups().count(BackupFilter.ALL)).isEqualTo(backups);
    }

    private Task now(Task task) {
        return days.console().tasks().find(task.id()).orElseThrow();
    }

    @Test
    void aRunningBackupIsHeldStillAndGoesOn() throws Exception {
        Disk big = days.image("big", 120, Disk.Role.DATA);
        Vault vault = days.vault("slow", big);
        days.console().locations().limit(vault.locationId(), 20);
        Task task = days.console()
                .backups()
                .start(new NewBackup(vault.id(), List.of(big.id()), "slowly", "", false))
                .getFirst();
        while (now(task).status() == TaskStatus.WAITING) {
            Thread.onSpinWait();
        }
        Act pause = model.hold(now(task));
        assertThat(pause.title().getValue().key()).isEqualTo("tasks.pause");
        pause.run();
        assertThat(now(task).status()).isEqualTo(TaskStatus.PAUSED);
        model.statuses().add(TaskStatus.PAUSED);
        assertThat(objects()).as("it can be filtered for").containsExactly("big");
        Act resume = model.hold(now(task));
        assertThat(resume.title().getValue().key()).isEqualTo("tasks.resume");
        days.console().locations().limit(vault.locationId(), 0);
        resume.run();
        days.settle();
        assertThat(now(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
    }

    @Test
    void whatCannotBePausedSaysWhy() throws Exception {
        var work = new Blocking(days.console().tasks(), TaskType.VERIFY);
        Task quick = work.start(Task.Subject.vault(main.id(), "main", main.locationId()));
        assertThat(model.hold(quick).whyNot().getValue()).hasValue(Sentence.of("tasks.pause.waiting"));
        assertThat(model.hold(now(quick)).whyNot().getValue()).hasValue(Sentence.of("tasks.pause.kind"));
        assertThat(model.holdable(now(quick))).isFalse();
        work.letGo();
        days.settle();
    }

    @Test
    void aTaskSaysHowManyBytesOfHowManyItHasDealtWith() throws Exception {
        var work = new Blocking(days.console().tasks(), TaskType.VERIFY).expecting(5_000_000);
        Task check = work.start(Task.Subject.vault(main.id(), "main", main.locationId()));
        while (TaskWords.bytes(now(check)).isEmpty()) {
            Thread.onSpinWait(); // It is looked at once in a while.
        }
        assertThat(TaskWords.bytes(now(check)))
                .hasValue(Sentence.of("tasks.progress.bytes", "done", 3_100_000L, "total", 5_000_000L));
        work.letGo();
        days.settle();
    }

    @Test
    void nothingIsClearedWithoutAYes() {
        desk.answer(false);
        model.clearFailed();
        model.deleteRecord(model.rows().items().get(1));
        model.refresh();
        assertThat(objects()).containsExactly("mail", "web");
    }

    @Test
    void anEstimateIsRounded() {
        assertThat(TaskWords.rounded(45)).isEqualTo(45);
        assertThat(TaskWords.rounded(140)).isEqualTo(120);
        assertThat(TaskWords.rounded(40_000)).isEqualTo(39_600);
        assertThat(TaskWords.rounded(0)).isEqualTo(1);
    }
}
