package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S6: a process that is killed with SIGKILL while it serves a disk whose journal the kernel replays, so that its files are seen. Needs
 * root, for mounts.
 *
 * <pre>
 *   on the disk   old        in the journal   new, in what was old's blocks
 * </pre>
 */
class KilledMountingTest {
    private static final int MB = 1 << 20;

    @TempDir
    private Path root;

    /** When the process dies. */
    enum When {
        /** The disk is served a second time, and nothing is mounted yet. */
        SERVED,
        /** The kernel has replayed the journal. */
        MOUNTED
    }

    /** So that a test that fails leaves nothing behind. */
    @AfterEach
    void unmountAll() throws IOException {
        mounts().reversed().forEach(point -> Shell.attempt("umount", "-l", point));
    }

    private List<String> mounts() throws IOException {
        return Files.readString(Path.of("/proc/self/mounts"))
                .lines()
                .filter(line -> line.contains(root.toString()))
                .map(line -> line.split(" ", -1)[1])
                .toList();
    }

    private Path disk() throws IOException {
        String image = root.resolve("web.img").toString();
        String copy = root.resolve("used.img").toString();
        String at = Files.createDirectory(root.resolve("at")).toString();
        Shell.run("truncate", "-s", "48M", image);
        Shell.run("mkfs.ext4", "-q", "-F", "-b", "4096", "-J", "size=4", image);
        Shell.run("mount", "-o", "loop", image, at);
        Shell.run("bash", "-ec", "head -c 8M /dev/zero | tr '\\0' A > '" + at + "/old'");
        Shell.run("umount", at);
        Shell.run("mount", "-o", "loop,commit=3600", image, at);
        Shell.run(
                "bash",
                "-ec",
                "cd '" + at + "'; rm old; head -c 4M /dev/zero | tr '\\0' B > new; sync new; sync -f '" + root
                        + "'; cp --sparse=always '" + image + "' '" + copy + "'");
        Shell.run("umount", at);
        return Path.of(copy);
    }

    /** Every object of the location, by its name. */
    private Map<String, ByteBuffer> stored() throws IOException {
        var all = new TreeMap<String, ByteBuffer>();
        try (Stream<Path> there = Files.walk(root.resolve("place"))) {
            for (Path file : there.filter(one -> one.toString().matches(".*/(data|map|commit|index)/.*"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                all.put(file.toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return all;
    }

    private boolean hasCome(When when) throws IOException {
        Path home = root.resolve("home/mounts");
        if (!Files.isDirectory(home)) {
            return false;
        }
        return switch (when) {
            case SERVED -> {
                try (Stream<Path> all = Files.list(home)) {
                    yield all.anyMatch(own -> Files.exists(own.resolve("changes/data")));
                }
            }
            case MOUNTED -> mounts().stream().anyMatch(point -> point.endsWith("/files"));
        };
    }

    /** A {@code mount} that says its process and stands still. */
    private Path standingStill(String first) throws IOException {
        Path programs = Files.createDirectory(root.resolve("programs"));
        Path script = programs.resolve("mount");
        Path begun = root.resolve("begun");
        Files.writeString(
                script,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        first.replace(
                                "mount",
                                Shell.run("sh", "-c", "command -v mount").strip()),
                        "echo $$ > " + begun + ".new",
                        "mv " + begun + ".new " + begun,
                        "exec sleep 1000"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return programs;
    }

    /** The programs that show a disk of this home as a file. */
    private List<ProcessHandle> showing() {
        String here = root.toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("nbdfuse") && line.contains(here))
                        .isPresent())
                .toList();
    }

    /** The loop devices over files of this home. */
    private List<String> loops() {
        return Shell.run("losetup", "-n", "-O", "NAME,BACK-FILE")
                .lines()
                .filter(line -> line.contains(root.toString()))
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    /** A loop device does not go with its mount before it is given back; nor does the program behind it before that. */
    @ParameterizedTest
    @ValueSource(strings = {":", "mount \"$@\""})
    void theNextProcessGivesBackALoopDeviceThatWasNotYet(String first) throws Exception {
        Path begun = root.resolve("begun");
        Backup one;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(disk(), Optional.of("web"), Disk.Role.DATA));
            one = home.backUp(home.vault("vault_a", disk), disk, "one");
        }
        Path programs = standingStill(first);
        List<ProcessHandle> showing = List.of();
        List<String> loops = List.of();
        try {
            assertThat(Victim.killed(root, programs, "mounted", one.id().toString(), () -> Files.exists(begun)))
                    .isTrue();
            Shell.run("kill", "-9", Files.readString(begun).strip());
            showing = showing();
            loops = loops();
            assertThat(showing).hasSize(1);
            assertThat(loops).hasSize(1);
            try (TestHome home = new TestHome(root)) {
                home.console().openDisks().goOn();
                assertThat(showing.getFirst().onExit())
                        .as("nothing holds what shows the disk any more")
                        .succeedsWithin(Duration.ofSeconds(20));
                assertThat(loops()).isEmpty();
                assertThat(mounts()).isEmpty();
                assertThat(root.resolve("home/mounts")).isEmptyDirectory();
            }
            loops = List.of();
        } finally {
            loops.forEach(loop -> Shell.attempt("losetup", "--detach", loop));
            showing.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextProcessClearsAwayWhatWasMountedAndServesTheDiskOn(When when) throws Exception {
        Backup one;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(disk(), Optional.of("web"), Disk.Role.DATA));
            one = home.backUp(home.vault("vault_a", disk), disk, "one");
        }
        Map<String, ByteBuffer> before = stored();
        assertThat(before).isNotEmpty();
        assertThat(Victim.killed(root, "mounted", one.id().toString(), () -> hasCome(when)))
                .isTrue();

        try (TestHome home = new TestHome(root)) {
            home.console().openDisks().goOn();
            assertThat(mounts()).isEmpty();
            assertThat(root.resolve("home/mounts")).isEmptyDirectory();
            assertThat(Shell.run("losetup", "-n", "-O", "BACK-FILE")).doesNotContain(root.toString());
            OpenDisk open = home.console().openDisks().list().getFirst();
            assertThat(open.uri()).isPresent();

            home.console().openDisks().mount(open.id(), Optional.empty());
            Path seen = home.console().openDisks().get(open.id()).mounted().getFirst();
            assertThat(seen.resolve("old")).doesNotExist();
            assertThat(Files.readString(seen.resolve("new"))).isEqualTo("B".repeat(4 * MB));
            home.console().openDisks().close(open.id(), false);
            assertThat(mounts()).isEmpty();
            assertThat(root.resolve("home/mounts")).isEmptyDirectory();
            assertThat(root.resolve("home/open")).isEmptyDirectory();
            assertThat(home.restored(one)).isEqualTo(Files.readAllBytes(root.resolve("used.img")));
        }
        assertThat(stored()).as("nothing was written to the backup").isEqualTo(before);
    }
}
