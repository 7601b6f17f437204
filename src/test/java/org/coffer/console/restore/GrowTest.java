package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.machine.Growing;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Machine;
import org.coffer.machine.OtherTools;
import org.coffer.machine.Shell;
import org.coffer.machine.SmallSystem;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S1: partition and file system grow after a restore onto a larger disk. Needs root, for loop devices.
 *
 * <pre>
 *   backup, 29 MB:   GPT │ 2 MB nothing │ 24 MB ext4 │
 *   target, 90 MB:   old bytes  ……………………………………………………… old bytes
 *   afterwards:      GPT │ 2 MB nothing │ ext4 ……………………………… │ GPT
 * </pre>
 */
class GrowTest {
    private static final int MB = 1 << 20;
    private static final int BACKED_UP = 29 * MB;

    @TempDir
    private Path root;

    private OtherTools tools;

    @BeforeEach
    void takeTools() throws IOException {
        tools = new OtherTools(root.resolve("tools"));
    }

    private TestHome home() throws IOException {
        return new TestHome(root, tools::machine);
    }

    private Backup backUp(TestHome home) throws Exception {
        return backUp(home, SmallSystem.make(root.resolve("make"), "gpt", "ext4", 24));
    }

    private static Backup backUp(TestHome home, Path file) throws Exception {
        Disk disk = home.console().disks().addImage(new NewImage(file, Optional.of("web"), Disk.Role.DATA));
        return home.backUp(home.vault("vault_a", disk), disk, "one");
    }

    /** A file with bytes of its own at both ends and in the middle. */
    private Path larger(int megabytes) throws IOException {
        Path file = root.resolve("larger.raw");
        byte[] old = new byte[2 * MB];
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (long at : new long[] {0, megabytes / 2 * (long) MB, (megabytes - 2) * (long) MB}) {
                new SplittableRandom(at).nextBytes(old);
                out.seek(at);
                out.write(old);
            }
        }
        return file;
    }

    private static NewRestore onto(Backup backup, Disk disk, boolean grow) {
        return new NewRestore(backup.id(), new Target.OtherDisk(disk.id()), true, true, grow);
    }

    private static Receipt receipt(TestHome home, Task task) {
        return home.console().restores().receipt(task.id());
    }

    private static List<String> steps(TestHome home, Task task) {
        return home.console().tasks().steps(task.id()).stream()
                .map(TaskStep::key)
                .toList();
    }

    private static void sound(Path disk) {
        assertThat(Shell.run("sgdisk", "-v", disk.toString())).contains("No problems found");
        assertThat(Shell.run("sfdisk", "--verify", disk.toString())).contains("No errors detected");
    }

    @Test
    void aLargerDiskIsUsedWholeAndUndoingBringsBackTheExactBytesOfBefore() throws Exception {
        try (TestHome home = home()) {
            Backup one = backUp(home);
            SmallSystem.Shown was = SmallSystem.shown(root.resolve("make/gpt-ext4.img"));
            try (LoopDevice loop = LoopDevice.attach(larger(90))) {
                byte[] before = Files.readAllBytes(loop.path());
                Disk target = home.device(loop.path());
                Plan plan = home.console().restores().plan(onto(one, target, true));
                assertThat(home.console().restores().growth(plan))
                        .contains(new Growth.Offered(2, "ext4", 24L * MB, 85L * MB));

                Task task = home.done(home.console().restores().start(onto(one, target, true)));

                assertThat(receipt(home, task).grown())
                        .contains(new Receipt.Grown(24L * MB, 85L * MB, Optional.empty()));
                assertThat(receipt(home, task).aftercare()).doesNotContain(Receipt.Aftercare.GROW);
                assertThat(steps(home, task)).containsSubsequence("safety-copied", "overwriting", "growing", "grown");
                AuditFilter restores =
                        new AuditFilter(Optional.of(AuditEvent.RESTORE_BACKUP), Optional.empty(), Optional.empty(), "");
                assertThat(home.console()
                                .audit()
                                .list(restores, 0, 1)
                                .getFirst()
                                .after())
                        .containsEntry("grown", 85 * MB);
                SmallSystem.Shown now = SmallSystem.shown(loop.path());
                assertThat(now.files()).isEqualTo(was.files()).hasSize(5);
                assertThat(now.volume().size()).isEqualTo(85L * MB);
                sound(loop.path());
                assertThat(home.console().disks().get(target.id()).unfinishedRestore())
                        .isEmpty();

                home.done(home.console().restores().undo(task.id()));
                assertThat(Files.readAllBytes(loop.path())).isEqualTo(before);
            }
        }
    }

    @Test
    void whenAToolIsKilledInTheMiddleTheDiskIsAsItWasRestored() throws Exception {
        try (TestHome home = home()) {
            Backup one = backUp(home);
            Path file = larger(90);
            Disk target = home.console().disks().addImage(new NewImage(file, Optional.of("big"), Disk.Role.DATA));
            home.done(home.console().restores().start(onto(one, target, false)));
            byte[] restored = Files.readAllBytes(file);
            // Over the end of what was restored, and beyond.
            tools.put(
                    "resize2fs",
                    "dd if=/dev/urandom of=$1 bs=1M seek=10 count=30 conv=notrunc,fsync status=none",
                    "echo Half of it is done.",
                    "kill -9 $$");

            Task task = home.done(home.console().restores().start(onto(one, target, true)));

            Receipt.Grown grown = receipt(home, task).grown().orElseThrow();
            assertThat(Refusals.spoken(grown.problem().orElseThrow()).args())
                    .containsEntry("tool", "resize2fs")
                    .containsEntry("cause", "Half of it is done.");
            assertThat(receipt(home, task).verdict()).isEqualTo(Receipt.Verdict.VERIFIED);
            assertThat(receipt(home, task).aftercare())
                    .contains(Receipt.Aftercare.GROW)
                    .doesNotContain(Receipt.Aftercare.END_CHANGED);
            assertThat(steps(home, task)).containsSubsequence("growing", "grow-undoing", "grow-failed", "restored");
            assertThat(Files.readAllBytes(file))
                    .as("its end too, which only the safety copy knows")
                    .isEqualTo(restored);

            Task without = home.done(home.console()
                    .restores()
                    .start(new NewRestore(one.id(), new Target.OtherDisk(target.id()), true, false, true)));
            assertThat(receipt(home, without).verdict()).isEqualTo(Receipt.Verdict.VERIFIED);
            assertThat(receipt(home, without).aftercare()).contains(Receipt.Aftercare.END_CHANGED);
            assertThat(Arrays.copyOf(Files.readAllBytes(file), BACKED_UP))
                    .isEqualTo(Arrays.copyOf(restored, BACKED_UP));
            assertThat(Files.size(file)).isEqualTo(90L * MB);
            sound(file);
            assertThat(SmallSystem.shown(file).files()).hasSize(5);
            assertThat(home.console().disks().look(target.id()).state()).isEqualTo(Disk.State.AVAILABLE);
        }
    }

    /** Work on its way, its tool standing still in the middle. */
    private Task growing(TestHome home, NewRestore wanted, Path begun) throws IOException {
        tools.put(
                "resize2fs",
                "dd if=/dev/zero of=$1 bs=1M count=5 conv=notrunc status=none",
                "touch " + begun,
                "exec sleep 1000");
        Task task = home.console().restores().start(wanted);
        while (!Files.exists(begun)) {
            LockSupport.parkNanos(1_000_000);
        }
        return task;
    }

    @Test
    void whileAToolWorksNothingCanBePausedWhichIsSaidAndAPauseBeforeHoldsTheToolBack() throws Exception {
        try (TestHome home = home()) {
            Backup one = backUp(home);
            Disk target = home.console().disks().addImage(new NewImage(larger(90), Optional.of("big"), Disk.Role.DATA));
            Path begun = root.resolve("begun");
            Path go = root.resolve("go");
            tools.put(
                    "resize2fs",
                    "touch " + begun,
                    "while [ ! -e " + go + " ]; do sleep 0.05; done",
                    "exec " + Shell.run("sh", "-c", "PATH=/usr/sbin:/sbin:$PATH command -v resize2fs") + " \"$@\"");
            Task task = home.console().restores().start(onto(one, target, true));
            while (!Files.exists(begun)) {
                LockSupport.parkNanos(1_000_000);
            }
            Task now = home.console().tasks().find(task.id()).orElseThrow();
            assertThat(home.console().tasks().pausable(now)).isFalse();
            assertThat(Refusals.code(() -> home.console().tasks().pause(task.id())))
                    .isEqualTo("task.not-now");
            assertThat(home.console().tasks().find(task.id()).orElseThrow().status())
                    .isEqualTo(TaskStatus.RUNNING);
            Files.createFile(go);
            home.done(task);
            assertThat(receipt(home, task).grown().orElseThrow().problem()).isEmpty();
        }
    }

    @Test
    void aCleanStopWhileItGrowsGoesOnAtTheNextStart() throws Exception {
        try (TestHome home = home()) {
            Backup one = backUp(home);
            Disk target = home.console().disks().addImage(new NewImage(larger(90), Optional.of("big"), Disk.Role.DATA));
            Task task = growing(home, onto(one, target, true), root.resolve("begun"));
            home.console().suspend();
            home.restart(() -> tools.remove("resize2fs"));
            assertThat(home.console().disks().get(target.id()).unfinishedRestore())
                    .contains(task.id());
            home.console().tasks().goOn();
            home.done(task);
            assertThat(receipt(home, task).grown().orElseThrow().problem()).isEmpty();
            assertThat(SmallSystem.shown(target.path()).files()).hasSize(5);
            sound(target.path());
        }
    }

    @Test
    void canceledWhileItGrowsTheDiskIsMarkedAndFinishingItEndsWell() throws Exception {
        try (TestHome home = home()) {
            Backup one = backUp(home);
            Disk target = home.console().disks().addImage(new NewImage(larger(90), Optional.of("big"), Disk.Role.DATA));
            Path begun = root.resolve("begun");
            Task task = growing(home, onto(one, target, true), begun);
            home.console().tasks().cancel(task.id());
            Task ended = home.console().tasks().await(task.id());
            assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
            assertThat(receipt(home, ended).verdict()).isEqualTo(Receipt.Verdict.UNFINISHED);

            tools.remove("resize2fs");
            Task again = home.done(home.console().restores().start(onto(one, target, true)));
            assertThat(receipt(home, again).grown().orElseThrow().problem()).isEmpty();
            assertThat(SmallSystem.shown(target.path()).files()).hasSize(5);
            sound(target.path());
        }
    }

    /** Nobody has what the end of the disk held: whoever finishes it is told. */
    @Test
    void canceledWhileItGrowsWithoutASafetyCopyTheEndMayBeChangedWhichIsSaid() throws Exception {
        try (TestHome home = home()) {
            Backup one = backUp(home);
            Disk target = home.console().disks().addImage(new NewImage(larger(90), Optional.of("big"), Disk.Role.DATA));
            NewRestore grown = new NewRestore(one.id(), new Target.OtherDisk(target.id()), true, false, true);
            NewRestore plain = new NewRestore(one.id(), new Target.OtherDisk(target.id()), true, false);
            assertThat(receipt(home, home.done(home.console().restores().start(plain)))
                            .aftercare())
                    .doesNotContain(Receipt.Aftercare.END_CHANGED);
            Task task = growing(home, grown, root.resolve("begun"));
            home.console().tasks().cancel(task.id());
            home.console().tasks().await(task.id());

            Task finished = home.done(home.console().restores().start(plain));

            assertThat(receipt(home, finished).verdict()).isEqualTo(Receipt.Verdict.VERIFIED);
            assertThat(receipt(home, finished).aftercare()).contains(Receipt.Aftercare.END_CHANGED);
            sound(target.path());
            assertThat(receipt(home, home.done(home.console().restores().start(plain)))
                            .aftercare())
                    .as("that was told")
                    .doesNotContain(Receipt.Aftercare.END_CHANGED);
        }
    }

    @Test
    void whatCannotGrowIsRefusedBeforeAnythingIsOverwritten() throws Exception {
        try (TestHome home = home()) {
            Path file = root.resolve("stick.img");
            Shell.run("truncate", "-s", "20M", file.toString());
            Shell.run("mkfs.vfat", file.toString());
            Backup one = backUp(home, file);
            Restores restores = home.console().restores();
            Disk target = home.console().disks().addImage(new NewImage(larger(60), Optional.of("big"), Disk.Role.DATA));
            byte[] before = Files.readAllBytes(target.path());
            Growth found =
                    restores.growth(restores.plan(onto(one, target, false))).orElseThrow();
            assertThat(found)
                    .isInstanceOfSatisfying(
                            Growth.Refused.class,
                            refused -> assertThat(Refusals.spoken(refused.why()).code())
                                    .isEqualTo("grow.format"));
            assertThat(Refusals.code(() -> restores.start(onto(one, target, true))))
                    .isEqualTo("grow.format");
            assertThat(Refusals.code(() -> restores.start(
                            new NewRestore(one.id(), new Target.OtherDisk(target.id()), false, true, true))))
                    .isEqualTo("grow.unverified");
            NewRestore same = new NewRestore(one.id(), new Target.Original(), true, true, true);
            assertThat(restores.growth(restores.plan(same))).isEmpty();
            assertThat(Refusals.code(() -> restores.start(same))).isEqualTo("grow.same");
            assertThat(Files.readAllBytes(target.path())).isEqualTo(before);
        }
    }

    /** As on every system but this one: its own machine, without what grows file systems. */
    @Test
    void aSystemThatGrowsNothingSaysSoBeforeAndRestoresAllTheSame() throws Exception {
        try (TestHome home = new TestHome(root, memory -> without(tools.machine(memory)))) {
            Backup one = backUp(home);
            Disk target =
                    home.console().disks().addImage(new NewImage(larger(90), Optional.of("larger"), Disk.Role.DATA));
            Restores restores = home.console().restores();
            assertThat(restores.growth(restores.plan(onto(one, target, true))))
                    .contains(new Growth.Refused(Problem.of("grow.system")));
            assertThat(Refusals.code(() -> restores.start(onto(one, target, true))))
                    .isEqualTo("grow.system");
            home.done(restores.start(onto(one, target, false)));
        }
    }

    private static Machine without(Machine real) {
        return (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (self, method, args) -> {
                    if (method.getName().equals("growing")) {
                        return Growing.none();
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
