package org.coffer.window.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Disk web;
    private Disk small;
    private Disk system;
    private Backup backup;
    private byte[] before;

    @BeforeEach
    void aBackupAndThreeDisks() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        web = days.image("web", 4, Disk.Role.DATA);
        small = days.image("small", 2, Disk.Role.DATA);
        system = days.image("system", 8, Disk.Role.SYSTEM);
        backup = days.backup(days.backUp(days.vault("main", web), web, "one"));
        before = Files.readAllBytes(web.path());
    }

    @AfterEach
    void close() {
        days.close();
    }

    private RestoreModel model(Backup of, Way way) {
        return new RestoreModel(days.console().restores(), days.console().disks(), desk.desk(days.clock()), of, way);
    }

    @Test
    void theOriginalDiskComesBackToTheBytesOfTheBackup() throws Exception {
        days.change(web, 1_000_000, 200_000);
        RestoreModel model = model(backup, Way.ORIGINAL);
        assertThat(model.whyNot().getValue()).isEmpty();
        assertThat(model.overwrites().getValue()).isTrue();
        assertThat(model.title().getValue()).isEqualTo(Sentence.of("restore.do.disk", "name", "web"));
        boolean[] done = {false};
        model.start(() -> done[0] = true);
        days.settle();
        assertThat(done[0]).isTrue();
        assertThat(Files.readAllBytes(web.path())).isEqualTo(before);
        assertThat(desk.told()).hasSize(1);
    }

    @Test
    void comparingCountsWhatWouldBeOverwrittenAndChangesNothing() throws Exception {
        days.change(web, 0, 65_536);
        byte[] changed = Files.readAllBytes(web.path());
        RestoreModel model = model(backup, Way.ORIGINAL);
        model.compare();
        assertThat(model.comparisonProperty().get().state()).isEqualTo(Comparison.State.DONE);
        assertThat(model.comparisonProperty().get().bytes()).isEqualTo(65_536);
        assertThat(model.summary().getValue().getFirst().key()).isEqualTo("restore.summary.original.counted");
        assertThat(Files.readAllBytes(web.path())).isEqualTo(changed);
        model.wayProperty().set(Way.NEW_FILE);
        assertThat(model.comparisonProperty().get().state()).isEqualTo(Comparison.State.NONE);
    }

    @Test
    void aMountedTargetIsUnmountedFromHereAndTheWayIsFree() throws Exception {
        Path file = Files.move(web.path(), root.resolve("moved"));
        Shell.run("truncate", "-s", "8M", web.path().toString());
        Shell.run("mkfs.ext4", "-q", "-F", web.path().toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        Shell.run("mount", "-o", "loop", web.path().toString(), point.toString());
        RestoreModel model = model(backup, Way.ORIGINAL);
        assertThat(model.whyNot().getValue().orElseThrow().key()).contains("restore.mounted");
        assertThat(model.unmountable().getValue()).isTrue();
        model.unmount();
        assertThat(model.whyNot().getValue()).isEmpty();
        assertThat(model.unmountable().getValue()).isFalse();
        assertThat(Shell.attempt("mountpoint", "-q", point.toString()).code()).isNotZero();
        assertThat(days.console().audit().list(org.coffer.console.audit.AuditFilter.ALL, 0, 5))
                .extracting(line -> line.event())
                .contains(org.coffer.console.audit.AuditEvent.UNMOUNT_DISK);
        assertThat(file).exists();
        model.putBack();
        assertThat(Shell.attempt("mountpoint", "-q", point.toString()).code())
                .as("nothing was begun")
                .isZero();
        Shell.run("umount", point.toString());
    }

    @Test
    void theListOfOtherDisksShowsAtOnceThatOneWasUnmounted() throws Exception {
        Disk mounted = days.image("scratch", 8, Disk.Role.DATA);
        Shell.run("mkfs.ext4", "-q", "-F", mounted.path().toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        Shell.run("mount", "-o", "loop", mounted.path().toString(), point.toString());
        RestoreModel model = model(backup, Way.OTHER_DISK);
        model.otherProperty().set(Optional.of(mounted));
        assertThat(chosen(model)).isEqualTo(Disk.State.IN_USE);
        model.unmount();
        assertThat(model.whyNot().getValue()).isEmpty();
        assertThat(chosen(model)).isEqualTo(Disk.State.AVAILABLE);
        assertThat(model.disks()).contains(model.otherProperty().get().orElseThrow());
    }

    private static Disk.State chosen(RestoreModel model) {
        return model.otherProperty().get().orElseThrow().state();
    }

    @Test
    void aMountedTargetInUseSaysSoAndStaysAsItIs() throws Exception {
        Shell.run("truncate", "-s", "8M", web.path().toString());
        Shell.run("mkfs.ext4", "-q", "-F", web.path().toString());
        Path point = Files.createDirectory(root.resolve("mnt"));
        Shell.run("mount", "-o", "loop", web.path().toString(), point.toString());
        try (var open = Files.newOutputStream(point.resolve("open"))) {
            open.write(1);
            RestoreModel model = model(backup, Way.ORIGINAL);
            model.unmount();
            assertThat(model.failureProperty().get().orElseThrow().code()).isEqualTo("disk.unmount-busy");
        } finally {
            Shell.run("umount", point.toString());
        }
    }

    @Test
    void aSmallerDiskIsRefusedWithItsSizes() {
        RestoreModel model = model(backup, Way.OTHER_DISK);
        assertThat(model.whyNot().getValue().orElseThrow().key()).isEqualTo("restore.summary.choose");
        model.otherProperty().set(Optional.of(small));
        assertThat(model.planProperty().get().orElseThrow().blocking())
                .extracting(Problem::code)
                .contains("restore.small");
        assertThat(model.whyNot().getValue().orElseThrow().key()).contains("restore.small");
        model.start(() -> {
            throw new AssertionError("it must not start");
        });
        assertThat(days.console().tasks().open()).isEmpty();
    }

    @Test
    void theOriginalIsNotAmongTheOtherDisks() {
        assertThat(model(backup, Way.OTHER_DISK).disks())
                .extracting(Disk::name)
                .contains("small", "system")
                .doesNotContain("web");
    }

    @Test
    void aDataDiskNeverGoesOntoASystemDisk() {
        RestoreModel model = model(backup, Way.OTHER_DISK);
        model.otherProperty().set(Optional.of(system));
        assertThat(model.planProperty().get().orElseThrow().blocking())
                .extracting(Problem::code)
                .contains("restore.system");
    }

    /** A disk with one ext4 and nothing else, and a backup of it. */
    private Backup ofExt4() throws Exception {
        Disk disk = days.image("data", 24, Disk.Role.DATA);
        Shell.run("mkfs.ext4", "-q", "-F", disk.path().toString());
        return days.backup(days.backUp(days.vault("third", disk), disk, "data"));
    }

    @Test
    void aLargerDiskIsUsedWholeOnlyIfSomebodySaysSo() throws Exception {
        Backup of = ofExt4();
        Disk larger = days.image("larger", 64, Disk.Role.DATA);
        RestoreModel model = model(of, Way.OTHER_DISK);
        assertThat(model.grow().growthProperty().get()).isEmpty();
        model.otherProperty().set(Optional.of(larger));
        assertThat(model.grow().offered().orElseThrow().to()).isEqualTo(61L << 20);
        assertThat(model.grow().wanted()).isEmpty();
        model.grow().chosenProperty().set(true);
        assertThat(model.summary().getValue().getLast().key()).isEqualTo("restore.summary.grow");
        model.verifyProperty().set(false);
        assertThat(model.summary().getValue()).extracting(Sentence::key).doesNotContain("restore.summary.grow");
        model.verifyProperty().set(true);
        model.start(() -> {});
        days.settle();
        assertThat(Shell.run("dumpe2fs", "-h", larger.path().toString())).contains("Block count:              62464");

        model.otherProperty().set(Optional.of(small));
        assertThat(model.grow().chosenProperty().get())
                .as("another disk is another choice")
                .isFalse();
        assertThat(model.grow().growthProperty().get()).isEmpty();
    }

    @Test
    void whatCannotGrowSaysWhy() throws Exception {
        Disk larger = days.image("larger", 64, Disk.Role.DATA);
        RestoreModel model = model(backup, Way.OTHER_DISK);
        model.otherProperty().set(Optional.of(larger));
        assertThat(model.grow().refusal().orElseThrow().code()).isEqualTo("grow.unknown");
        assertThat(model.grow().wanted()).isEmpty();
    }

    @Test
    void aSystemDiskAsksForItsName() throws Exception {
        Backup of = days.backup(days.backUp(days.vault("second", system), system, "boot"));
        RestoreModel model = model(of, Way.ORIGINAL);
        assertThat(model.asksForName().getValue()).isTrue();
        assertThat(model.whyNot().getValue().orElseThrow().key()).isEqualTo("kit.confirm.type");
        model.typedProperty().set("system");
        assertThat(model.whyNot().getValue()).isEmpty();
    }

    @Test
    void aNewFileHoldsTheDiskAndIsNeverOverwritten() throws Exception {
        Path file = root.resolve("copy.img");
        RestoreModel model = model(backup, Way.NEW_FILE);
        assertThat(model.overwrites().getValue()).isFalse();
        desk.file(file);
        model.file().choose();
        assertThat(model.title().getValue()).isEqualTo(Sentence.of("restore.do.file", "name", "copy.img"));
        model.start(() -> {});
        days.settle();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        model.replan();
        assertThat(model.whyNot().getValue().orElseThrow().key()).contains("image.exists");
    }

    @Test
    void aNewFileCanBeOneForVirtualMachines() throws Exception {
        RestoreModel model = model(backup, Way.NEW_FILE);
        DiskFile file = model.file();
        file.pathProperty().set(root.resolve("copy.img").toString());
        file.formatProperty().set(Target.Format.QCOW2);
        assertThat(file.name()).isEqualTo("copy.qcow2");
        assertThat(model.whyNot().getValue()).isEmpty();
        model.start(() -> {});
        days.settle();
        Path made = root.resolve("copy.qcow2");
        assertThat(Shell.run("qemu-img", "info", made.toString())).contains("file format: qcow2");
        assertThat(Shell.run("qemu-img", "compare", made.toString(), web.path().toString()))
                .contains("Images are identical");

        file.pathProperty().set(root.resolve("other.img").toString());
        assertThat(file.formatProperty().get()).isEqualTo(Target.Format.RAW);
        file.pathProperty().set(root.resolve("other").toString());
        file.formatProperty().set(Target.Format.QCOW2);
        assertThat(file.name()).as("a name of one's own stays").isEqualTo("other");
    }

    @Test
    void aFolderThatIsNotThereIsSaidBeforeAnythingStarts() {
        RestoreModel model = model(backup, Way.NEW_FILE);
        model.file().pathProperty().set(root.resolve("nowhere/copy.img").toString());
        assertThat(model.whyNot().getValue().orElseThrow().key()).contains("location.missing");
    }
}
