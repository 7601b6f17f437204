package org.coffer.console.opened;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Machine;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * S6: open backups mounted for real, as root, by the tools of the system.
 *
 * <pre>
 *   disk.img   GPT
 *     1  ext4  24 MB   with files
 *     2  swap   8 MB
 *     3  xfs  320 MB   with a file
 * </pre>
 */
class MountedDisksTest {
    private static final int MB = 1 << 20;

    @TempDir
    private Path root;

    private Path files;

    @BeforeEach
    void makeFiles() throws Exception {
        files = Files.createDirectories(root.resolve("files/Documents"));
        Files.write(files.resolve("报告.bin"), new byte[3 * MB + 17]);
        Files.writeString(files.resolve("note"), "as it was");
    }

    /** So that a test that fails leaves nothing behind. */
    @AfterEach
    void unmountAll() throws Exception {
        List<String> left = Files.readString(Path.of("/proc/self/mounts"))
                .lines()
                .filter(line -> line.contains(root.toString()))
                .map(line -> line.split(" ", -1)[1])
                .toList();
        left.reversed().forEach(point -> Shell.attempt("umount", "-l", point));
    }

    private Disk disk(TestHome home, String name) throws Exception {
        Path image = root.resolve(name + ".img");
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
        Shell.run("truncate", "-s", "360M", image.toString());
        Path table = Files.writeString(
                root.resolve("table"),
                "label: gpt\nstart=2048, size=49152\nstart=51200, size=16384\nstart=67584, size=655360\n");
        Process parted = new ProcessBuilder("sfdisk", "-q", image.toString())
                .redirectInput(table.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(parted.waitFor()).isZero();
        String ext4 = root.resolve("ext4").toString();
        Shell.run("truncate", "-s", "24M", ext4);
        Shell.run("mkfs.ext4", "-q", "-F", "-d", root.resolve("files").toString(), ext4);
        String xfs = root.resolve("xfs").toString();
        Shell.run("truncate", "-s", "320M", xfs);
        Shell.run("mkfs.xfs", "-q", xfs);
        String swap = root.resolve("swap").toString();
        Shell.run("truncate", "-s", "8M", swap);
        Shell.run("mkswap", swap);
        copy(ext4, image, 1);
        copy(swap, image, 25);
        copy(xfs, image, 33);
        return home.console().disks().addImage(new NewImage(image, Optional.of(name), Disk.Role.DATA));
    }

    private static void copy(String part, Path image, int megabyte) {
        Shell.run("dd", "if=" + part, "of=" + image, "bs=1M", "seek=" + megabyte, "conv=notrunc,sparse", "status=none");
    }

    private static OpenDisk open(TestHome home, Backup backup, boolean writable) {
        return home.console()
                .openDisks()
                .open(new NewOpening(backup.id(), writable, new NewOpening.Address.Anywhere()));
    }

    private static OpenDisk mounted(TestHome home, OpenDisk disk) {
        List<Problem> refused = home.console().openDisks().mount(disk.id(), Optional.empty());
        assertThat(refused).isEmpty();
        return home.console().openDisks().get(disk.id());
    }

    private String mountsHere() throws Exception {
        return Files.readString(Path.of("/proc/self/mounts"))
                .lines()
                .filter(line -> line.contains(root.toString()))
                .toList()
                .toString();
    }

    @Test
    void theFilesOfABackupAreSeenAndNothingIsLeftWhenItIsClosed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = disk(home, "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");

            OpenDisk open = mounted(home, open(home, one, false));

            assertThat(open.mounted())
                    .extracting(Path::getFileName)
                    .map(Path::toString)
                    .containsExactly("1", "3");
            Path seen = open.mounted().getFirst().resolve("Documents");
            assertThat(Files.mismatch(seen.resolve("报告.bin"), files.resolve("报告.bin")))
                    .isEqualTo(-1);
            assertThat(seen.resolve("note")).hasContent("as it was");
            assertThat(Shell.attempt("touch", seen.resolve("note").toString()).said())
                    .contains("Read-only");
            assertThat(home.console().disks().refresh())
                    .as("its loop devices are no disks")
                    .allMatch(found -> !found.path().startsWith("/dev/loop"));

            home.console().openDisks().close(open.id(), false);

            assertThat(mountsHere()).isEqualTo("[]");
            assertThat(root.resolve("home/mounts")).isEmptyDirectory();
        }
    }

    @Test
    void whatIsWrittenIntoAMountedDiskIsKeptApartFromTheBackup() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = disk(home, "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path place = Files.createDirectory(root.resolve("here"));
            OpenDisk open = open(home, one, true);
            home.console().openDisks().mount(open.id(), Optional.of(place));
            Path note = place.resolve("1/Documents/note");
            Files.writeString(note, "changed");

            try (InputStream reading = Files.newInputStream(note)) {
                assertThat(reading.read()).isEqualTo('c');
                assertThat(Refusals.code(() -> home.console().openDisks().close(open.id(), true)))
                        .isEqualTo("mount.busy");
                assertThat(home.console().openDisks().get(open.id()).uri()).isPresent();
            }
            home.console().openDisks().unmount(open.id());
            assertThat(place).isEmptyDirectory();
            home.restart();
            home.console().openDisks().goOn();

            home.console().openDisks().mount(open.id(), Optional.of(place));
            assertThat(note).hasContent("changed");
            assertThat(Files.readString(mounted(home, open(home, one, false))
                            .mounted()
                            .getFirst()
                            .resolve("Documents/note")))
                    .isEqualTo("as it was");
        }
        assertThat(mountsHere()).as("closing the console unmounts all").isEqualTo("[]");
        assertThat(root.resolve("here")).isEmptyDirectory();
    }

    @Test
    void whatAProcessThatDiedLeftMountedIsUndoneByTheNext() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = disk(home, "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            OpenDisk open = open(home, one, false);
            Path own = root.resolve("home/mounts").resolve(open.id().toString());
            var volumes = List.of(new org.coffer.engine.volume.Volume(1, MB, 24 * MB, "ext4"));
            Machine.here(root.resolve("seen"))
                    .mounting()
                    .mount(
                            new org.coffer.machine.Mounting.Served(open.uri().orElseThrow(), volumes, false),
                            own,
                            own.resolve("files"));
            try (InputStream held = Files.newInputStream(own.resolve("files/1/Documents/note"))) {
                assertThat(held.read()).isEqualTo('a');
                home.restart();
                assertThat(mountsHere()).contains("fuse", "ext4");
                // In whichever order they are met, most likely one before the mounted one.
                for (int i = 0; i < 16; i++) {
                    Files.createDirectories(root.resolve("home/mounts/strange-" + i + "/by somebody else"));
                }

                home.console().openDisks().goOn();
            }

            assertThat(mountsHere()).isEqualTo("[]");
            assertThat(own).as("strange folders beside it hold up nothing").doesNotExist();
            assertThat(home.console().openDisks().get(open.id()).uri()).isPresent();
        }
    }

    @Test
    void aDiskWithNothingToMountIsRefusedInWordsAndStaysOpen() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("noise", 2);
            Vault vault = home.vault("vault_a", disk);
            OpenDisk open = open(home, home.backUp(vault, disk, "one"), false);

            assertThat(Refusals.code(() -> home.console().openDisks().mount(open.id(), Optional.empty())))
                    .isEqualTo("mount.nothing");
            assertThat(Refusals.code(() -> home.console().openDisks().mount(open.id(), Optional.of(root))))
                    .isEqualTo("mount.folder");
            assertThat(home.console().openDisks().get(open.id()).uri()).isPresent();
            assertThat(mountsHere()).isEqualTo("[]");
        }
    }

    @Test
    void aClientThatHangsHoldsUpNeitherTheListNorTheClosing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 12);
            OpenDisk open = open(home, home.backUp(home.vault("vault_a", disk), disk, "one"), false);
            // It asks for all there is, reads nothing of it, and is held still.
            Process client = new ProcessBuilder("nbdcopy", open.uri().orElseThrow(), "-")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                while (home.console().openDisks().get(open.id()).clients() == 0) {
                    assertThat(client.isAlive()).isTrue();
                }
                Shell.run("kill", "-STOP", String.valueOf(client.pid()));

                assertThat(home.console().openDisks().list()).hasSize(1);
                home.console().openDisks().close(open.id(), false);

                assertThat(home.console().openDisks().list()).isEmpty();
            } finally {
                client.destroyForcibly();
                assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /**
     * The disk was in use: of a file that is deleted, the journal alone knows that.
     *
     * <pre>
     *   on the disk   old        in the journal   new, in what was old's blocks
     * </pre>
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mkfs.ext4 -q -F -b 4096 -J size=4    |  48M | commit=3600
                    env TEST_DIR=x TEST_DEV=x QA_CHECK_FS=x mkfs.xfs -q -f  |  60M | nouuid
                    """)
    void ofADiskThatWasInUseTheFilesAreSeenAsItsJournalHasThem(String mkfs, String size, String options)
            throws Exception {
        Path image = root.resolve("web.img");
        Path copy = root.resolve("used.img");
        Path at = Files.createDirectory(root.resolve("at"));
        Shell.run("truncate", "-s", size, image.toString());
        Shell.run((mkfs + " " + image).split(" +"));
        Shell.run("mount", "-o", "loop", image.toString(), at.toString());
        Shell.run("bash", "-ec", "head -c 8M /dev/zero | tr '\\0' A > '" + at + "/old'");
        Shell.run("umount", at.toString());
        Shell.run("mount", "-o", "loop," + options, image.toString(), at.toString());
        Shell.run(
                "bash",
                "-ec",
                "cd '" + at + "'; rm old; head -c 4M /dev/zero | tr '\\0' B > new; sync new; sync -f '" + root
                        + "'; cp --sparse=always '" + image + "' '" + copy + "'");
        Shell.run("umount", at.toString());
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(copy, Optional.of("web"), Disk.Role.DATA));
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");

            OpenDisk open = mounted(home, open(home, one, false));

            Path seen = open.mounted().getFirst();
            assertThat(seen.resolve("old")).doesNotExist();
            assertThat(Files.readString(seen.resolve("new"))).hasSize(4 * MB).containsOnlyOnce("BBBB".repeat(MB));
            assertThat(Shell.attempt("touch", seen.resolve("new").toString()).said())
                    .contains("Read-only");

            home.console().openDisks().close(open.id(), false);

            assertThat(mountsHere()).isEqualTo("[]");
            assertThat(root.resolve("home/mounts")).isEmptyDirectory();
            assertThat(root.resolve("home/open")).isEmptyDirectory();
        }
    }

    /** The user's own folder may be called as a partition is. */
    @Test
    void aFolderThatWasGivenStaysWhateverItsName() throws Exception {
        Path image = root.resolve("web.img");
        Shell.run("truncate", "-s", "16M", image.toString());
        Shell.run("mkfs.ext4", "-q", "-F", image.toString());
        Path place = Files.createDirectory(root.resolve("2024"));
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
            OpenDisk open = open(home, home.backUp(home.vault("vault_a", disk), disk, "one"), false);
            home.console().openDisks().mount(open.id(), Optional.of(place));
            assertThat(place.resolve("lost+found")).exists();

            home.console().openDisks().unmount(open.id());

            assertThat(place).isEmptyDirectory();
        }
    }

    /**
     * <pre>
     *   1 locked   2 of another system   3 ext4   4 ext4, harmed
     * </pre>
     */
    @Test
    void whatIsNotMountedIsNamedWithItsReason() throws Exception {
        Path image = root.resolve("web.img");
        Shell.run("truncate", "-s", "128M", image.toString());
        Shell.run(
                "sh",
                "-c",
                "printf 'label: gpt\\nsize=32MiB\\nsize=32MiB\\nsize=24MiB\\nsize=24MiB\\n' | sfdisk -q " + image);
        String part = root.resolve("part").toString();
        List<String> made = List.of(
                "truncate -s 32M P; cryptsetup -q luksFormat --type luks1 --iter-time 1 --key-file /dev/zero -l 32 P",
                "truncate -s 32M P; mkfs.exfat P",
                "truncate -s 24M P; mkfs.ext4 -q -F P",
                "truncate -s 24M P; mkfs.ext4 -q -F -b 4096 P; head -c 4096 /dev/urandom | dd of=P bs=4096 seek=1 conv=notrunc");
        int megabyte = 1;
        for (String how : made) {
            Files.deleteIfExists(Path.of(part));
            Shell.run("bash", "-ec", how.replace("P", part));
            copy(part, image, megabyte);
            megabyte += (int) (Files.size(Path.of(part)) / MB);
        }
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
            OpenDisk open = open(home, home.backUp(home.vault("vault_a", disk), disk, "one"), true);

            List<Problem> refused = home.console().openDisks().mount(open.id(), Optional.empty());

            assertThat(home.console().openDisks().get(open.id()).mounted())
                    .extracting(point -> point.getFileName().toString())
                    .containsExactly("3");
            assertThat(refused)
                    .extracting(
                            Problem::code,
                            problem -> problem.args().get("format"),
                            problem -> Path.of(String.valueOf(problem.args().get("path")))
                                    .getFileName()
                                    .toString())
                    .containsExactly(
                            tuple("mount.encrypted", "luks", "1"),
                            tuple("mount.unknown", "exfat", "2"),
                            tuple("mount.refused", "ext4", "4"));
            home.console().openDisks().close(open.id(), true);
            assertThat(Refusals.code(() -> home.console().openDisks().mount(open.id(), Optional.empty())))
                    .isEqualTo("open.closed");
        }
    }
}
