package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B5: one at a time on the same bytes, by whatever name. The other one is a row of a task that waits and never runs. Needs
 * root, for loop devices.
 *
 * <pre>
 *   web.img   → vault_a: "one"
 *   db.img
 * </pre>
 */
class ManyNamesTest {
    @TempDir
    private Path root;

    private TestHome home;
    private Disk web;
    private Disk db;
    private Backup one;

    @BeforeEach
    void aBackup() throws Exception {
        home = new TestHome(root);
        web = home.image("web", 2);
        db = home.image("db", 2);
        Vault vault = home.vault("vault_a", web);
        one = home.backUp(vault, web, "one");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Task holds(TaskType type, Disk disk, Map<String, Object> parameters) {
        NewTask work = new NewTask(
                type,
                new Task.Subject(
                        disk.name(),
                        Optional.of(one.vaultId()),
                        one.vaultName(),
                        Optional.of(disk.id()),
                        disk.name(),
                        Optional.of(one.id()),
                        Optional.empty()),
                parameters);
        return home.console()
                .backups()
                .leases()
                .take(() -> home.console().tasks().create(work));
    }

    private Task restoring(Disk onto) {
        return holds(
                TaskType.RESTORE,
                web,
                Map.of(
                        Leases.TARGET_DISK,
                        onto.id().toString(),
                        Leases.TARGET_PATH,
                        onto.path().toString()));
    }

    private Task making(Path file) {
        return holds(TaskType.RESTORE, web, Map.of(Leases.TARGET_PATH, file.toString()));
    }

    private List<String> blocking(Target target) {
        return home.console().restores().plan(new NewRestore(one.id(), target, true)).blocking().stream()
                .map(Problem::code)
                .toList();
    }

    private Disk listed(Path file) {
        return home.console().disks().addImage(new NewImage(file, Optional.empty(), Disk.Role.DATA));
    }

    private Optional<String> busy(Disk disk) {
        return home.console().backups().busy(disk.id()).map(Problem::code);
    }

    @Test
    void anImageAndALoopDeviceOverItAreOneDisk() throws Exception {
        try (LoopDevice loop = LoopDevice.attach(db.path());
                LoopDevice above = LoopDevice.attach(loop.path())) {
            Disk device = home.device(loop.path());
            Disk top = home.device(above.path());
            assertThat(busy(device)).isEmpty();
            restoring(device);
            assertThat(busy(db)).contains("restore.running");
            assertThat(busy(top)).contains("restore.running");
            assertThat(busy(web)).isEmpty();
        }
    }

    @Test
    void aLoopDeviceOverAnImageThatIsBackedUpIsNoTarget() throws Exception {
        try (LoopDevice loop = LoopDevice.attach(db.path())) {
            Disk device = home.device(loop.path());
            holds(TaskType.BACKUP, db, Map.of());
            assertThat(busy(device)).contains("backup.busy");
            assertThat(blocking(new Target.OtherDisk(device.id()))).contains("backup.busy");
        }
    }

    @Test
    void twoNamesOfOneFileAreOneDisk() throws Exception {
        Disk second = listed(Files.createLink(root.resolve("second.img"), db.path()));
        Path point = Files.createFile(root.resolve("third.img"));
        Shell.run("mount", "--bind", db.path().toString(), point.toString());
        try {
            Disk third = listed(point);
            restoring(second);
            assertThat(busy(db)).contains("restore.running");
            assertThat(busy(third)).contains("restore.running");
            assertThat(blocking(new Target.OtherDisk(third.id()))).contains("restore.running");
            assertThat(busy(web)).isEmpty();
        } finally {
            Shell.run("umount", point.toString());
        }
    }

    @Test
    void aFileThatIsBeingMadeIsOneByEveryWayToItsFolderAndUnderItsUnfinishedName() throws Exception {
        Path folder = Files.createDirectory(root.resolve("folder"));
        Path other = Files.createDirectory(root.resolve("other"));
        Shell.run("mount", "--bind", folder.toString(), other.toString());
        try {
            making(folder.resolve("new.img"));
            assertThat(blocking(new Target.NewFile(other.resolve("new.img")))).containsExactly("restore.running");
            assertThat(blocking(new Target.NewFile(other.resolve("next.img")))).isEmpty();
            Path part = Files.write(folder.resolve("new.img" + Leases.PART), new byte[4096]);
            assertThat(busy(listed(part))).contains("restore.running");
        } finally {
            Shell.run("umount", other.toString());
        }
    }
}
