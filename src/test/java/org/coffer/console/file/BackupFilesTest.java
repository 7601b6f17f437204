package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S7: looking into backups, searching them, and looking at files; see {@link FilesLab} for what is on the disk. */
class BackupFilesTest {
    @TempDir
    private Path root;

    private FilesLab lab;

    @BeforeEach
    void fill() throws Exception {
        lab = new FilesLab(root).fill();
    }

    private static Disk add(TestHome home, Path image, String name) {
        return home.console().disks().addImage(new NewImage(image, Optional.of(name), Disk.Role.DATA));
    }

    private static List<String> names(TestHome home, Backup backup, String folder) {
        return home
                .console()
                .files()
                .list(backup.id(), FilePath.parse(folder), BackupFiles.NATURAL, Work.quiet())
                .entries()
                .stream()
                .map(FileEntry::name)
                .toList();
    }

    /** Keeps what a search says. */
    private static final class Heard implements SearchSink {
        final Map<FileHit.Key, FileHit> hits = new LinkedHashMap<>();
        final List<SearchState> states = new ArrayList<>();

        @Override
        public void found(FileHit hit) {
            hits.put(hit.key(), hit);
        }

        @Override
        public void looked(SearchState state) {
            states.add(state);
        }

        List<String> paths() {
            return hits.keySet().stream().map(key -> key.path().text()).toList();
        }
    }

    private static Heard search(TestHome home, FileSearch.Scope scope, String text) {
        Heard heard = new Heard();
        SearchState end = home.console().files().search(FileSearch.of(scope, text), heard, Work.quiet());
        assertThat(heard.states).last().isEqualTo(end);
        return heard;
    }

    @Test
    void aDiskIsBrowsedByItsVolumes() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = add(home, lab.partitioned("web"), "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            BackupFiles files = home.console().files();

            assertThat(files.volumes(one.id()))
                    .extracting(FileVolume::number, FileVolume::format, FileVolume::label, FileVolume::readable)
                    .containsExactly(
                            tuple(1, "ext4", "DATA", true), tuple(2, "ext2", "", true), tuple(3, "luks", "", false));
            assertThat(files.volumes(one.id()).get(2).problem())
                    .map(problem -> Refusals.spoken(problem).code())
                    .contains("files.encrypted");
            assertThat(names(home, one, "1:/")).containsExactly("big", "docs", "empty", "links", "lost+found");
            assertThat(names(home, one, "1:/docs"))
                    .containsExactly("gb.txt", "own", "picture.png", "report.txt", FilesLab.CHINESE);
            assertThat(names(home, one, "2:/old")).containsExactly("notes.txt");
            assertThat(names(home, one, "1:/empty")).isEmpty();

            FileEntry report =
                    files.find(one.id(), FilePath.parse("1:/docs/report.txt")).orElseThrow();
            assertThat(report.size()).isEqualTo(11);
            assertThat(report.modified()).isEqualTo(FilesLab.OLD);
            assertThat(report.kind()).isEqualTo(FileKind.FILE);
            assertThat(files.find(one.id(), FilePath.parse("1:/docs/own"))
                            .orElseThrow()
                            .owner())
                    .contains(new FileOwner(1234, 2345, 0640));
            assertThat(files.find(one.id(), FilePath.parse("1:/links/to-report"))
                            .orElseThrow()
                            .target())
                    .contains("../docs/report.txt");
            assertThat(files.find(one.id(), FilePath.root(1)).orElseThrow().isFolder())
                    .isTrue();
            assertThat(files.find(one.id(), FilePath.parse("1:/docs/none"))).isEmpty();
            assertThat(Refusals.code(() -> names(home, one, "1:/nowhere"))).isEqualTo("files.missing");
            assertThat(Refusals.code(() -> names(home, one, "1:/docs/own"))).isEqualTo("files.no-folder");
            assertThat(Refusals.code(() -> names(home, one, "3:/"))).isEqualTo("files.encrypted");
            assertThat(Refusals.code(() -> names(home, one, "9:/"))).isEqualTo("files.missing");
            assertThat(files.origin(one.id(), FilePath.parse("1:/docs/own")))
                    .as("it is not mounted")
                    .isEmpty();
        }
    }

    @Test
    void filesAreLookedAtBeforeTheyAreRestored() throws Exception {
        Path docs = lab.data().resolve("docs");
        Files.write(docs.resolve("wide.txt"), "\ufeffwide text".getBytes(StandardCharsets.UTF_16LE));
        Files.write(docs.resolve("unmarked.txt"), "wide text".getBytes(StandardCharsets.UTF_16BE));
        try (TestHome home = new TestHome(root)) {
            Disk disk = add(home, lab.plain("web", lab.data(), 80 << 20), "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");

            assertThat(preview(home, one, "report.txt", 100))
                    .isEqualTo(new FilePreview.Text("the report\n", "UTF-8", true));
            assertThat(preview(home, one, "report.txt", 3)).isEqualTo(new FilePreview.Text("the", "UTF-8", false));
            assertThat(preview(home, one, FilesLab.CHINESE, 4))
                    .as("a character is not cut in two")
                    .isEqualTo(new FilePreview.Text(FilesLab.CHINESE.substring(0, 1), "UTF-8", false));
            assertThat(preview(home, one, "gb.txt", 100))
                    .isEqualTo(new FilePreview.Text(FilesLab.CHINESE, "GB18030", true));
            assertThat(preview(home, one, "wide.txt", 100))
                    .isEqualTo(new FilePreview.Text("wide text", "UTF-16LE", true));
            assertThat(preview(home, one, "unmarked.txt", 100))
                    .isEqualTo(new FilePreview.Text("wide text", "UTF-16BE", true));
            assertThat(preview(home, one, "picture.png", 100))
                    .isInstanceOfSatisfying(FilePreview.Picture.class, picture -> {
                        assertThat(picture.format()).isEqualTo("PNG");
                        assertThat(picture.bytes().remaining()).isEqualTo(24);
                        assertThat(picture.whole()).isTrue();
                    });
            assertThat(home.console().files().preview(one.id(), FilePath.parse("0:/big/random"), 1000))
                    .isEqualTo(new FilePreview.None());
            assertThat(Refusals.code(() -> home.console().files().preview(one.id(), FilePath.parse("0:/docs"), 9)))
                    .isEqualTo("files.no-file");
        }
    }

    private static FilePreview preview(TestHome home, Backup backup, String name, int most) {
        return home.console().files().preview(backup.id(), FilePath.parse("0:/docs/" + name), most);
    }

    @Test
    void namesAreFoundInAllBackupsWithTheirVersions() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Path image = lab.partitioned("web");
            Disk disk = add(home, image, "web");
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Backup two = home.backUp(vault, disk, "two");
            Files.writeString(lab.data().resolve("docs/report.txt"), "the second report\n");
            Files.delete(lab.data().resolve("docs/own"));
            lab.write(image);
            Backup three = home.backUp(vault, disk, "three");
            var all = new FileSearch.Scope.OfDisk(disk.id());

            Heard reports = search(home, all, "REPORT");
            assertThat(reports.paths()).containsExactlyInAnyOrder("1:/docs/report.txt", "1:/links/to-report");
            FileHit report = Objects.requireNonNull(
                    reports.hits.get(new FileHit.Key(disk.id(), FilePath.parse("1:/docs/report.txt"))));
            assertThat(report.versions())
                    .extracting(
                            version -> version.newest().name(),
                            FileVersion::backups,
                            version -> version.entry().size())
                    .containsExactly(tuple("three", 1, 18L), tuple("two", 2, 11L));
            assertThat(reports.states)
                    .extracting(SearchState::looked)
                    .startsWith(0)
                    .endsWith(3);
            assertThat(reports.states).last().matches(state -> state.backups() == 3 && !state.full());

            assertThat(search(home, all, FilesLab.CHINESE.substring(0, 2)).paths())
                    .containsExactly("1:/docs/" + FilesLab.CHINESE);
            assertThat(search(home, all, "t*n-?").paths())
                    .containsExactlyInAnyOrder("1:/links/twin-a", "1:/links/twin-b");
            assertThat(search(home, new FileSearch.Scope.One(two.id()), "notes").paths())
                    .containsExactly("2:/old/notes.txt");
            assertThat(search(home, new FileSearch.Scope.One(three.id()), "own").paths())
                    .isEmpty();
            assertThat(search(home, new FileSearch.Scope.All(), "own").paths()).containsExactly("1:/docs/own");

            List<FileVersion> versions =
                    home.console().files().versions(disk.id(), FilePath.parse("1:/docs/report.txt"), Work.quiet());
            assertThat(versions).isEqualTo(report.versions());
            assertThat(home.console().files().versions(disk.id(), FilePath.parse("1:/docs/own"), Work.quiet()))
                    .singleElement()
                    .matches(version -> version.newest().id().equals(two.id()) && version.backups() == 2);
        }
    }

    @Test
    void aSearchEndsWhenThereIsEnoughOrSomebodyCancelsIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = add(home, lab.plain("web", lab.data(), 80 << 20), "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            var scope = new FileSearch.Scope.One(one.id());

            Heard some = new Heard();
            SearchState end = home.console().files().search(new FileSearch(scope, "", 4), some, Work.quiet());
            assertThat(some.hits).hasSize(4);
            assertThat(end.full()).isTrue();

            Work canceled = new Work();
            canceled.cancel();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> home.console().files().search(FileSearch.of(scope, "a"), new Heard(), canceled)))
                    .isInstanceOf(CanceledException.class);
        }
    }

    @Test
    void aBackupIsNotDeletedWhileSomebodyLooksIntoIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = add(home, lab.plain("web", lab.data(), 80 << 20), "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            List<String> refused = new ArrayList<>();

            home.console()
                    .files()
                    .search(
                            FileSearch.of(new FileSearch.Scope.One(one.id()), "report"),
                            new SearchSink() {
                                @Override
                                public void found(FileHit hit) {
                                    refused.add(Refusals.code(
                                            () -> home.console().deletion().delete(List.of(one.id()))));
                                }

                                @Override
                                public void looked(SearchState state) {
                                    // How far it is says nothing here.
                                }
                            },
                            Work.quiet());
            assertThat(refused).contains("backup.looked-at").containsOnly("backup.looked-at");

            home.delete(one);
            assertThat(Refusals.code(() -> names(home, one, "0:/"))).isEqualTo("backup.missing");
        }
    }

    /** The bounds of what is taken from a disk that anybody may have written, at sizes that a test can fill. */
    @Test
    void whatIsTooManyIsToldAndTheRestIsThere() throws Exception {
        Path docs = lab.data().resolve("docs");
        int there = Objects.requireNonNull(docs.toFile().list()).length;
        try (TestHome home = new TestHome(root)) {
            Disk disk = add(home, lab.plain("web", lab.data(), 80 << 20), "web");
            Backup one = home.backUp(home.vault("vault_a", disk), disk, "one");
            OpenBackups open = home.console().files().open();
            FilePath folder = FilePath.parse("0:/docs");
            int most = there - 1;
            try (OpenBackups.Use use = open.use(one.id())) {
                FileListing all =
                        new Listing(use.tree(folder), folder, Work.quiet(), there).sorted(BackupFiles.NATURAL);
                assertThat(all.entries()).hasSize(there);
                assertThat(all.problem()).isEmpty();
                FileListing cut = new Listing(use.tree(folder), folder, Work.quiet(), most).sorted(BackupFiles.NATURAL);
                assertThat(cut.entries()).hasSize(most);
                assertThat(cut.problem().map(Refusals::spoken))
                        .contains(Problem.of("files.many", "path", "0:/docs", "most", most));

                Census census = new Census(Work.quiet());
                new Selection(use.backup(), List.of(folder, FilePath.parse("0:/links")), Work.quiet(), most)
                        .walk(census);
                assertThat(census.unreadable())
                        .extracting(
                                FileFailure::path,
                                failure -> Refusals.spoken(failure.problem()).code())
                        .containsExactly(tuple("0:/docs", "files.many"));
                assertThat(census.files()).as("of the other folder").isPositive();
            }
            Heard heard = new Heard();
            new Searching(open, FileSearch.of(new FileSearch.Scope.One(one.id()), "report"), heard, Work.quiet(), 2)
                    .run(List.of(one));
            assertThat(heard.states.getLast().problems())
                    .extracting(trouble -> Refusals.spoken(trouble.problem()))
                    .containsExactly(Problem.of("files.many", "path", "0:/", "most", 2));
        }
    }
}
