package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.engine.work.Work;
import org.coffer.machine.Shell;
import org.coffer.problem.Problem;
import org.coffer.text.Fact;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.text.restore.ReceiptWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7: that the last seconds before a backup may be missing is said before files of it are restored. Needs root, for mounts. */
class SecondsNoticeTest {
    @TempDir
    private Path root;

    private Backup backUp(TestHome home, boolean inUse) throws Exception {
        Path image = home.root().resolve("windows.img");
        Shell.run("truncate", "-s", "16M", image.toString());
        Shell.run("mkfs.ntfs", "-F", "-Q", "-q", image.toString());
        Path point = Files.createDirectories(home.root().resolve("point"));
        Shell.run("ntfs-3g", image.toString(), point.toString());
        try {
            Files.writeString(point.resolve("letter.txt"), "Dear all");
        } finally {
            Shell.run("umount", point.toString());
        }
        if (inUse) {
            // Marks it as one that Windows has to put in order first.
            assertThat(Shell.run("ntfsfix", image.toString())).contains("successfully");
        }
        Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("windows"), Disk.Role.DATA));
        return home.backUp(home.vault("vault_a", disk), disk, "one");
    }

    private FilePlan plan(TestHome home, Backup one) throws Exception {
        return home.console()
                .files()
                .plan(
                        new NewFileRestore(
                                one.id(),
                                List.of(FilePath.parse("0:/letter.txt")),
                                new NewFileRestore.Place.Folder(Files.createDirectories(root.resolve("out"))),
                                Conflict.KEEP),
                        Work.quiet());
    }

    @Test
    void ofADiskThatWasInUseTheFolderAndThePlanSaySo() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Backup one = backUp(home, true);
            assertThat(home.console().files().volumes(one.id()).getFirst().notice())
                    .map(Refusals::spoken)
                    .map(Problem::code)
                    .contains("files.seconds");
            FilePlan plan = plan(home, one);
            assertThat(plan.possible()).isTrue();
            assertThat(plan.warnings())
                    .map(Refusals::spoken)
                    .extracting(Problem::code)
                    .containsExactly("files.seconds");
        }
    }

    @Test
    void ofOneThatWasAtRestNothingIsSaid() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Backup one = backUp(home, false);
            assertThat(home.console().files().volumes(one.id()).getFirst().notice())
                    .isEmpty();
            assertThat(plan(home, one).warnings()).isEmpty();
        }
    }

    @Test
    void theReceiptSaysItTooAndOfOneAtRestItDoesNot() throws Exception {
        for (boolean inUse : new boolean[] {true, false}) {
            Path own = Files.createDirectories(root.resolve("in-use-" + inUse));
            try (TestHome home = new TestHome(own)) {
                Backup one = backUp(home, inUse);
                Path out = Files.createDirectories(own.resolve("out"));
                var task = home.done(home.console()
                        .files()
                        .start(new NewFileRestore(
                                one.id(),
                                List.of(FilePath.parse("0:/letter.txt")),
                                new NewFileRestore.Place.Folder(out),
                                Conflict.KEEP)));
                assertThat(out.resolve("letter.txt")).hasContent("Dear all");
                FileReceipt receipt = home.console().files().receipt(task.id());
                assertThat(receipt.outcome().lastSecondsMissing()).isEqualTo(inUse);
                for (Language language : Language.values()) {
                    Text text = Text.of(language, Clock.systemUTC());
                    assertThat(new ReceiptWords(text)
                                    .sheet(receipt).facts().stream()
                                            .map(Fact::value)
                                            .anyMatch(text.get("wizard.care.seconds")::equals))
                            .isEqualTo(inUse);
                }
            }
        }
    }
}
