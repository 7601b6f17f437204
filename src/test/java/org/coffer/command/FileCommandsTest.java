package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7 by command line: browsing, searching and restoring files. */
class FileCommandsTest {
    @TempDir
    private Path folder;

    private List<?> entries(TypedCommands home, String... words) throws Exception {
        Map<String, Object> said = JSON.std.mapFrom(home.ended(0, words).output());
        return (List<?>) Objects.requireNonNull(said.get("entries"));
    }

    private static Object field(List<?> entries, int row, String name) {
        return Objects.requireNonNull(((Map<?, ?>) entries.get(row)).get(name));
    }

    @Test
    void filesAreBrowsedFoundAndRestored() throws Exception {
        Path docs = Files.createDirectories(folder.resolve("content/docs"));
        Files.writeString(docs.resolve("report.txt"), "the report\n");
        Files.writeString(docs.resolve("notes.txt"), "notes");
        Path image = folder.resolve("web.img");
        Shell.run(
                "mke2fs",
                "-q",
                "-F",
                "-t",
                "ext4",
                "-L",
                "DATA",
                "-d",
                folder.resolve("content").toString(),
                image.toString(),
                "8M");
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
            test.backUp(test.vault("vault_a", disk), disk, "one");

            assertThat(home.ended(0, "restore", "browse", "one").output()).contains("0:/", "ext4", "DATA");
            assertThat(home.ended(0, "restore", "browse", "one", "/docs").output())
                    .contains("report.txt", "11", "File");
            List<?> volumes = entries(home, "restore", "browse", "one", "--json");
            assertThat(field(volumes, 0, "path")).isEqualTo("0:/");
            assertThat(field(volumes, 0, "format")).isEqualTo("ext4");
            List<?> files = entries(home, "restore", "browse", "one", "0:/docs", "--json");
            assertThat(files).hasSize(2);
            assertThat(field(files, 1, "path")).isEqualTo("0:/docs/report.txt");
            assertThat(field(files, 1, "size")).isEqualTo(11);
            assertThat(field(files, 1, "kind")).isEqualTo("file");

            List<?> found = entries(home, "restore", "search", "one", "REP", "--all", "--json");
            assertThat(field(found, 0, "path")).isEqualTo("0:/docs/report.txt");
            assertThat(home.ended(0, "restore", "search", "one", "rep").output())
                    .contains("0:/docs/report.txt", "one");
            assertThat(home.ended(0, "restore", "search", "one", "nothing").output())
                    .contains("Not found");
            assertThat(home.ended(0, "--lang", "zh", "restore", "search", "one", "nothing")
                            .output())
                    .contains("\u6ca1\u6709\u627e\u5230");

            Path into = folder.resolve("into");
            Map<String, Object> restored = JSON.std.mapFrom(
                    home.ended(0, "restore", "files", "one", "/docs", "--into", into.toString(), "--json")
                            .output());
            assertThat(restored).containsEntry("restored", 2).containsEntry("target", into.toString());
            assertThat(into.resolve("docs/report.txt")).hasContent("the report\n");
            String task = String.valueOf(restored.get("task"));
            assertThat(home.ended(0, "restore", "receipt", task).output())
                    .contains("Restored and checked", "one of web at", "/docs", into.toString());
            assertThat(JSON.std.mapFrom(
                            home.ended(0, "restore", "receipt", task, "--json").output()))
                    .containsEntry("verdict", "done")
                    .containsEntry("asked", List.of("0:/docs"))
                    .containsEntry("restored", 2);
            Files.writeString(into.resolve("docs/report.txt"), "mine");
            home.ended(0, "restore", "files", "one", "/docs", "--into", into.toString(), "--conflict", "skip");
            assertThat(into.resolve("docs/report.txt")).hasContent("mine");
            assertThat(home.ended(0, "restore", "files", "one", "/docs", "--into", "into", "--conflict", "replace")
                            .output())
                    .contains("2 files restored to " + into);
            assertThat(into.resolve("docs/report.txt")).hasContent("the report\n");
            assertThat(home.ended(0, "restore", "files", "one", "0:/docs/notes.txt", "--into", "into/docs")
                            .errors())
                    .contains("Its name was taken");

            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "files", "one", "/none", "--into", "into")
                            .errors())
                    .contains("There is no /none");
            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "browse", "one", "0:/docs/report.txt")
                            .errors())
                    .contains("is no folder");
            home.ended(ExitStatus.USAGE, "restore", "files", "one", "--into", "into");
            home.ended(ExitStatus.USAGE, "restore", "files", "one", "/docs", "--into", "into", "--conflict", "maybe");
            for (String verb : List.of("browse", "search", "files")) {
                assertThat(home.ended(0, "restore", verb, "--help").output()).contains("coffer restore " + verb);
            }
        }
    }
}
