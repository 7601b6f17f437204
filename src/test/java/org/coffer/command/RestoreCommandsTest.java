package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S1, S3, S8 by command line: what is said before a disk is overwritten, the way back, receipts. */
class RestoreCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsOverwrittenAndWhatStaysIsSaidBeforeAndItIsUndoneAfter() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.image("web", 4);
            test.image("other", 2);
            byte[] old = Files.readAllBytes(disk.path());
            test.backUp(test.vault("vault_a", disk), disk, "one");
            test.change(disk, 1_000_000, 100, 1);
            byte[] now = Files.readAllBytes(disk.path());

            String asked = home.ended(ExitStatus.UNCONFIRMED, "restore", "run", "one", "--compare")
                    .errors();
            assertThat(asked)
                    .contains("These disks stay as they are:", "other", "Estimated time")
                    .contains("will be overwritten with one")
                    .contains("differs (1 block)")
                    .contains("kept as a safety copy until");
            assertThat(home.ended(ExitStatus.UNCONFIRMED, "restore", "run", "one", "--no-safety-copy")
                            .errors())
                    .contains("is lost")
                    .doesNotContain("safety copy");
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);

            Map<String, Object> done = home.json("restore", "run", "one", "--compare", "--yes", "--json");
            assertThat(done)
                    .containsEntry("bytesWritten", 65_536)
                    .containsEntry("bytesDiffering", 65_536)
                    .containsEntry("blocksDiffering", 1)
                    .containsKeys("task", "bytesCompared", "seconds");
            assertThat(done.get("safetyCopy")).isNotNull();
            assertThat(done.get("undoUntil")).isNotNull();
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(old);

            String task = String.valueOf(done.get("task"));
            assertThat(home.ended(ExitStatus.UNCONFIRMED, "restore", "undo", task)
                            .errors())
                    .contains("will become again what it was");
            Map<String, Object> undone = home.json("restore", "undo", task, "--yes", "--json");
            assertThat(undone).containsEntry("bytesWritten", 65_536).containsEntry("safetyCopy", null);
            assertThat(Files.readAllBytes(disk.path())).isEqualTo(now);
            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "undo", task, "--yes")
                            .errors())
                    .contains("undone already");
        }
    }

    @Test
    void aLargerDiskGrowsOnRequestAndSaysSoBeforeAndAfter() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.sparse("data", 24 << 20);
            Shell.run("mkfs.ext4", "-q", "-F", disk.path().toString());
            test.sparse("spare", 60 << 20);
            test.backUp(test.vault("vault_a", disk), disk, "one");

            assertThat(home.ended(ExitStatus.UNCONFIRMED, "restore", "run", "one", "--to", "spare")
                            .errors())
                    .contains("With --grow, ext4 at the end of spare");
            assertThat(home.ended(ExitStatus.UNCONFIRMED, "restore", "run", "one", "--to", "spare", "--grow")
                            .errors())
                    .contains("Afterwards ext4 at its end is grown from")
                    .doesNotContain("stay as they are.");
            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "run", "one", "--grow", "--yes")
                            .errors())
                    .contains("There is no room left over.");
            assertThat(home.ended(
                                    ExitStatus.PROBLEM,
                                    "restore",
                                    "run",
                                    "one",
                                    "--to",
                                    "spare",
                                    "--grow",
                                    "--no-verify",
                                    "--yes")
                            .errors())
                    .contains("spare is grown only after it was checked.");

            Map<String, Object> done = home.json("restore", "run", "one", "--to", "spare", "--grow", "--yes", "--json");
            assertThat(done)
                    .containsEntry("grownFrom", 24 << 20)
                    .containsEntry("grownTo", 60 << 20)
                    .containsEntry("growError", null);
            String task = String.valueOf(done.get("task"));
            assertThat(home.json("restore", "receipt", task, "--json")).containsEntry("grownTo", 60 << 20);
            assertThat(home.ended(ExitStatus.DONE, "restore", "receipt", task).output())
                    .contains("Made larger", "and checked");
            assertThat(home.ended(ExitStatus.DONE, "--lang", "zh", "task", "show", task)
                            .output())
                    .contains("已扩展到");
        }
    }

    @Test
    void aReceiptIsShownAndSavedInEitherLanguage() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.image("web", 4);
            Disk spare = test.image("spare", 5);
            test.backUp(test.vault("vault_a", disk), disk, "one");

            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "run", "one", "--map", "mail=spare", "--yes")
                            .errors())
                    .contains("a backup of web alone, not of mail");
            home.ended(ExitStatus.USAGE, "restore", "run", "one", "--map", "web=spare", "--to", "spare");
            Map<String, Object> done = home.json("restore", "run", "one", "--map", "web=spare", "--yes", "--json");
            String task = String.valueOf(done.get("task"));
            assertThat(Files.readAllBytes(spare.path())).startsWith(Files.readAllBytes(disk.path()));

            assertThat(home.ended(ExitStatus.DONE, "restore", "receipt", task, "--file", "receipt.txt")
                            .output())
                    .contains(
                            "Restored and checked",
                            "one of web",
                            "vault_a",
                            "beforerestore_",
                            "spare is larger than the disk that was backed up");
            assertThat(Files.readString(folder.resolve("receipt.txt")))
                    .contains("Receipt of the restore to spare", "Result: Restored and checked");
            assertThat(home.ended(ExitStatus.DONE, "--lang", "zh", "restore", "receipt", task)
                            .output())
                    .contains("已恢复并核对无误", "安全副本");
            home.ended(ExitStatus.DONE, "--lang", "zh", "restore", "receipt", task, "--file", "receipt.html");
            assertThat(Files.readString(folder.resolve("receipt.html")))
                    .contains("<h1>spare 的恢复回执</h1>", "<p class=\"verdict\">已恢复并核对无误</p>");
            assertThat(home.json("restore", "receipt", task, "--json"))
                    .containsEntry("verdict", "verified")
                    .containsEntry("target", "spare")
                    .containsEntry("backup", "one")
                    .containsEntry("safetyCopy", done.get("safetyCopy"));
        }
    }

    @Test
    void aMapOfAnotherDiskThanTheBackupsIsRefused() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.image("web", 2);
            Disk other = test.image("other", 2);
            test.backUp(test.vault("vault_a", disk), disk, "one");
            byte[] now = Files.readAllBytes(other.path());
            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "run", "one", "--map", "mail=other", "--yes")
                            .errors())
                    .contains(
                            "one cannot be put where --map says",
                            "a backup of web alone, not of mail",
                            "--map web=TARGET");
            assertThat(home.ended(
                                    ExitStatus.PROBLEM,
                                    "restore",
                                    "run",
                                    "one",
                                    "--map",
                                    "web=other",
                                    "--map",
                                    "mail=other",
                                    "--yes")
                            .errors())
                    .contains("not of web, mail");
            assertThat(Files.readAllBytes(other.path())).isEqualTo(now);
            home.ended(0, "restore", "run", "one", "--map", "web=other", "--yes");
            assertThat(Files.readAllBytes(other.path())).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }
}
