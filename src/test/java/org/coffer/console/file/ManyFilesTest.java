package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.engine.work.Work;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7: 200,000 files in one folder, listed, found and restored. Needs root, for a mount. */
@Tag("long")
class ManyFilesTest {
    private static final int FILES = 200_000;

    @TempDir
    private Path root;

    @Test
    void aFolderOfManyFilesIsListedSearchedAndRestored() throws Exception {
        Path image = root.resolve("web.img");
        Shell.run("truncate", "-s", "300M", image.toString());
        Shell.run("mkfs.ext4", "-q", "-F", "-b", "4096", "-N", "250000", image.toString());
        // The kernel finds names in a large folder; the tool that fills one at making it looks through all of them each
        // time.
        Path mount = Files.createDirectory(root.resolve("mount"));
        Shell.run("mount", "-o", "loop", image.toString(), mount.toString());
        try {
            Path many = Files.createDirectory(mount.resolve("many"));
            for (int i = 0; i < FILES; i++) {
                Files.createFile(many.resolve("document number " + i + ".txt"));
            }
        } finally {
            Shell.run("umount", mount.toString());
        }
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.console().disks().addImage(new NewImage(image, Optional.of("web"), Disk.Role.DATA));
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");

            FileListing listing =
                    home.console().files().list(one.id(), FilePath.parse("0:/many"), BackupFiles.NATURAL, Work.quiet());
            assertThat(listing.problem()).isEmpty();
            assertThat(listing.entries()).hasSize(FILES);
            assertThat(listing.entries().get(77).name()).isEqualTo("document number 77.txt");

            List<String> found = new ArrayList<>();
            SearchState end = home.console()
                    .files()
                    .search(
                            FileSearch.of(new FileSearch.Scope.One(one.id()), "number 12345."),
                            new SearchSink() {
                                @Override
                                public void found(FileHit hit) {
                                    found.add(hit.path().name());
                                }

                                @Override
                                public void looked(SearchState state) {
                                    assertThat(state.backups()).isEqualTo(1);
                                }
                            },
                            Work.quiet());
            assertThat(end.names()).isGreaterThanOrEqualTo(FILES);
            assertThat(found).containsExactly("document number 12345.txt");

            Path into = root.resolve("into");
            FileOutcome outcome = home.console()
                    .files()
                    .outcome(home.done(home.console()
                            .files()
                            .start(new NewFileRestore(
                                    one.id(),
                                    List.of(FilePath.parse("0:/many")),
                                    new NewFileRestore.Place.Folder(into),
                                    Conflict.KEEP))));
            assertThat(outcome.restored()).isEqualTo(FILES);
            assertThat(into.resolve("many/document number 199999.txt")).exists();
        }
    }
}
