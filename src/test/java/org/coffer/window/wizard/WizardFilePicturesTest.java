package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.scene.layout.StackPane;
import org.coffer.console.Console;
import org.coffer.console.file.FilePath;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.Stage;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.fixture.FileDisk;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the wizard's steps for files, of its progress and its verdicts, in both languages. */
@Tag("pictures")
class WizardFilePicturesTest {
    @TempDir
    static Path root;

    private static Days days;
    private static Disk disk;
    private static Pictures pictures;

    @BeforeAll
    static void aDiskWithFiles() throws Exception {
        days = new Days(root, Instant.parse("2026-11-18T18:00:00Z"));
        var files = new FileDisk(root.resolve("files.img"));
        disk = days.console()
                .disks()
                .addImage(new NewImage(files.image(), Optional.of("family-files"), Disk.Role.DATA));
        Vault vault = days.vault("main", disk);
        for (int day = 1; day <= 3; day++) {
            files.write("Documents/report.docx", "state " + day);
            files.write("Documents/travel report " + day + ".txt", "day " + day);
            days.backUp(vault, disk, "manualbk_000" + day);
            days.pass(Duration.ofDays(1));
        }
        pictures = new Pictures(days.clock());
    }

    @AfterAll
    static void close() {
        days.close();
    }

    private static RestoreWizard wizard(Desk desk) {
        Console console = days.console();
        return new RestoreWizard(
                new RestoreWizard.Services(
                        console.backups(),
                        console.disks(),
                        console.restores(),
                        console.files(),
                        console.tasks(),
                        console.events()),
                desk,
                new HeardWays());
    }

    /** The wizard at a step, over a model in which somebody answered. */
    private static List<String> at(String name, int step, BiConsumer<WizardModel, Wizard> answers) {
        return pictures.take("wizard-" + name, kit -> {
            var host = new DialogHost();
            host.setPage(new StackPane());
            Desk desk = new TestDesk().windowDesk(days.clock(), new ModalDialogs(() -> kit, host));
            Platform.runLater(() -> {
                RestoreWizard made = wizard(desk);
                try (WizardModel model = made.model()) {
                    Wizard wizard = made.over(model);
                    Platform.runLater(() -> {
                        answers.accept(model, wizard);
                        wizard.atProperty().set(step);
                    });
                    desk.dialogs().show(wizard);
                }
            });
            return host;
        });
    }

    private static void choose(WizardModel model, String name) {
        model.find().queryProperty().set(name);
        model.find().hits().all().stream().findFirst().ifPresent(model.find()::choose);
    }

    @Test
    void theSearchFits() {
        assertThat(at("find", 1, (model, wizard) -> model.find().queryProperty().set("report")))
                .isEmpty();
        assertThat(at(
                        "find-none",
                        1,
                        (model, wizard) -> model.find().queryProperty().set("nowhere")))
                .isEmpty();
        assertThat(at("find-begin", 1, (model, wizard) -> {})).isEmpty();
    }

    @Test
    void theFoldersFit() {
        assertThat(at("browse", 1, (model, wizard) -> {
                    model.disks().choose(disk.id());
                    model.find().modeProperty().set(FindModel.Mode.BROWSE);
                    model.find().folders().go(Optional.of(new FilePath(0, List.of("Documents"))));
                }))
                .isEmpty();
    }

    @Test
    void theOtherQuestionsFit() {
        assertThat(at("file-when", 2, (model, wizard) -> choose(model, "report.docx")))
                .isEmpty();
        assertThat(at("file-where", 3, (model, wizard) -> choose(model, "report.docx")))
                .isEmpty();
        assertThat(at("file-check", 4, (model, wizard) -> choose(model, "report.docx")))
                .isEmpty();
    }

    private static Task task(TaskStatus status, Stage stage, int percent) {
        Task of = days.console().tasks().list(TaskFilter.ALL, 0, 1).getFirst();
        return new Task(
                of.id(),
                of.type(),
                status,
                new Progress(stage, percent * 10_000_000L, 1_000_000_000L, 0, 120_000_000, 65, false),
                of.subject(),
                of.parameters(),
                of.caller(),
                of.created(),
                of.started(),
                of.ended(),
                of.outcome(),
                of.problem(),
                of.seen());
    }

    @Test
    void theProgressFits() {
        assertThat(at(
                        "progress",
                        5,
                        (model, wizard) -> model.outcome()
                                .show(new OutcomeModel.State.Running(
                                        Sentence.of(
                                                "wizard.doing.disk",
                                                "disk",
                                                "web-data",
                                                "at",
                                                days.clock().instant()),
                                        task(TaskStatus.RUNNING, Stage.RESTORING, 62),
                                        true))))
                .isEmpty();
    }

    private static List<String> verdict(String name, Verdict verdict) {
        return at(
                name,
                6,
                (model, wizard) -> model.outcome()
                        .show(new OutcomeModel.State.Ended(
                                new UndoErrand(days.console().restores(), UUID.randomUUID(), "web-data"),
                                task(TaskStatus.SUCCEEDED, Stage.CHECKING, 100),
                                verdict)));
    }

    @Test
    void theVerdictsFit() {
        Instant now = days.clock().instant();
        assertThat(verdict(
                        "verdict",
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.file", "name", "report.docx"),
                                        Sentence.of("wizard.done.path", "path", "/home/anna/Documents"))
                                .folder(root)))
                .isEmpty();
        assertThat(verdict(
                        "verdict-disk",
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.disk", "target", "web-data", "at", now),
                                        Sentence.of("wizard.done.written", "bytes", 3_100_000_000L))
                                .undo(Optional.of(UUID.randomUUID()))
                                .care(List.of(
                                        Sentence.of("wizard.care.virus"),
                                        Sentence.of("wizard.care.passwords"),
                                        Sentence.of("wizard.care.windows-offline", "target", "web-data")))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-partly",
                        Verdict.of(
                                        Tone.ATTENTION,
                                        Sentence.of("wizard.done.files.partly", "n", 2, "all", 3),
                                        Sentence.of("wizard.done.damaged", "name", "photo.jpg"))
                                .folder(root)
                                .instead(Optional.of(new Verdict.Instead(
                                        Sentence.of("wizard.done.instead", "at", now.minus(Duration.ofDays(1))),
                                        new UndoErrand(days.console().restores(), UUID.randomUUID(), "x"))))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-unfinished",
                        Verdict.of(
                                        Tone.DANGER,
                                        Sentence.of("wizard.done.unfinished", "target", "web-data"),
                                        Sentence.explaining(Problem.of("disk.lost", "disk", "web-data", "percent", 62)))
                                .undo(Optional.of(UUID.randomUUID()))
                                .retriable()))
                .isEmpty();
    }
}
