package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.layout.Region;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.file.Conflict;
import org.coffer.console.file.FileFailure;
import org.coffer.console.file.FileOutcome;
import org.coffer.console.file.FilePath;
import org.coffer.console.file.NewFileRestore;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Progress;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.HollowReserve;
import org.coffer.engine.work.Stage;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Hosted;
import org.coffer.window.fixture.FileDisk;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.dialog.Wizard;
import org.coffer.window.picture.Pictures;
import org.coffer.window.restore.UndoAsking;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes pictures of the wizard where something stands in the way or went wrong, of what it asks and of how it ends then, and fails
 * where words are clipped in either language. Needs root, for mounts.
 */
@Tag("pictures")
class WizardTroublePicturesTest {
    private static final int WHAT = 1;
    private static final int CHECK = 4;
    private static final int PROGRESS = 5;
    private static final int VERDICT = 6;
    private static final Instant NOW = Instant.parse("2026-11-22T10:40:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Asia/Shanghai"));

    @TempDir
    private Path root;

    private TestHome home;
    private Disk web;
    private Vault vault;
    private Backup backup;

    @BeforeEach
    void aDiskWithABackup() throws Exception {
        home = new TestHome(root, CLOCK);
        web = home.image("web-data", 16);
        vault = home.vault("vault_f61e", web);
        backup = home.backUp(vault, web, "manualbk_4a10");
        home.change(web, 0, 2_000_000, 1);
    }

    @AfterEach
    void close() {
        home.console().close();
    }

    private List<String> at(String name, int step, BiConsumer<WizardModel, Desk> answers) {
        return at(name, step, answers, desk -> {});
    }

    /** The wizard at a step, over a model in which somebody answered; then something is shown over it. */
    private List<String> at(String name, int step, BiConsumer<WizardModel, Desk> answers, Consumer<Desk> over) {
        return new Pictures(CLOCK)
                .take(
                        "wizard-" + name,
                        kit -> Hosted.over(CLOCK, kit, "disk", desk -> own -> new Region(), Optional.of((desk, own) -> {
                            RestoreWizard wizard = Wizards.over(home.console(), desk, new HeardWays());
                            try (WizardModel model = wizard.model()) {
                                answers.accept(model, desk);
                                Wizard shown = wizard.over(model);
                                Platform.runLater(() -> {
                                    shown.atProperty().set(step);
                                    Platform.runLater(() -> over.accept(desk));
                                });
                                desk.dialogs().show(shown);
                            }
                        })));
    }

    private static void choose(WizardModel model, UUID disk) {
        model.disks()
                .disksProperty()
                .subscribe(all -> all.stream()
                        .filter(one -> one.id().equals(disk))
                        .findFirst()
                        .ifPresent(one -> model.disks().chosenProperty().set(Optional.of(one))));
    }

    private void original(WizardModel model) {
        model.happenedProperty().set(Happened.UPDATE);
        choose(model, web.id());
        model.diskPlace().judgedProperty().subscribe(judged -> {
            if (judged.isPresent()) {
                model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
            }
        });
    }

    // ---- What stands in the way of a disk

    @Test
    void noRoomForTheSafetyCopyFits() throws Exception {
        home.edit("update vault set used = 200000000000");
        assertThat(at("check-full", CHECK, (model, desk) -> original(model))).isEmpty();
    }

    /** A drive on which the backup of a disk fits, and all that changed since does not fit beside it. */
    @Test
    void aCountThatFindsTooLittleRoomFits() throws Exception {
        Path drive = root.resolve("small.raw");
        Shell.run("truncate", "-s", "64M", drive.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-m", "0", drive.toString());
        try (LoopDevice loop = LoopDevice.attach(drive);
                LoopDevice.Mounted mounted = loop.mount(Files.createDirectory(root.resolve("small")))) {
            HollowReserve.in(mounted.point());
            web = home.image("holiday-videos", 40);
            Vault small = home.console().vaults().create(vault("small_drive", mounted.point(), Optional.empty()));
            home.console().vaults().bindings().bind(small.id(), List.of(web.id()));
            home.backUp(small, web, "manualbk_7c01");
            home.change(web, 0, 40_000_000, 1);
            assertThat(at("check-room", CHECK, (model, desk) -> {
                        original(model);
                        count(model);
                    }))
                    .isEmpty();
            assertThat(at("check-room-without", CHECK, (model, desk) -> {
                        original(model);
                        count(model);
                        withoutCopy(model);
                    }))
                    .isEmpty();
        }
    }

    private static void count(WizardModel model) {
        model.diskPlace().planProperty().subscribe(plan -> {
            if (plan.flatMap(Plan::targetDisk).isPresent()
                    && model.diskPlace().countProperty().get() instanceof Counting.Count.NotAsked) {
                model.diskPlace().compare().run();
            }
        });
    }

    /** What somebody does who reads that there is no room. */
    private static void withoutCopy(WizardModel model) {
        DiskPlaceModel place = model.diskPlace();
        place.countProperty().subscribe(count -> {
            if (count instanceof Counting.Count.Done done && done.room().isPresent() && !place.withoutWayBack()) {
                place.withoutCopy().run();
            }
        });
    }

    @Test
    void aVaultThatTakesNoSafetyCopyFits() throws Exception {
        Path place = root.resolve("place");
        Shell.run("mount", "--bind", place.toString(), place.toString());
        try {
            Shell.run("mount", "-o", "remount,ro,bind", place.toString());
            home.console().locations().list();
            assertThat(at("check-readonly", CHECK, (model, desk) -> original(model)))
                    .isEmpty();
        } finally {
            Shell.run("umount", place.toString());
        }
    }

    @Test
    void aVaultThatIsAwayFits() throws Exception {
        Path place = root.resolve("place");
        Files.move(place, root.resolve("away"));
        home.console().locations().list();
        assertThat(at("check-away", CHECK, (model, desk) -> original(model))).isEmpty();
        Files.move(root.resolve("away"), place);
    }

    @Test
    void aDiskThatIsInUseFits() throws Exception {
        Shell.run("mkfs.ext4", "-q", "-F", web.path().toString());
        Path point = Files.createDirectory(root.resolve("scratch"));
        Shell.run("mount", "-o", "loop", web.path().toString(), point.toString());
        try {
            assertThat(at("check-mounted", CHECK, (model, desk) -> original(model)))
                    .isEmpty();
        } finally {
            Shell.run("umount", point.toString());
        }
    }

    @Test
    void theQuestionForTheNameOfASystemDiskFits() throws Exception {
        Path file = root.resolve("system.img");
        Shell.run("truncate", "-s", "8M", file.toString());
        Disk system = home.console().disks().addImage(new NewImage(file, Optional.of("sda-system"), Disk.Role.SYSTEM));
        home.console().vaults().bindings().bind(vault.id(), List.of(system.id()));
        home.backUp(vault, system, "before_update");
        web = system;
        assertThat(at("check-system-named", CHECK, (model, desk) -> original(model)))
                .isEmpty();
    }

    @Test
    void aLockedVaultFits() throws Exception {
        Vault locked = home.console()
                .vaults()
                .create(vault(
                        "family",
                        Files.createDirectory(root.resolve("second")),
                        Optional.of("correcthorsebattery".toCharArray())));
        Disk photos = home.image("photos", 8);
        home.console().vaults().bindings().bind(locked.id(), List.of(photos.id()));
        home.backUp(locked, photos, "one");
        home.restart(() -> {
            Files.delete(root.resolve("home/secrets"));
            Files.delete(root.resolve("home/secrets.key"));
        });
        assertThat(at("check-locked", CHECK, (model, desk) -> {
                    model.happenedProperty().set(Happened.BROKEN);
                    choose(model, photos.id());
                }))
                .isEmpty();
    }

    /** A vault on a drive of its own. */
    private NewVault vault(String name, Path folder, Optional<char[]> passphrase) {
        return new NewVault(
                name,
                "",
                home.console()
                        .locations()
                        .add(new NewLocation("Second drive", folder, ""))
                        .id(),
                100,
                List.of(),
                true,
                passphrase,
                false,
                "",
                Map.of());
    }

    // ---- A restore that was cut off

    /** A restore in whose middle the vault goes away; it is back afterwards. */
    private Task cut(boolean safetyCopy) throws Exception {
        Path place = root.resolve("place");
        Path away = root.resolve("away");
        var once = new AtomicBoolean();
        try (Events.Subscription _ = home.console().events().subscribe(event -> {
            if (event instanceof Event.ResourcesChanged
                    && home.console().disks().get(web.id()).unfinishedRestore().isPresent()
                    && once.compareAndSet(false, true)) {
                move(place, away);
            }
        })) {
            Task task = home.console()
                    .restores()
                    .start(new NewRestore(backup.id(), new Target.Original(), true, safetyCopy));
            return home.console().tasks().await(task.id());
        } finally {
            move(away, place);
            home.console().locations().list();
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Large enough that not all of it is in memory when the vault goes. */
    private void largeDisk() throws Exception {
        web = home.image("office-data", 200);
        home.console().vaults().bindings().bind(vault.id(), List.of(web.id()));
        backup = home.backUp(vault, web, "manualbk_51b2");
        home.change(web, 0, 100_000_000, 1);
    }

    private UndoErrand errand() {
        return new UndoErrand(home.console().restores(), new UndoAsking.Undo() {
            @Override
            public String disk() {
                return web.name();
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

    private void ended(WizardModel model, Task task) {
        model.outcome()
                .show(new OutcomeModel.State.Ended(
                        errand(), task, DiskVerdicts.of(task, home.console().restores(), List.of())));
    }

    @Test
    void whatAVaultThatWentAwayInTheMiddleLeavesFits() throws Exception {
        largeDisk();
        Task cut = cut(false);
        assertThat(cut.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(at("verdict-frozen", VERDICT, (model, desk) -> {
                    original(model);
                    ended(model, cut);
                }))
                .isEmpty();
        assertThat(at("check-nothing-whole", CHECK, (model, desk) -> original(model)))
                .isEmpty();
    }

    @Test
    void whatIsKeptOfItFits() throws Exception {
        largeDisk();
        Task cut = cut(true);
        assertThat(cut.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(at("check-copy-kept", CHECK, (model, desk) -> original(model)))
                .isEmpty();
        assertThat(at("verdict-frozen-undo", VERDICT, (model, desk) -> {
                    original(model);
                    ended(model, cut);
                }))
                .isEmpty();
    }

    // ---- What is asked

    @Test
    void theQuestionsFit() throws Exception {
        Task done =
                home.done(home.console().restores().start(new NewRestore(backup.id(), new Target.Original(), true)));
        home.backUp(vault, web, "after");
        assertThat(at("undo-question", VERDICT, (model, desk) -> {
                    original(model);
                    ended(model, done);
                    OutcomeModel outcome = model.outcome();
                    Platform.runLater(() ->
                            Platform.runLater(() -> Platform.runLater(() -> outcome.acts((OutcomeModel.State.Ended)
                                            outcome.stateProperty().get())
                                    .getLast()
                                    .run())));
                }))
                .isEmpty();
        assertThat(at("refused", CHECK, (model, desk) -> original(model), desk -> {
                    Problem why = Problem.of("restore.exchanged", "target", web.name(), "path", "/dev/sdb");
                    desk.dialogs().error(why, Plainly.why(why));
                }))
                .isEmpty();
    }

    // ---- Progress

    private Task task(TaskStatus status, Stage stage, int percent) {
        Task of = home.console().tasks().list(TaskFilter.ALL, 0, 1).getFirst();
        return new Task(
                of.id(),
                of.type(),
                status,
                new Progress(stage, percent * 10_000_000L, 1_000_000_000L, 0, 0, -1, false),
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
    void growingAndPausingFit() {
        Sentence doing = Sentence.of("wizard.doing.disk", "disk", web.name(), "at", NOW);
        assertThat(at("progress-growing", PROGRESS, (model, desk) -> {
                    original(model);
                    model.outcome()
                            .show(new OutcomeModel.State.Running(
                                    doing, task(TaskStatus.RUNNING, Stage.GROWING, 95), false));
                }))
                .isEmpty();
        assertThat(at("progress-paused", PROGRESS, (model, desk) -> {
                    original(model);
                    model.outcome()
                            .show(new OutcomeModel.State.Running(
                                    doing, task(TaskStatus.PAUSED, Stage.RESTORING, 40), true));
                }))
                .isEmpty();
    }

    // ---- Verdicts

    private List<String> verdict(String name, Verdict verdict) {
        return at(name, VERDICT, (model, desk) -> {
            original(model);
            model.outcome()
                    .show(new OutcomeModel.State.Ended(
                            errand(), task(TaskStatus.SUCCEEDED, Stage.CHECKING, 100), verdict));
        });
    }

    private static FileOutcome outcome(long failed) {
        return new FileOutcome(
                OptionalLong.of(1206 + failed),
                1204,
                12,
                3_400_000_000L,
                2,
                1,
                failed,
                false,
                false,
                false,
                true,
                List.of("/home/anna/Documents/report (2026-11-21 02-00).docx"),
                List.of("/home/anna/Documents/Replaced 2026-11-21 09-30"),
                List.of("vault.damaged", "files.unread", "files.name", "files.unlike").stream()
                        .limit(failed)
                        .map(code -> new FileFailure(
                                "1:/home/anna/Documents/" + code + ".jpg",
                                Problem.of(code, "path", "1:/home/anna/Documents/" + code + ".jpg")))
                        .toList(),
                "/home/anna/Documents");
    }

    private Verdict files(TaskStatus status, Optional<Problem> problem, long failed) {
        Task of = task(status, Stage.CHECKING, 100);
        Task task = new Task(
                of.id(),
                of.type(),
                status,
                of.progress(),
                of.subject(),
                of.parameters(),
                of.caller(),
                of.created(),
                of.started(),
                of.ended(),
                of.outcome(),
                problem,
                of.seen());
        var wanted = new NewFileRestore(
                backup.id(),
                List.of(FilePath.parse("1:/home/anna/Documents"), FilePath.parse("1:/home/anna/notes.txt")),
                new NewFileRestore.Place.Original(),
                Conflict.REPLACE);
        return new FileVerdicts(wanted, outcome(failed)).of(task);
    }

    @Test
    void whatIsLeftToDoIsSaidAlsoWhereItEndedEarly() {
        assertThat(files(
                                TaskStatus.FAILED,
                                Optional.of(Problem.of("location.unreachable", "location", "Backup drive")),
                                0)
                        .care())
                .isEqualTo(files(TaskStatus.SUCCEEDED, Optional.empty(), 0).care())
                .hasSize(4);
    }

    @Test
    void theVerdictsOfFilesFit() {
        assertThat(verdict("verdict-files-all", files(TaskStatus.SUCCEEDED, Optional.empty(), 0)))
                .isEmpty();
        assertThat(verdict(
                        "verdict-files-partly",
                        files(
                                TaskStatus.FAILED,
                                Optional.of(Problem.of("files.partly", "failed", 9, "all", 1215, "first", "1:/home")),
                                9)))
                .isEmpty();
        assertThat(verdict(
                        "verdict-files-frozen",
                        files(
                                TaskStatus.FAILED,
                                Optional.of(Problem.of("location.unreachable", "location", "Backup drive")),
                                0)))
                .isEmpty();
        assertThat(verdict("verdict-files-stopped", files(TaskStatus.CANCELED, Optional.empty(), 0)))
                .isEmpty();
    }

    @Test
    void theOtherVerdictsOfDisksFit() {
        assertThat(verdict(
                        "verdict-new-file",
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.new-file", "disk", "web-data", "at", NOW),
                                        Sentence.of("wizard.done.path", "path", "/root/web-data-2026-11-20.img"))
                                .folder(root)
                                .care(List.of(
                                        Sentence.of("wizard.care.encrypted", "target", "web-data"),
                                        Sentence.of(
                                                "wizard.care.same-identity", "target", "web-data-2026-11-20.img")))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-grown",
                        Verdict.of(
                                Tone.SUCCESS,
                                Sentence.of("wizard.done.disk", "target", "new-disk", "at", NOW),
                                Sentence.of("wizard.done.written", "bytes", 3_100_000_000L),
                                Sentence.of("wizard.done.grown", "target", "new-disk"),
                                Sentence.of("wizard.done.undo.until", "until", NOW.plusSeconds(604_800)))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-not-grown",
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.disk", "target", "new-disk", "at", NOW),
                                        Sentence.of("wizard.done.written", "bytes", 3_100_000_000L),
                                        Sentence.of("wizard.done.not-grown"))
                                .care(List.of(
                                        Sentence.of("wizard.care.grow", "target", "new-disk"),
                                        Sentence.of("wizard.care.not-mounted", "target", "new-disk")))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-end-changed",
                        Verdict.of(
                                        Tone.SUCCESS,
                                        Sentence.of("wizard.done.disk", "target", "new-disk", "at", NOW),
                                        Sentence.of("wizard.done.written", "bytes", 3_100_000_000L),
                                        Sentence.of("wizard.done.not-grown"))
                                .care(List.of(
                                        Sentence.of("wizard.care.end-changed", "target", "new-disk"),
                                        Sentence.of("wizard.care.grow", "target", "new-disk")))))
                .isEmpty();
        assertThat(verdict(
                        "verdict-settled",
                        Verdict.of(
                                        Tone.DANGER,
                                        Sentence.of("wizard.done.settled", "target", "web-data"),
                                        Plainly.why(Problem.of("storage.token", "location", "Cloud")))
                                .retriable()))
                .isEmpty();
        assertThat(verdict(
                        "verdict-bucket-gone",
                        Verdict.of(
                                        Tone.DANGER,
                                        Sentence.of("wizard.done.unfinished", "target", "web-data"),
                                        Plainly.why(Problem.of(
                                                "storage.bucket.gone", "bucket", "backups", "host", "obs.example.com")))
                                .retriable()))
                .isEmpty();
        assertThat(verdict(
                        "verdict-no-file",
                        Verdict.of(
                                        Tone.DANGER,
                                        Sentence.of("wizard.done.no-file"),
                                        Plainly.why(Problem.of("image.room", "path", "/root/web-data.img")))
                                .retriable()))
                .isEmpty();
    }

    // ---- Files of disks that were in use

    private Disk windows() throws Exception {
        Path image = root.resolve("windows.img");
        Shell.run("truncate", "-s", "16M", image.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", image.toString());
        Path point = Files.createDirectories(root.resolve("point"));
        Shell.run("ntfs-3g", image.toString(), point.toString());
        try {
            Files.writeString(point.resolve("letter.txt"), "Dear all");
        } finally {
            Shell.run("umount", point.toString());
        }
        Shell.run("ntfsfix", image.toString());
        return home.console().disks().addImage(new NewImage(image, Optional.of("windows"), Disk.Role.DATA));
    }

    /** An ext4 that has a journal to be played, which is nowhere. */
    private Disk journal() throws Exception {
        var files = new FileDisk(root.resolve("journal.img"));
        Shell.run("tune2fs", "-O", "^metadata_csum", files.image().toString());
        byte[] bytes = Files.readAllBytes(files.image());
        ByteBuffer disk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        disk.putInt(1024 + 0x60, disk.getInt(1024 + 0x60) | 4).putInt(1024 + 0xe0, 0);
        Files.write(files.image(), bytes);
        return home.console().disks().addImage(new NewImage(files.image(), Optional.of("office"), Disk.Role.DATA));
    }

    @Test
    void filesOfADiskThatWasInUseFit() throws Exception {
        Disk windows = windows();
        Disk journal = journal();
        home.console().vaults().bindings().bind(vault.id(), List.of(windows.id(), journal.id()));
        home.backUp(vault, windows, "w");
        home.backUp(vault, journal, "j");
        assertThat(at("browse-journal", WHAT, (model, desk) -> {
                    choose(model, journal.id());
                    model.find().modeProperty().set(FindModel.Mode.BROWSE);
                }))
                .isEmpty();
        assertThat(at("file-check-seconds", CHECK, (model, desk) -> {
                    model.find().queryProperty().set("letter");
                    model.find().hits().all().stream().findFirst().ifPresent(model.find()::choose);
                }))
                .isEmpty();
    }
}
