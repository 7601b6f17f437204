package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.task.Task;
import org.coffer.machine.FormattedDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7: what comes out of a backup is what the file systems' own tools show of the disk. Needs root; see {@link FormattedDisk}. */
class FormatsRestoreTest {
    @TempDir
    private Path root;

    @Test
    void allFilesOfEachFileSystemComeBackWithContentsTimesAndOwners() throws Exception {
        Path image = root.resolve("web.img");
        FormattedDisk formatted = FormattedDisk.gpt(image, root.resolve("scratch"));
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            for (FormattedDisk.Part part : formatted.parts()) {
                Path into = Files.createDirectory(root.resolve(part.format()));
                FilePath all = FilePath.root(part.number());

                Task task = home.done(home.console()
                        .files()
                        .start(new NewFileRestore(
                                one.id(), List.of(all), new NewFileRestore.Place.Folder(into), Conflict.KEEP)));

                assertThat(formatted.shownAt(into.resolve("volume-" + part.number()), part))
                        .as(part.format())
                        .containsExactlyElementsOf(formatted.shown(image, part));
                FileOutcome outcome = home.console().files().outcome(task);
                assertThat(outcome.failed()).isZero();
                assertThat(outcome.ownersKept()).isTrue();
            }
        }
    }
}
