package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;
import java.util.UUID;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S1: another disk or file of the same size in the place of the one that somebody saw. Needs root, for loop devices.
 *
 * <pre>
 *   disk.img  backed up  →  changed  →  seen, asked for, paused  →  another file of that name and size
 * </pre>
 */
class ExchangedTargetTest {
    private static final int SIZE = 24_000_000;

    @TempDir
    private Path root;

    private byte[] replace(Path file) throws IOException {
        byte[] other = new byte[(int) Files.size(file)];
        new SplittableRandom(99).nextBytes(other);
        Path beside = Files.write(root.resolve("other"), other);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        return other;
    }

    private static NewRestore back(Backup backup) {
        return new NewRestore(backup.id(), new Target.Original(), true);
    }

    @Test
    void afterItWasSeenItIsRefusedAndNotTouched() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Restores restores = home.console().restores();
            Plan seen = restores.plan(back(one));
            home.change(disk, 0, 65_536, 1);
            home.done(restores.start(back(one), seen));

            byte[] other = replace(disk.path());
            assertThat(restores.plan(back(one)).blocking()).isEmpty();
            assertThat(Refusals.code(() -> restores.start(back(one), seen))).isEqualTo("restore.exchanged");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(other);
        }
    }

    @Test
    void whileItWaitsForItsTurnItIsRefusedToo() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Task waiting = home.console().restores().prepare(back(one));
            byte[] other = replace(disk.path());
            home.console().tasks().launch(waiting);
            assertThat(home.failed(waiting).code()).isEqualTo("restore.exchanged");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(other);
        }
    }

    @Test
    void aLoopDeviceWithAnotherFileBehindItIsAnother() throws Exception {
        Path file = root.resolve("behind.img");
        Shell.run("truncate", "-s", "8M", file.toString());
        Shell.run("mkfs.ext4", "-q", "-F", file.toString());
        byte[] content = Files.readAllBytes(file);
        try (TestHome home = new TestHome(root)) {
            Backup one;
            Plan seen;
            try (LoopDevice loop = LoopDevice.attach(file)) {
                Disk disk = home.device(loop.path());
                one = home.backUp(home.vault("vault_a", disk), disk, "one");
                seen = home.console().restores().plan(back(one));
            }
            // A clone: whatever tells disks apart by what is on them takes it for the same one.
            Files.move(Files.write(root.resolve("clone"), content), file, StandardCopyOption.REPLACE_EXISTING);
            try (LoopDevice _ = LoopDevice.attach(file)) {
                home.console().disks().refresh();
                assertThat(home.console().restores().plan(back(one)).possible()).isTrue();
                assertThat(Refusals.code(() -> home.console().restores().start(back(one), seen)))
                        .isEqualTo("restore.exchanged");
            }
        }
    }

    private static Task pausedInTheMiddle(TestHome home, Vault vault, Backup one) throws Exception {
        try (TestHome.Slowed _ = home.slowed(vault, 8)) {
            Task task = home.console().restores().start(back(one));
            home.awaitStep(task, Receipts.OVERWRITING);
            return home.console().tasks().pause(task.id());
        }
    }

    @Test
    void betweenPauseAndResumeOfAnotherDayItIsRefusedAndKeptByASafetyCopyOfItsOwn() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.sparse("web", SIZE);
            home.change(disk, 0, SIZE, 1);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            byte[] old = Files.readAllBytes(disk.path());
            home.change(disk, 0, SIZE, 2);
            UUID paused = pausedInTheMiddle(home, vault, one).id();
            home.restart();
            assertThat(home.console().tasks().find(paused).orElseThrow().status())
                    .isEqualTo(TaskStatus.PAUSED);

            byte[] other = replace(disk.path());
            home.console().tasks().resume(paused);
            Task ended = home.console().tasks().await(paused);
            assertThat(home.failed(ended).code()).isEqualTo("restore.exchanged");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(other);
            assertThat(Refusals.code(() -> home.console().tasks().retry(paused)))
                    .isEqualTo("restore.exchanged");
            assertThat(home.console().restores().undoable(paused).orElseThrow().warnings())
                    .map(Refusals::spoken)
                    .extracting(Problem::code)
                    .contains("undo.exchanged");

            assertThat(home.console()
                            .restores()
                            .plan(back(one))
                            .preview()
                            .safetyCopy()
                            .orElseThrow()
                            .kept())
                    .as("the copy that is there is one of another file")
                    .isEmpty();
            Task anew = home.done(home.console().restores().start(back(one)));
            assertThat(home.console().tasks().steps(anew.id()))
                    .extracting(TaskStep::key)
                    .contains("safety-copied");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);
            home.done(home.console().restores().undo(anew.id()));
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(other);
        }
    }

    @Test
    void betweenPauseAndResumeItCountsAsLostAndNothingIsWrittenToTheOther() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.sparse("web", SIZE);
            home.change(disk, 0, SIZE, 1);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, SIZE, 2);
            Task paused = pausedInTheMiddle(home, vault, one);
            byte[] other = replace(disk.path());
            home.console().tasks().resume(paused.id());
            assertThat(home.failed(paused).code()).isEqualTo("disk.lost");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(other);
        }
    }
}
