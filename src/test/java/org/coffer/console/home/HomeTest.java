package org.coffer.console.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
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
    void aFolderThatIsThereKeepsItsPermissions() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-x---"));
        new Home(there).create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo("rwxr-x---");
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
