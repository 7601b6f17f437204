package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.scene.layout.StackPane;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
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
import org.coffer.window.restore.UndoAsking;
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
            files.on(days.clock().instant().minus(Duration.ofHours(9)));
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
        return Wizards.over(days.console(), desk, new HeardWays());
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
        assertThat(at("progress", 5, (model, wizard) -> {
                    virus(model, wizard);
                    model.outcome()
                            .show(new OutcomeModel.State.Running(
                                    Sentence.of("wizard.doing.disk", "disk", disk.name(), "at", before()),
                                    task(TaskStatus.RUNNING, Stage.RESTORING, 62),
                                    true));
                }))
                .isEmpty();
    }

    /** The answers of somebody who lost a file. */
    private static void lostFile(WizardModel model, Wizard wizard) {
        choose(model, "report.docx");
        wizard.atProperty().set(4);
    }

    /** The answers of somebody who lost a few. */
    private static void lostFiles(WizardModel model, Wizard wizard) {
        model.disks().choose(disk.id());
        model.find().modeProperty().set(FindModel.Mode.BROWSE);
        model.find().folders().go(Optional.of(new FilePath(0, List.of("Documents"))));
        model.find().folders().rows().all().stream()
                .limit(3)
                .forEach(row ->
                        model.find().folders().rows().ticks().set(row.path().text(), true));
        wizard.atProperty().set(4);
    }

    /** The answers of somebody whose disk a virus spoiled today. */
    private static void virus(WizardModel model, Wizard wizard) {
        model.happenedProperty().set(Happened.VIRUS);
        model.disks().choose(disk.id());
        wizard.atProperty().set(3);
        model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
        wizard.atProperty().set(4);
    }

    private static List<String> verdict(String name, BiConsumer<WizardModel, Wizard> answers, Verdict verdict) {
        return at(name, 6, (model, wizard) -> {
            answers.accept(model, wizard);
            model.outcome()
                    .show(new OutcomeModel.State.Ended(
                            undo(), task(TaskStatus.SUCCEEDED, Stage.CHECKING, 100), verdict));
        });
    }

    private static UndoErrand undo() {
        return new UndoErrand(days.console().restores(), new UndoAsking.Undo() {
            @Override
            public String disk() {
                return disk.name();
            }

            @Override
            public boolean again() {
                return false;
            }

            @Override
            public Task begin() {
                throw new UnsupportedOperationException();
            }
        });
    }

    /** When the newest backup from before today was made, which is what {@link #virus} leads to. */
    private static Instant before() {
        return days.console().backups().list(BackupFilter.ALL.ofDisk(disk.id()), BackupSort.NEWEST, 0, 9).stream()
                .map(Backup::createdAt)
                .filter(at -> LocalDate.ofInstant(at, days.clock().getZone()).isBefore(LocalDate.now(days.clock())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theVerdictsFit() {
        Instant now = days.clock().instant();
        assertThat(verdict(
                        "verdict",
                        WizardFilePicturesTest::lostFile,
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.file", "name", "report.docx"),
                                        Sentence.of("wizard.done.path", "path", "/home/anna/Documents"))
                                .folder(root)))
                .isEmpty();
        assertThat(verdict(
                        "verdict-disk",
                        WizardFilePicturesTest::virus,
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.disk", "target", disk.name(), "at", before()),
                                        Sentence.of("wizard.done.written", "bytes", 3_100_000_000L),
                                        Sentence.of("wizard.done.undo.until", "until", now.plus(Duration.ofDays(7))))
                                .undo(Optional.of(UUID.randomUUID()))
                                .care(List.of(
                                        Sentence.of("wizard.care.virus"),
                                        Sentence.of("wizard.care.passwords"),
                                        Sentence.of("wizard.care.windows-offline", "target", disk.name())))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-partly",
                        WizardFilePicturesTest::lostFiles,
                        Verdict.of(
                                        Tone.ATTENTION,
                                        Sentence.of("wizard.done.files.partly", "n", 2, "all", 3),
                                        Sentence.of("wizard.done.damaged", "name", "notes.txt"))
                                .folder(root)
                                .instead(Optional.of(new Verdict.Instead(
                                        Sentence.of("wizard.done.instead", "at", before().minus(Duration.ofDays(1))),
                                        undo())))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-unfinished",
                        WizardFilePicturesTest::virus,
                        Verdict.of(
                                        Tone.DANGER,
                                        Sentence.of("wizard.done.unfinished", "target", disk.name()),
                                        Plainly.why(Problem.of("disk.lost", "disk", disk.name(), "percent", 62)))
                                .undo(Optional.of(UUID.randomUUID()))
                                .retriable()))
                .isEmpty();
        assertThat(verdict(
                        "verdict-undone",
                        WizardFilePicturesTest::virus,
                        Verdict.of(Tone.SUCCESS, Sentence.of("wizard.done.undone", "target", disk.name()))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-untouched",
                        WizardFilePicturesTest::virus,
                        Verdict.of(
                                        Tone.ATTENTION,
                                        Sentence.of("wizard.done.untouched", "target", disk.name()),
                                        Sentence.of("wizard.done.stopped"))
                                .retriable()))
                .isEmpty();
    }
}
