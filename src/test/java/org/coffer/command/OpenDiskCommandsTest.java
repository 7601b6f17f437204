package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S6 by command line: opening, listing, closing. */
class OpenDiskCommandsTest {
    @TempDir
    private Path folder;

    private record Home(TestHome home) implements Opened {
        @Override
        public Console console() {
            return home.console();
        }

        @Override
        public Optional<Path> log() {
            return Optional.empty();
        }
    }

    private ScriptedTerminal ended(Home home, int status, String... words) {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, words);
        assertThat(new Cli(terminal, Clock.systemUTC(), home).run())
                .as(terminal.output() + terminal.errors())
                .isEqualTo(status);
        return terminal;
    }

    @Test
    void aBackupIsOpenedListedAndClosed() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            Home home = new Home(test);
            Disk disk = test.image("web", 3);
            test.backUp(test.vault("vault_a", disk), disk, "one");

            Map<String, Object> opened = JSON.std.mapFrom(ended(home, 0, "restore", "open", "one", "--write", "--json")
                    .output());
            String uri = String.valueOf(opened.get("uri"));
            String id = String.valueOf(opened.get("id"));
            assertThat(Shell.run("qemu-io", "-f", "raw", "-c", "write -P 7 0 4k", uri))
                    .contains("wrote 4096");

            assertThat(ended(home, ExitStatus.PROBLEM, "restore", "mount", "one")
                            .errors())
                    .contains("There is nothing to mount");
            assertThat(ended(home, 0, "restore", "unmount", "one").output()).contains("not mounted");

            List<Object> listed = JSON.std.listFrom(
                    ended(home, 0, "restore", "opened", "--json").output());
            assertThat(listed)
                    .singleElement()
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("id", id)
                    .containsEntry("uri", uri)
                    .containsEntry("writable", true);
            assertThat(ended(home, 0, "restore", "opened").output()).contains(id.substring(0, 8), "one", uri);

            assertThat(ended(home, 0, "restore", "close", id.substring(0, 8)).output())
                    .contains("kept");
            assertThat(ended(home, 0, "restore", "opened").output()).contains("changes kept");
            assertThat(ended(home, ExitStatus.UNCONFIRMED, "restore", "close", "one", "--discard")
                            .errors())
                    .contains("thrown away");
            ended(home, 0, "restore", "close", "one", "--discard", "--yes");
            assertThat(ended(home, 0, "restore", "opened").output()).contains("No backup is open");
        }
    }

    @Test
    void whatCannotBeIsRefusedInWords() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            Home home = new Home(test);
            Disk disk = test.image("web", 1);
            test.backUp(test.vault("vault_a", disk), disk, "one");

            assertThat(ended(home, ExitStatus.PROBLEM, "restore", "open", "one", "--port", "70000")
                            .errors())
                    .contains("There is no port 70000");
            assertThat(ended(home, ExitStatus.PROBLEM, "restore", "close", "nobody")
                            .errors())
                    .contains("There is no open disk nobody");
            ended(home, ExitStatus.USAGE, "restore", "open", "one", "--port", "0", "--socket", "s");
            assertThat(test.console().openDisks().list()).isEmpty();
        }
    }
}
