package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.file.Conflict;
import org.coffer.console.file.FileHit;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.file.SearchState;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Fact;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptWords;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.files.FileSummary;
import org.coffer.window.files.FileWay;
import org.coffer.window.files.FolderModel;
import org.coffer.window.fixture.FileDisk;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.restore.UndoActs;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files out of a disk with a backup a day.
 *
 * <pre>
 *   1 November   Documents/report.docx "first"    Documents/gone.txt
 *   2            Documents/report.docx "second"
 * </pre>
 */
class WizardFilesTest {
    @TempDir
    Path root;

    private final TestDesk dialogs = new TestDesk();
    private final HeardWays ways = new HeardWays();
    private Days days;
    private Desk desk;
    private Disk disk;
    private Backup first;
    private Backup second;

    @BeforeEach
    void twoDays() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        desk = dialogs.desk(days.clock());
        var files = new FileDisk(root.resolve("files.img"));
        files.write("Documents/gone.txt", "still here");
        disk = days.console().disks().addImage(new NewImage(files.image(), Optional.of("files"), Disk.Role.DATA));
        Vault vault = days.vault("main", disk);
        first = days.backup(days.backUp(vault, disk, "one"));
        files.delete("Documents/gone.txt");
        files.write("Documents/report.docx", "second");
        days.pass(Duration.ofDays(1));
        second = days.backup(days.backUp(vault, disk, "two"));
        days.pass(Duration.ofHours(5));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private WizardModel model() {
        return Wizards.over(days.console(), desk, ways).model();
    }

    private static FileHit search(WizardModel model, String text) {
        model.find().queryProperty().set(text);
        assertThat(model.find().hits().all()).hasSize(1);
        return model.find().hits().all().getFirst();
    }

    private void intoFolder(WizardModel model, Path folder) {
        model.planFrom(true);
        model.filePlace().folderProperty().set(folder.toString());
        model.filePlace().wayProperty().set(FileWay.FOLDER);
    }

    private static OutcomeModel.State.Ended finish(WizardModel model) throws Exception {
        return Wizards.finish(model, model.restore(() -> {}));
    }

    @Test
    void aFileIsFoundByPartOfItsNameWithItsVersions() {
        try (WizardModel model = model()) {
            FileHit hit = search(model, "report");
            assertThat(hit.versions()).hasSize(2);
            assertThat(model.find().search().stateProperty().get().orElseThrow())
                    .extracting(SearchState::looked, SearchState::backups)
                    .containsExactly(2, 2);
            model.find().choose(hit);
            assertThat(model.moment().chosenProperty().get().map(Backup::name)).contains("two");
            assertThat(model.versions().versionsProperty().get()).hasSize(2);
            assertThat(model.whatAnswer().getValue()).isEqualTo(Sentence.data("report.docx"));
            model.find().queryProperty().set("nowhere");
            assertThat(model.find().hits().all()).isEmpty();
            assertThat(model.whatChosen().getValue()).isFalse();
        }
    }

    @Test
    void theNewestVersionComesBackIntoAFolderWithVerdictAndReceipt() throws Exception {
        Path folder = root.resolve("back");
        try (WizardModel model = model()) {
            model.find().choose(search(model, "report"));
            intoFolder(model, folder);
            var ended = finish(model);
            assertThat(Files.readString(folder.resolve("report.docx"))).isEqualTo("second");
            assertThat(ended.verdict().headline()).isEqualTo(Sentence.of("wizard.done.file", "name", "report.docx"));
            assertThat(ended.verdict().tone()).isEqualTo(Tone.SUCCESS);
            assertThat(ended.verdict().folder()).isPresent();
            Path receipt = root.resolve("receipt.txt");
            dialogs.file(receipt);
            model.outcome().saveReceipt(Text.of(Language.CHINESE, days.clock()));
            assertThat(Files.readString(receipt))
                    .contains("文件恢复回执", "结果：已恢复并核对无误", "/Documents/report.docx", "files 在 2026-11-02");
            Path page = root.resolve("receipt.html");
            dialogs.file(page);
            new UndoActs(
                            days.console().restores(),
                            days.console().disks(),
                            days.console().files(),
                            desk)
                    .of(ended.task(), Optional.empty(), Text.of(Language.ENGLISH, days.clock()))
                    .getFirst()
                    .run();
            assertThat(Files.readString(page))
                    .as("the list of tasks has it too")
                    .contains("<h1>Receipt of restored files</h1>", "<li>/Documents/report.docx</li>");
        }
    }

    @Test
    void anEarlierVersionStandsBesideWhatIsThere() throws Exception {
        Path folder = Files.createDirectory(root.resolve("back"));
        Files.writeString(folder.resolve("report.docx"), "mine");
        try (WizardModel model = model()) {
            model.find().choose(search(model, "report"));
            model.moment().choose(first);
            intoFolder(model, folder);
            assertThat(FileSummary.of(model.filePlace()))
                    .extracting(Sentence::key)
                    .contains("browse.check.kept");
            finish(model);
        }
        assertThat(Files.readString(folder.resolve("report.docx"))).isEqualTo("mine");
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there.filter(file -> !file.endsWith("report.docx")))
                    .singleElement()
                    .satisfies(copy -> assertThat(Files.readString(copy)).isEqualTo("first"));
        }
    }

    @Test
    void replacingIsRedAndReplaces() throws Exception {
        Path folder = Files.createDirectory(root.resolve("back"));
        Files.writeString(folder.resolve("report.docx"), "mine");
        try (WizardModel model = model()) {
            model.find().choose(search(model, "report"));
            intoFolder(model, folder);
            assertThat(model.dangerous().getValue()).isFalse();
            model.filePlace().conflictProperty().set(Conflict.REPLACE);
            assertThat(model.dangerous().getValue()).isTrue();
            finish(model);
        }
        assertThat(Files.readString(folder.resolve("report.docx"))).isEqualTo("second");
    }

    @Test
    void theOriginalPlaceIsRefusedWhereItCannotBeReached() {
        try (WizardModel model = model()) {
            model.find().choose(search(model, "report"));
            model.planFrom(true);
            assertThat(model.filePlace().refusal(FileWay.BESIDE)).contains(Sentence.of("browse.where.no-origin"));
            assertThat(model.filePlace().refusal(FileWay.BACK)).isPresent();
            assertThat(model.filePlace().wayProperty().get()).isEqualTo(FileWay.FOLDER);
            assertThat(model.placeChosen().getValue()).isTrue();
        }
    }

    @Test
    void whatIsGoneIsFoundInTheFoldersOfAnEarlierDay() throws Exception {
        Path folder = root.resolve("back");
        try (WizardModel model = model()) {
            model.disks().choose(disk.id());
            model.find().modeProperty().set(FindModel.Mode.BROWSE);
            FolderModel folders = model.find().folders();
            enter(folders, "Documents");
            assertThat(names(folders)).doesNotContain("gone.txt");
            model.moment().choose(first);
            assertThat(names(folders)).as("the folder stays").contains("gone.txt");
            folders.rows().ticks().set("0:/Documents/gone.txt", true);
            folders.rows().ticks().set("0:/Documents/notes.txt", true);
            assertThat(model.find().wantedProperty().get().orElseThrow().paths())
                    .hasSize(2);
            intoFolder(model, folder);
            var ended = finish(model);
            assertThat(ended.verdict().headline()).isEqualTo(Sentence.of("wizard.done.files", "n", 2L));
        }
        assertThat(Files.readString(folder.resolve("gone.txt"))).isEqualTo("still here");
    }

    private static void enter(FolderModel folders, String name) {
        folders.enter(folders.rows().all().stream()
                .filter(row -> row.path().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + names(folders))));
    }

    private static List<String> names(FolderModel folders) {
        return folders.rows().all().stream().map(row -> row.path().name()).toList();
    }

    @Test
    void whatIsMissingAtTheChosenMomentIsSaidBeforeAnythingStarts() {
        try (WizardModel model = model()) {
            FileHit gone = search(model, "gone");
            model.find().choose(gone);
            assertThat(model.moment().chosenProperty().get().map(Backup::name)).contains("one");
            intoFolder(model, root.resolve("back"));
            model.moment().choose(second);
            assertThat(model.restore(() -> {}).whyNot().getValue()).isPresent();
        }
    }

    @Test
    void theBackupOneGoesThroughIsHeld() {
        var folders =
                new FolderModel(days.console().files(), days.console().backups().leases(), desk.background());
        folders.show(first);
        assertThatThrownBy(() -> days.console().deletion().trash().put(List.of(first.id())))
                .isInstanceOf(ProblemException.class);
        folders.close();
        days.console().deletion().trash().put(List.of(first.id()));
    }

    @Test
    void aDiskWithoutFilesSaysSoAndOffersWhatIsLeft() throws Exception {
        Disk strange = days.image("strange", 4, Disk.Role.DATA);
        Backup backup = days.backup(days.backUp(days.vault("other", strange), strange, "three"));
        var folders =
                new FolderModel(days.console().files(), days.console().backups().leases(), desk.background());
        folders.show(backup);
        assertThat(folders.problemProperty().get().orElseThrow().code()).startsWith("files.");
        folders.close();
    }

    /** What the wizard says when its task ended so, with what the task left. */
    private OutcomeModel.State.Ended ended(List<String> paths, Path into) throws Exception {
        return ended(second, paths, into);
    }

    private OutcomeModel.State.Ended ended(Backup from, List<String> paths, Path into) throws Exception {
        var wanted = new NewFileRestore(
                from.id(),
                paths.stream().map(FilePath::parse).toList(),
                new NewFileRestore.Place.Folder(into),
                Conflict.KEEP);
        var errand = new FileErrand(days.console().files(), days.console().backups(), from, wanted);
        Task task = days.console().tasks().await(errand.begin().id());
        return new OutcomeModel.State.Ended(errand, task, errand.verdict(task));
    }

    @Test
    void whatIsNotBackIsNamed() throws Exception {
        var ended = ended(
                List.of("0:/Documents/report.docx", "0:/Documents/gone.txt", "0:/Documents/notes.txt"),
                Files.createDirectory(root.resolve("back")));
        Verdict verdict = ended.verdict();
        assertThat(verdict.headline())
                .as("gone.txt was not found, so nobody knows how much it is")
                .isEqualTo(Sentence.of("wizard.done.files.partly.uncounted", "n", 2L));
        assertThat(verdict.lines()).contains(Sentence.of("wizard.why.files.missing", "path", "gone.txt"));
        assertThat(verdict.tone()).isEqualTo(Tone.ATTENTION);
        assertThat(verdict.instead().map(Verdict.Instead::title))
                .contains(Sentence.of("wizard.done.instead", "at", first.createdAt()));
    }

    /**
     * <pre>
     *   one   large, small then      two   large, damaged      three   large as in two: the same blocks
     * </pre>
     */
    @Test
    void whatIsDamagedInAnEarlierBackupTooIsNotOffered() throws Exception {
        var files = new FileDisk(root.resolve("more.img"));
        files.write("large", "small then");
        Disk more = days.console().disks().addImage(new NewImage(files.image(), Optional.of("more"), Disk.Role.DATA));
        Vault vault = days.vault("other", more);
        Backup one = days.backup(days.backUp(vault, more, "one"));
        byte[] random = new byte[1 << 20];
        new SplittableRandom(1).nextBytes(random);
        files.write("large", HexFormat.of().formatHex(random));
        days.pass(Duration.ofDays(1));
        days.backUp(vault, more, "two");
        files.write("note", "another file");
        days.pass(Duration.ofDays(1));
        Backup three = days.backup(days.backUp(vault, more, "three"));
        try (Stream<Path> all = Files.walk(root)) {
            Path pack = all.filter(path -> path.toString().contains("/data/"))
                    .max(Comparator.comparingLong(path -> path.toFile().length()))
                    .orElseThrow();
            TestHome.flip(pack, Files.size(pack) / 2);
        }

        var ended = ended(three, List.of("0:/large", "0:/note"), Files.createDirectory(root.resolve("back")));

        assertThat(ended.verdict().instead().map(Verdict.Instead::title))
                .contains(Sentence.of("wizard.done.instead", "at", one.createdAt()));
    }

    @Test
    void aRestoreThatIsCutOffCountsAllSaysWhyAndGoesOnWithoutDoingAnythingTwice() throws Exception {
        Path into = Files.createDirectory(root.resolve("back"));
        // Each file takes a page there, and there are two.
        Shell.run("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", into.toString());
        try {
            var cut = ended(List.of("0:/Documents", "0:/Pictures"), into);
            assertThat(cut.verdict().headline()).isEqualTo(Sentence.of("wizard.done.files.failed", "n", 2L, "all", 3L));
            assertThat(cut.verdict().lines()).contains(Plainly.why(Problem.of("files.full", "path", into.toString())));
            assertThat(cut.verdict().retry()).isTrue();
            assertThat(cut.verdict().instead()).isEmpty();
            var words = new ReceiptWords(Text.of(Language.ENGLISH, days.clock()));
            assertThat(cut.errand().receipt(cut.task(), words).facts())
                    .extracting(Fact::name)
                    .contains("Problem");

            Shell.run("mount", "-o", "remount,size=1M", into.toString());
            try (OutcomeModel model =
                    Wizards.over(days.console(), desk, ways).model().outcome()) {
                model.show(cut);
                var again = Wizards.finish(
                        model,
                        model.acts(cut).stream()
                                .filter(act -> act.title().getValue().key().equals("wizard.done.again"))
                                .findFirst()
                                .orElseThrow());
                assertThat(again.verdict().headline()).isEqualTo(Sentence.of("wizard.done.files", "n", 3L));
            }
            try (Stream<Path> all = Files.walk(into)) {
                assertThat(all.filter(Files::isRegularFile)).hasSize(3);
            }
        } finally {
            Shell.run("umount", into.toString());
        }
    }

    /** An NTFS that Windows had not put in order: its check says so before, its verdict after. */
    @Test
    void whatWasInUseWhenItWasBackedUpIsSaidInTheCheckAndInTheVerdict() throws Exception {
        Path image = root.resolve("windows.img");
        Shell.run("truncate", "-s", "16M", image.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", image.toString());
        Path point = Files.createDirectory(root.resolve("point"));
        Shell.run("ntfs-3g", image.toString(), point.toString());
        try {
            Files.writeString(point.resolve("letter.txt"), "Dear all");
        } finally {
            Shell.run("umount", point.toString());
        }
        Shell.run("ntfsfix", image.toString());
        Disk windows = days.console().disks().addImage(new NewImage(image, Optional.of("windows"), Disk.Role.DATA));
        days.backup(days.backUp(days.vault("second", windows), windows, "w"));
        Path folder = root.resolve("letters");
        try (WizardModel model = model()) {
            model.find().choose(search(model, "letter"));
            intoFolder(model, folder);
            assertThat(model.filePlace().planProperty().get().orElseThrow().warnings())
                    .map(Plainly::why)
                    .containsExactly(Sentence.of("wizard.why.files.seconds"));
            var ended = finish(model);
            assertThat(folder.resolve("letter.txt")).hasContent("Dear all");
            assertThat(ended.verdict().tone()).isEqualTo(Tone.SUCCESS);
            assertThat(ended.verdict().care()).contains(Sentence.of("wizard.care.seconds"));
        }
        try (WizardModel model = model()) {
            model.find().choose(search(model, "report"));
            intoFolder(model, folder);
            assertThat(finish(model).verdict().care()).doesNotContain(Sentence.of("wizard.care.seconds"));
        }
    }
}
