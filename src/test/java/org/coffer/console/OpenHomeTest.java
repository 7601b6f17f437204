package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.coffer.console.home.Home;
import org.coffer.machine.LoopDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L4: a home in a folder that all may read, because other things lie in it too. Needs root, for a loop device. */
class OpenHomeTest {
    @TempDir
    private Path home;

    @TempDir
    private Path elsewhere;

    private String rights(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(name)));
    }

    @Test
    void whatCofferMakesThereIsForItsAccountAlone() throws IOException {
        Files.createFile(home.resolve("letter.txt"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.write(elsewhere.resolve("a.img"), new byte[1_000_000]);
        try (LoopDevice _ = LoopDevice.attach(file);
                Console console = Console.open(new Home(home), Clock.systemUTC())) {
            console.disks().refresh();
            assertThat(rights("catalog.mv.db")).isEqualTo("rw-------");
            assertThat(rights("cache")).isEqualTo("rwx------");
            assertThat(rights("log")).isEqualTo("rwx------");
            assertThat(rights("disks.seen")).isEqualTo("rw-------");
        }
        assertThat(rights("")).isEqualTo("rwxr-xr-x");
    }
}
