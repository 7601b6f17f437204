package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk with a backup a day, the first of them damaged, and what a frightened person does with it.
 *
 * <pre>
 *   web     1  2  3  .  .  .  7   November, each at 10:00 in Shanghai; now the 8th
 *           damaged
 *   system  7
 * </pre>
 */
class WizardModelTest {
    @TempDir
    Path root;

    private final TestDesk dialogs = new TestDesk();
    private final HeardWays ways = new HeardWays();
    private final List<Backup> ofWeb = new ArrayList<>();
    private Days days;
    private Desk desk;
    private Disk web;
    private Disk system;
    private Vault vault;
    private byte[] second = {};

    @BeforeEach
    void aWeek() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        desk = dialogs.desk(days.clock());
        web = days.image("web", 4, Disk.Role.DATA);
        system = days.image("system", 6, Disk.Role.SYSTEM);
        vault = days.vault("main", web, system);
        for (int day = 1; day <= 7; day++) {
            if (day <= 3 || day == 7) {
                days.change(web, day * 100_000L, 70_000);
                ofWeb.add(days.backup(days.backUp(vault, web, "web-" + day)));
            }
            if (day == 2) {
                second = Files.readAllBytes(web.path());
            }
            if (day == 7) {
                days.backUp(vault, system, "system-7");
            }
            days.pass(Duration.ofDays(1));
        }
        days.console()
                .backups()
                .damaged(
                        ofWeb.getFirst().id(),
                        Problem.of("vault.damaged", "vault", "main", "location", "place", "object", "data/1"));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private RestoreWizard wizard() {
        return Wizards.over(days.console(), desk, ways);
    }

    private static void choose(WizardModel model, Disk disk) {
        model.disks().choose(disk.id());
    }

    private static String chosen(WizardModel model) {
        return model.moment().chosenProperty().get().map(Backup::name).orElse("");
    }

    @Test
    void withoutAnyBackupThereIsNothingToChoose() throws Exception {
        try (var empty = new Days(root.resolve("empty"), days.clock().instant())) {
            var model = new DisksModel(
                    new SavedDisks(empty.console().backups(), empty.console().disks()), desk.background());
            model.look();
            assertThat(model.lookedProperty().get()).isTrue();
            assertThat(model.disksProperty().get()).isEmpty();
        }
    }

    @Test
    void theDisksAreThoseWithBackups() {
        try (WizardModel model = wizard().model()) {
            assertThat(model.disks().disksProperty().get())
                    .extracting(SavedDisk::name, SavedDisk::backups)
                    .containsExactly(tuple("system", 1), tuple("web", 4));
        }
    }

    @Test
    void theNewestSoundBackupIsChosenAndHeldUntilTheWizardIsLeft() {
        Backup newest = ofWeb.getLast();
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            assertThat(chosen(model)).isEqualTo("web-7");
            assertThatThrownBy(() -> days.console().deletion().trash().put(List.of(newest.id())))
                    .isInstanceOf(ProblemException.class)
                    .extracting(thrown -> ((ProblemException) thrown).problem().code())
                    .isEqualTo("backup.looked-at");
            model.moment().choose(ofWeb.get(1));
            days.console().deletion().trash().put(List.of(newest.id()));
            days.console().deletion().trash().takeBack(newest.id());
        }
        days.console().deletion().trash().put(List.of(ofWeb.get(1).id()));
    }

    @Test
    void harmThatBeganUnseenAsksForItsDayAndGoesBackBeforeIt() {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.VIRUS);
            choose(model, web);
            assertThat(model.moment().asksNoticed().get()).isTrue();
            assertThat(chosen(model)).as("noticed today, the 8th").isEqualTo("web-7");
            model.moment().noticed().set(Noticed.YESTERDAY);
            assertThat(chosen(model)).as("noticed on the 7th").isEqualTo("web-3");
            assertThat(model.moment().gapAfter())
                    .contains(new Gap(LocalDate.of(2026, 11, 4), LocalDate.of(2026, 11, 6)));
            assertThat(model.moment().gapBefore()).isEmpty();
            model.moment().noticed().set(Noticed.EARLIER);
            model.moment().typedDay().set("2026-11-03");
            assertThat(chosen(model)).isEqualTo("web-2");
            assertThat(model.moment().tooLate().getValue()).isFalse();
            model.moment().typedDay().set("2026-11-02");
            assertThat(chosen(model)).as("the one before is damaged").isEqualTo("web-2");
            assertThat(model.moment().tooLate().getValue()).isTrue();
            model.moment().typedDay().set("the day before");
            assertThat(model.moment().dayUnreadable().getValue()).isTrue();
            assertThat(model.momentChosen().getValue()).isFalse();
        }
    }

    @Test
    void aDamagedBackupIsShownButNoWholeDiskComesBackFromIt() {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            assertThat(model.moment().timelineProperty().get()).hasSize(4);
            model.moment().choose(model.moment().timelineProperty().get().getFirst());
            assertThat(model.momentChosen().getValue()).isFalse();
            assertThat(model.moment().soundBefore()).isEmpty();
        }
    }

    @Test
    void aDiskComesBackIntoANewFileAndTheVerdictAndTheReceiptSayso() throws Exception {
        Path file = root.resolve("web.back.img");
        Path receipt = root.resolve("receipt.html");
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            model.moment().choose(ofWeb.get(1));
            model.planFrom(true);
            model.diskPlace().file().pathProperty().set(file.toString());
            Act restore = model.restore(() -> {});
            assertThat(model.dangerous().getValue()).isFalse();
            assertThat(restore.whyNot().getValue()).isEmpty();
            Verdict verdict = finish(model, restore);
            assertThat(Files.readAllBytes(file)).isEqualTo(second);
            assertThat(verdict.tone()).isEqualTo(Tone.SUCCESS);
            assertThat(verdict.headline().key()).isEqualTo("wizard.done.new-file");
            assertThat(verdict.undo()).isEmpty();
            model.outcome().acts(ended(model)).getFirst().run();
            assertThat(ways.heard).containsExactly("open folder " + root.toRealPath());
            dialogs.file(receipt);
            model.outcome().saveReceipt(english());
            assertThat(Files.readString(receipt)).contains("web-2 of web at", "Restored and checked");
            dialogs.file(root.resolve("receipt.txt"));
            model.outcome().saveReceipt(english());
            assertThat(Files.readString(root.resolve("receipt.txt")))
                    .startsWith("Receipt of the restore to ")
                    .doesNotContain("<");
        }
    }

    @Test
    void aRestoreOntoTheOriginalIsUndoneFromItsVerdict() throws Exception {
        byte[] now = Files.readAllBytes(web.path());
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.UPDATE);
            choose(model, web);
            model.moment().choose(ofWeb.get(1));
            model.planFrom(true);
            model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
            assertThat(model.dangerous().getValue()).isTrue();
            model.diskPlace().compare().run();
            assertThat(model.diskPlace().summary().getValue())
                    .extracting(Sentence::key)
                    .contains("wizard.check.disk.original", "wizard.check.counted", "wizard.check.copy");
            Verdict verdict = finish(model, model.restore(() -> {}));
            assertThat(verdict.headline().key()).isEqualTo("wizard.done.disk");
            assertThat(verdict.care()).contains(Sentence.of("wizard.care.update"));
            assertThat(Files.readAllBytes(web.path())).isEqualTo(second);
            Act undo = model.outcome().acts(ended(model)).getLast();
            assertThat(undo.title().getValue().key()).isEqualTo("wizard.done.undo");
            Verdict undone = finish(model, undo);
            assertThat(undone.headline().key()).isEqualTo("wizard.done.undone");
            assertThat(Files.readAllBytes(web.path())).isEqualTo(now);
        }
    }

    @Test
    void aLargerDiskIsUsedWholeOnlyIfSomebodySaysSoAndTheVerdictTellsOfIt() throws Exception {
        Disk data = days.image("data", 24, Disk.Role.DATA);
        Shell.run("mkfs.ext4", "-q", "-F", data.path().toString());
        days.backUp(days.vault("second", data), data, "data-8");
        Disk larger = days.image("larger", 64, Disk.Role.DATA);
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, data);
            model.planFrom(true);
            DiskPlaceModel place = model.diskPlace();
            place.wayProperty().set(DiskWay.OTHER_DISK);
            assertThat(place.grow().offered()).isEmpty();
            place.otherProperty().set(Optional.of(larger.id()));
            assertThat(place.grow().offered()).isPresent();
            assertThat(place.grow().wanted()).isEmpty();
            place.grow().chosenProperty().set(true);
            assertThat(place.summary().getValue()).extracting(Sentence::key).contains("wizard.check.grows");
            Verdict verdict = finish(model, model.restore(() -> {}));
            assertThat(verdict.lines()).contains(Sentence.of("wizard.done.grown", "target", "larger"));
            assertThat(verdict.care()).extracting(Sentence::key).doesNotContain("wizard.care.grow");
            assertThat(Shell.run("dumpe2fs", "-h", larger.path().toString()))
                    .contains("Block count:              62464");
        }
    }

    @Test
    void goingOnWithoutUndoIsSaidHoldsForThatTargetOnlyAndCanBeTakenBack() {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            model.planFrom(true);
            DiskPlaceModel place = model.diskPlace();
            place.wayProperty().set(DiskWay.ORIGINAL);
            assertThat(safe(place)).isTrue();
            place.withoutCopy().run();
            assertThat(safe(place)).isFalse();
            assertThat(place.withoutWayBack()).isTrue();
            assertThat(place.summary().getValue())
                    .extracting(Sentence::key)
                    .noneMatch(key -> key.startsWith("wizard.check.copy"));
            place.withCopy().run();
            assertThat(safe(place)).isTrue();

            place.withoutCopy().run();
            place.wayProperty().set(DiskWay.NEW_FILE);
            place.wayProperty().set(DiskWay.ORIGINAL);
            assertThat(safe(place)).as("after looking at another target").isTrue();

            place.withoutCopy().run();
            model.moment().choose(ofWeb.get(1));
            assertThat(safe(place)).as("for another backup").isTrue();
        }
    }

    private static boolean safe(DiskPlaceModel place) {
        return place.wanted().orElseThrow().safetyCopy();
    }

    @Test
    void whatIsRefusedAtTheLastMomentIsToldInPlainWordsAndLookedAtAgain() throws Exception {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            model.planFrom(true);
            model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
            Act restore = model.restore(() -> {});
            assertThat(restore.whyNot().getValue()).isEmpty();
            Path other = root.resolve("other");
            Files.copy(web.path(), other);
            Files.move(other, web.path(), StandardCopyOption.REPLACE_EXISTING);
            restore.run();
            assertThat(dialogs.plainly()).containsExactly(Sentence.of("wizard.why.restore.exchanged", "target", "web"));
            assertThat(model.outcome().stateProperty().get()).isEqualTo(new OutcomeModel.State.Nothing());
            assertThat(finish(model, restore).headline().key())
                    .as("it was looked at again")
                    .isEqualTo("wizard.done.disk");
        }
    }

    @Test
    void whatCannotBeUndoneAnyMoreIsToldInPlainWordsToo() throws Exception {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            model.planFrom(true);
            model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
            finish(model, model.restore(() -> {}));
            Act undo = model.outcome().acts(ended(model)).getLast();
            Files.delete(web.path());
            days.console().disks().refresh();
            undo.run();
            assertThat(dialogs.plainly()).containsExactly(Sentence.of("wizard.why.disk.missing", "disk", "web"));
        }
    }

    @Test
    void aSystemDiskAsksForItsName() {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.UPDATE);
            choose(model, system);
            model.planFrom(true);
            model.diskPlace().wayProperty().set(DiskWay.ORIGINAL);
            Act restore = model.restore(() -> {});
            assertThat(restore.whyNot().getValue().orElseThrow().key()).isEqualTo("kit.confirm.type");
            model.diskPlace().typedProperty().set("system");
            assertThat(restore.whyNot().getValue()).isEmpty();
        }
    }

    @Test
    void whoOnlyLooksCanOverwriteNothing() {
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.LOOK);
            model.scopeProperty().set(WizardModel.Scope.DISK);
            choose(model, web);
            model.planFrom(true);
            assertThat(model.diskPlace().refusal(DiskWay.NEW_FILE)).isEmpty();
            assertThat(model.diskPlace().refusal(DiskWay.ORIGINAL)).isPresent();
            assertThat(model.diskPlace().refusal(DiskWay.OTHER_DISK)).isPresent();
        }
    }

    @Test
    void whatIsImpossibleSaysWhy() throws Exception {
        Files.delete(web.path());
        days.console().disks().refresh();
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            model.planFrom(true);
            assertThat(model.diskPlace().refusal(DiskWay.ORIGINAL)).isPresent();
            assertThat(model.diskPlace().judgedProperty().get().orElseThrow().others())
                    .as("a data disk never onto a system disk")
                    .filteredOn(choice -> choice.disk().name().equals("system"))
                    .extracting(choice -> choice.refusal().orElseThrow().code())
                    .containsExactly("restore.system");
            model.diskPlace()
                    .file()
                    .pathProperty()
                    .set(root.resolve("nowhere/web.img").toString());
            assertThat(model.restore(() -> {}).whyNot().getValue().orElseThrow().key())
                    .contains("location.missing");
        }
    }

    @Test
    void aFrozenVaultSaysThatItsDriveIsMissing() throws Exception {
        Files.move(root.resolve("place"), root.resolve("away"));
        assertThat(days.console().locations().list())
                .noneMatch(location -> location.status().readable());
        try (WizardModel model = wizard().model()) {
            model.happenedProperty().set(Happened.BROKEN);
            choose(model, web);
            model.planFrom(true);
            assertThat(model.restore(() -> {}).whyNot().getValue().orElseThrow().key())
                    .contains("location");
        }
    }

    private static OutcomeModel.State.Ended ended(WizardModel model) {
        return (OutcomeModel.State.Ended) model.outcome().stateProperty().get();
    }

    /** Does it, and waits for the verdict. */
    private static Verdict finish(WizardModel model, Act act) throws Exception {
        return Wizards.finish(model, act).verdict();
    }

    private Text english() {
        return Text.of(Language.ENGLISH, days.clock());
    }
}
