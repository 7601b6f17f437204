package org.coffer.console.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.coffer.console.Refusals;
import org.coffer.engine.store.FolderStore;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            Linux,      '',            '',          /home/ana/.local/share/coffer
            Linux,      XDG_DATA_HOME, /data,       /data/coffer
            Linux,      XDG_DATA_HOME, relative,    /home/ana/.local/share/coffer
            Linux,      COFFER_HOME,   /srv/coffer, /srv/coffer
            Mac OS X,   XDG_DATA_HOME, /data,       /home/ana/Library/Application Support/Coffer
            Windows 11, LOCALAPPDATA,  /local,      /local/Coffer
            Windows 11, '',            '',          /home/ana/AppData/Local/Coffer
            """)
    void theUsualPlaceFollowsTheSystem(String system, String variable, String value, String expected) {
        Map<String, String> environment = variable.isEmpty() ? Map.of() : Map.of(variable, value);
        assertThat(Home.usual(system, Path.of("/home/ana"), environment).directory())
                .isEqualTo(Path.of(expected));
    }

    @Test
    void aNewHomeIsReadableByItsUserAlone() throws IOException {
        Home home = new Home(folder.resolve("a/b"));
        home.create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void noHomeIsBegunAmongTheVaultsOfALocation() throws IOException {
        Path location = Files.createDirectory(folder.resolve("location"));
        Home older = new Home(location.resolve("older"));
        older.create();
        Files.createFile(older.lock());
        FolderStore.initialize(location);
        for (Path path : new Path[] {location, location.resolve("a/b")}) {
            assertThat(Refusals.code(() -> new Home(path).create())).isEqualTo("home.in-location");
            assertThat(path.resolve("b")).doesNotExist();
        }
        older.create();
    }

    /** A folder open to all, with what Coffer keeps in it. */
    private Path open(String... more) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve("home"));
        for (String file : new String[] {"catalog.mv.db", "catalog-v1.mv.db", "disks.seen", "lock", "secrets"}) {
            Files.createFile(home.resolve(file));
        }
        for (String file : more) {
            Files.createFile(home.resolve(file));
        }
        Files.createFile(Files.createDirectory(home.resolve("log")).resolve("coffer.log"));
        Files.createDirectory(home.resolve("vaults"));
        run("chmod", "-R", "a+rX", home.toString());
        return home;
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aHomeThatIsOpenToAllIsClosedWhenItIsTaken() throws Exception {
        Path home = open();
        HomeOwnership.take(new Home(home), Clock.systemUTC(), Map.of())
                .orElseThrow()
                .close();
        assertThat(rights(home)).isEqualTo("rwx------");
        for (String name : new String[] {"catalog.mv.db", "catalog-v1.mv.db", "disks.seen", "lock", "secrets"}) {
            assertThat(rights(home.resolve(name))).as(name).isEqualTo("rw-------");
        }
        assertThat(rights(home.resolve("log"))).isEqualTo("rwx------");
        assertThat(rights(home.resolve("cache"))).isEqualTo("rwx------");
        assertThat(rights(home.resolve("vaults"))).as("a location").isEqualTo("rwxr-xr-x");
    }

    @Test
    void ofAFolderThatHoldsOtherThingsOnlyWhatIsCoffersIsClosed() throws Exception {
        Path home = open("letter.txt");
        Path elsewhere = Files.createFile(folder.resolve("elsewhere"));
        run("chmod", "644", elsewhere.toString());
        Files.createSymbolicLink(home.resolve("catalog.link"), elsewhere);
        HomeOwnership.take(new Home(home), Clock.systemUTC(), Map.of())
                .orElseThrow()
                .close();
        assertThat(rights(home)).isEqualTo("rwxr-xr-x");
        assertThat(rights(home.resolve("letter.txt"))).isEqualTo("rw-r--r--");
        assertThat(rights(elsewhere)).isEqualTo("rw-r--r--");
        assertThat(rights(home.resolve("catalog.mv.db"))).isEqualTo("rw-------");
        assertThat(rights(home.resolve("log"))).isEqualTo("rwx------");
    }

    /** Needs root, for giving a folder away. */
    @Test
    void aHomeOfAnotherAccountIsRefusedToRootTooAndNothingIsWrittenThere() throws Exception {
        Path home = Files.createDirectory(folder.resolve("given"));
        run("chown", "65534", home.toString());
        for (boolean used : new boolean[] {false, true}) {
            if (used) {
                Files.createFile(home.resolve("lock"));
            }
            Problem refused = Refusals.problem(() -> take(home));
            assertThat(refused.code()).isEqualTo("home.foreign");
            assertThat(refused.args()).containsEntry("home", home.toString()).containsKeys("owner", "user");
        }
        assertThat(home.resolve("log")).doesNotExist();
        assertThat(home.resolve("lock")).isEmptyFile();
    }

    @Test
    void aFileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> take(file)).satisfies(e -> {
            assertThat(problem(e)).isEqualTo("home.not-folder");
            assertThat(((ProblemException) e).problem().args()).containsEntry("home", file.toString());
        });
        assertThat(file).hasContent("x");
    }

    /** Needs root, for mounting. */
    @Test
    void aReadOnlyFileSystemIsToldApartFromOtherTrouble() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "coffer-test", mount.toString());
        try {
            Path home = Files.createDirectory(mount.resolve("home"));
            run("mount", "-o", "remount,ro", mount.toString());
            assertThatThrownBy(() -> take(home))
                    .satisfies(e -> assertThat(problem(e)).isEqualTo("home.denied"));
            assertThatThrownBy(() -> take(mount.resolve("new")))
                    .satisfies(e -> assertThat(problem(e)).isEqualTo("home.denied"));
        } finally {
            run("umount", mount.toString());
        }
    }

    private static void take(Path home) {
        HomeOwnership.take(new Home(home), Clock.systemUTC(), Map.of());
    }

    private static String problem(Throwable thrown) {
        return ((ProblemException) thrown).problem().code();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
