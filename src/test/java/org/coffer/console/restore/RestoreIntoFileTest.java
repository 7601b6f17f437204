package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S4: new files, those that an earlier run left unfinished, and folders with two names. */
class RestoreIntoFileTest {
    @TempDir
    private Path root;

    @Test
    void whatAnEarlierRunLeftIsMadeRightButSaysNothingOfTheVault() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.sparse("web", 4_000_000);
            home.change(disk, 0, 500_000, 3);
            byte[] right = Files.readAllBytes(disk.path());
            Vault vault = home.vault("vault_a", disk);
            Backup backup = home.backUp(vault, disk, "one");
            // More has to be made zero than the backup holds, and not one block comes from the vault.
            byte[] left = right.clone();
            byte[] noise = new byte[left.length - 1_000_000];
            new SplittableRandom(5).nextBytes(noise);
            System.arraycopy(noise, 0, left, 1_000_000, noise.length);
            Path file = root.resolve("new.img");
            Files.write(root.resolve("new.img" + RestoreWork.PART), left);
            home.restore(backup, new Target.NewFile(file));
            assertThat(Files.readAllBytes(file)).matches(now -> Arrays.equals(now, right));
            assertThat(home.again(backup.id()).verifiedAt()).isEmpty();
            home.restore(backup, new Target.NewFile(root.resolve("fresh.img")));
            assertThat(home.again(backup.id()).verifiedAt()).isPresent();
        }
    }

    @Test
    void aFolderOfTwoNamesHasOnePlaceForAFile() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Backup backup = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path folder = Files.createDirectory(root.resolve("folder"));
            Path link = Files.createSymbolicLink(root.resolve("link"), folder);
            Plan byLink = home.console()
                    .restores()
                    .plan(new NewRestore(backup.id(), new Target.NewFile(link.resolve("new.img")), true));
            assertThat(byLink.path()).isEqualTo(folder.toRealPath().resolve("new.img"));
        }
    }

    /** Whoever may write to the folder could else have the backed up disk overwritten by "a new file". */
    @Test
    void aLinkWithTheNameOfAnUnfinishedFileLeadsNowhere() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            byte[] right = Files.readAllBytes(disk.path());
            Backup backup = home.backUp(home.vault("vault_a", disk), disk, "one");
            home.change(disk, 0, 500_000, 3);
            byte[] now = Files.readAllBytes(disk.path());
            Files.createSymbolicLink(root.resolve("soft.img" + RestoreWork.PART), disk.path());
            Files.createLink(root.resolve("hard.img" + RestoreWork.PART), disk.path());
            for (String name : new String[] {"soft.img", "hard.img"}) {
                Path file = root.resolve(name);
                home.restore(backup, new Target.NewFile(file));
                assertThat(file).isRegularFile();
                assertThat(Files.readAllBytes(file)).matches(got -> Arrays.equals(got, right));
                assertThat(Files.readAllBytes(disk.path())).as(name).matches(got -> Arrays.equals(got, now));
            }
        }
    }

    @Test
    void aQcow2ImageHoldsTheSameBytesAndTakesNoRoomForHoles() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 40);
            Backup backup = home.backUp(home.vault("vault_a", disk), disk, "one");
            Path copy = root.resolve("copy.qcow2");
            Task task = home.restore(backup, new Target.NewFile(copy, Target.Format.QCOW2));
            assertThat(Shell.run("qemu-img", "check", "-f", "qcow2", copy.toString()))
                    .contains("No errors were found");
            assertThat(Shell.run(
                            "qemu-img",
                            "compare",
                            "-f",
                            "qcow2",
                            "-F",
                            "raw",
                            copy.toString(),
                            disk.path().toString()))
                    .contains("identical");
            assertThat(Files.size(copy)).isLessThan(21_000_000);
            assertThat(home.console().restores().receipt(task.id()).bytes().verified())
                    .isGreaterThan(19_900_000);
        }
    }
}
