package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.coffer.console.Refusals;
import org.coffer.engine.volume.Volume;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may mount, and with what; what is mounted is in {@code MountedDisksTest}. */
class LinuxMountingTest {
    private static final long MB = 1 << 20;

    @TempDir
    private Path root;

    private static LinuxMounting mounting(boolean administrator, LinuxMounting.Means means) {
        return new LinuxMounting(
                new BlockTree(Path.of("/sys")), new Mounts(Path.of("/proc")), () -> administrator, means);
    }

    private static LinuxMounting.Means here() {
        return new LinuxMounting.Means(Tool::find, Path.of("/dev"), LinuxMounting.PATIENCE);
    }

    @Test
    void whoIsNoAdministratorIsToldThatItNeedsOne() {
        assertThat(mounting(false, here()).whyNot()).contains(Problem.of("mount.rights"));
        assertThat(mounting(true, here()).whyNot()).isEmpty();
    }

    @Test
    void toolsThatAreMissingAreNamed() {
        var without = new LinuxMounting.Means(
                name -> name.equals("nbdfuse") || name.equals("losetup") ? Optional.empty() : Tool.find(name),
                Path.of("/dev"),
                LinuxMounting.PATIENCE);
        assertThat(mounting(true, without).whyNot().map(Refusals::spoken))
                .contains(Problem.of("mount.tools", "tool", List.of("nbdfuse", "losetup")));
    }

    @Test
    void whatTheKernelLacksIsNamed() throws IOException {
        Path devices = Files.createDirectory(root.resolve("dev"));
        var means = new LinuxMounting.Means(Tool::find, devices, LinuxMounting.PATIENCE);
        Path fuse = devices.resolve("fuse");
        Path loop = devices.resolve("loop-control");
        assertThat(mounting(true, means).whyNot().map(Refusals::spoken))
                .contains(Problem.of("mount.kernel", "device", fuse.toString()));
        Files.createFile(fuse);
        assertThat(mounting(true, means).whyNot()).contains(Problem.of("mount.kernel", "device", loop.toString()));
        assertThatThrownBy(() -> mounting(true, means)
                        .mount(
                                new Mounting.Served("nbd://localhost:1", List.of(), false),
                                root.resolve("own"),
                                root.resolve("into")))
                .isInstanceOf(ProblemException.class);
        assertThat(root.resolve("into")).as("nothing was begun").doesNotExist();
    }

    /** A real disk served for real, and a {@code mount} that waits for longer than anybody does. */
    @Test
    void aFileSystemThatDoesNotAnswerIsGivenUpAndNothingIsLeft() throws Exception {
        Path image = root.resolve("disk.img");
        Shell.run("truncate", "-s", "8M", image.toString());
        Shell.run("mkfs.ext4", "-q", "-F", image.toString());
        Path socket = root.resolve("nbd");
        Process server = new ProcessBuilder(
                        "qemu-nbd", "--persistent", "-f", "raw", "-k", socket.toString(), image.toString())
                .inheritIO()
                .start();
        try {
            while (!Files.exists(socket)) {
                assertThat(server.isAlive()).isTrue();
                LockSupport.parkNanos(1_000_000);
            }
            var tools = new OtherTools(root.resolve("tools"));
            tools.put("mount", "exec sleep 600");
            var means = new LinuxMounting.Means(tools::find, Path.of("/dev"), 2);
            var disk = new Mounting.Served(
                    "nbd+unix:///?socket=" + socket, List.of(new Volume(0, 0, 8 * MB, "ext4")), false);
            LinuxMounting mounting = mounting(true, means);
            Path own = root.resolve("own");
            assertThatThrownBy(() -> mounting.mount(disk, own, root.resolve("into")))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        Problem said = Refusals.spoken(e.problem());
                        assertThat(said.code()).isEqualTo("mount.silent");
                        assertThat(said.args())
                                .containsEntry("format", "ext4")
                                .containsEntry("path", root.resolve("into").toString());
                    });
            assertThat(own).doesNotExist();
            assertThat(Shell.run("losetup", "--list", "--noheadings", "--output", "BACK-FILE"))
                    .doesNotContain(root.toString());
            tools.remove("mount");
            assertThat(mounting.mount(disk, own, root.resolve("into")).points())
                    .as("once it answers")
                    .containsExactly(root.resolve("into"));
            mounting.unmount(own);
        } finally {
            server.destroy();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
