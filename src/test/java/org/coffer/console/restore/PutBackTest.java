package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.overview.Attention;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.machine.Machine;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S2: what was unmounted for a restore by a process that ended is put back, or somebody is told. Needs root, for mounts. */
class PutBackTest {
    @TempDir
    private Path root;

    private Path point;

    @BeforeEach
    void makeFolder() throws Exception {
        point = Files.createDirectory(root.resolve("point"));
    }

    @AfterEach
    void unmount() {
        Shell.attempt("umount", point.toString());
    }

    private Disk mounted(TestHome home) throws Exception {
        Disk disk = home.image("web", 8);
        Shell.run("mkfs.ext4", "-q", "-F", disk.path().toString());
        Shell.run("mount", "-o", "loop", disk.path().toString(), point.toString());
        return home.console().disks().look(disk.id());
    }

    private static List<Attention.Kind> needs(TestHome home) {
        return home.console().overviews().now().needs().stream()
                .map(Attention::kind)
                .toList();
    }

    @Test
    void theNextStartPutsItBack() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            home.console().disks().unmount(disk.id());
            assertThat(point.resolve("lost+found")).doesNotExist();
            assertThat(needs(home)).as("a restore is about to begin").doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
            home.restart();
            assertThat(point.resolve("lost+found")).exists();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
        }
    }

    /** Where it is mounted again by the end of the process that unmounted it, the restore finds its disk in use at the next start. */
    @Test
    void aRestoreThatACleanStopHeldBeforeItWroteGoesOnAndPutsItBackInTheEnd() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            Shell.run("umount", point.toString());
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Shell.run("mount", "-o", "loop", disk.path().toString(), point.toString());
            Files.writeString(point.resolve("later"), "later");
            home.console().disks().look(disk.id());
            home.console().disks().unmount(disk.id());
            Task task = home.console().restores().prepare(new NewRestore(one.id(), new Target.Original(), true));
            var begun = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            Events.Subscription ignored = home.console().events().subscribe(event -> {
                if (event instanceof Event.TaskChanged
                        && begun.getCount() > 0
                        && home.console().tasks().find(task.id()).orElseThrow().status() == TaskStatus.RUNNING) {
                    begun.countDown();
                    await(go);
                }
            });
            home.console().tasks().launch(task);
            await(begun);
            home.console().suspend();
            go.countDown();
            home.restart();
            assertThat(home.console().disks().get(disk.id()).unfinishedRestore())
                    .as("nothing was written yet")
                    .isEmpty();
            assertThat(point.resolve("lost+found"))
                    .as("the restore is to go on")
                    .doesNotExist();
            home.console().tasks().goOn();
            home.done(task);
            assertThat(point.resolve("lost+found")).exists();
            assertThat(point.resolve("later")).doesNotExist();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereThatFailsSomebodyIsToldUntilItIsBack() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            home.console().disks().unmount(disk.id());
            Files.delete(point);
            home.restart();
            assertThat(needs(home)).contains(Attention.Kind.DISK_NOT_MOUNTED);
            assertThat(Refusals.code(() -> home.console().disks().mountBack(disk.id())))
                    .isEqualTo("disk.not-mounted");
            home.restart();
            assertThat(needs(home)).as("nobody forgot it").contains(Attention.Kind.DISK_NOT_MOUNTED);

            Files.createDirectory(point);
            home.console().disks().mountBack(disk.id());
            assertThat(point.resolve("lost+found")).exists();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
        }
    }

    @Test
    void whatSomebodyMountedByHandIsOwedNoMore() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            home.console().disks().unmount(disk.id());
            Files.delete(point);
            home.restart();
            Files.createDirectory(point);
            Shell.run("mount", "-o", "loop", disk.path().toString(), point.toString());
            home.console().disks().refresh();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
        }
    }

    @Test
    void aDiskThatIsTakenAsItIsIsMountedAgain() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            home.console().disks().unmount(disk.id());
            home.console().disks().unusable(disk.id(), java.util.UUID.randomUUID());
            home.restart();
            assertThat(point.resolve("lost+found"))
                    .as("nobody looks at what is half")
                    .doesNotExist();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
            home.console().restores().useAsItIs(disk.id());
            assertThat(point.resolve("lost+found")).exists();
        }
    }

    @Test
    void afterTheComputerWasStartedAnewNothingIsOwed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            home.console().disks().unmount(disk.id());
            home.edit("update unmounted set started = 'another start'");
            assertThat(point.resolve("lost+found")).doesNotExist();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
        }
    }

    /** The process dies right after the system unmounted it, before anybody could note that. */
    @Test
    void whatADyingProcessUnmountedLastIsPutBackToo() throws Exception {
        var dying = new AtomicBoolean();
        try (TestHome home = new TestHome(root, memory -> dying(Machine.here(memory), dying))) {
            Disk disk = mounted(home);
            dying.set(true);
            assertThatThrownBy(() -> home.console().disks().unmount(disk.id())).isInstanceOf(Death.class);
            assertThat(point.resolve("lost+found")).doesNotExist();
            dying.set(false);
            home.restart();
            assertThat(point.resolve("lost+found")).exists();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
        }
    }

    @Test
    void whatCouldNotBeUnmountedIsOwedByNobody() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = mounted(home);
            try (var held = Files.newOutputStream(point.resolve("held"))) {
                held.write(1);
                assertThat(Refusals.code(() -> home.console().disks().unmount(disk.id())))
                        .isEqualTo("disk.unmount-busy");
            }
            Shell.run("umount", point.toString());
            home.restart();
            assertThat(point.resolve("lost+found"))
                    .as("somebody unmounted it by hand since")
                    .doesNotExist();
            assertThat(needs(home)).doesNotContain(Attention.Kind.DISK_NOT_MOUNTED);
        }
    }

    /** Nothing of the process runs after it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    private static Machine dying(Machine real, AtomicBoolean dying) {
        return (Machine) Proxy.newProxyInstance(
                Machine.class.getClassLoader(), new Class<?>[] {Machine.class}, (self, method, args) -> {
                    try {
                        Object answer = method.invoke(real, args);
                        if (dying.get() && method.getName().equals("unmount")) {
                            throw new Death();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
