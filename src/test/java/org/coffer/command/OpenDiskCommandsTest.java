package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S6 by command line: opening, listing, closing. */
class OpenDiskCommandsTest {
    @TempDir
    private Path folder;

    @Test
    void aBackupIsOpenedListedAndClosed() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.image("web", 3);
            test.backUp(test.vault("vault_a", disk), disk, "one");

            Map<String, Object> opened = JSON.std.mapFrom(
                    home.ended(0, "restore", "open", "one", "--write", "--json").output());
            String uri = String.valueOf(opened.get("uri"));
            String id = String.valueOf(opened.get("id"));
            assertThat(Shell.run("qemu-io", "-f", "raw", "-c", "write -P 7 0 4k", uri))
                    .contains("wrote 4096");

            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "mount", "one").errors())
                    .contains("There is nothing to mount");
            assertThat(home.ended(0, "restore", "unmount", "one").output()).contains("not mounted");

            List<Object> listed = JSON.std.listFrom(
                    home.ended(0, "restore", "opened", "--json").output());
            assertThat(listed)
                    .singleElement()
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("id", id)
                    .containsEntry("uri", uri)
                    .containsEntry("writable", true);
            assertThat(home.ended(0, "restore", "opened").output()).contains(id.substring(0, 8), "one", uri);

            assertThat(home.ended(0, "restore", "close", id.substring(0, 8)).output())
                    .contains("kept");
            assertThat(home.ended(0, "restore", "opened").output()).contains("changes kept");
            assertThat(home.ended(ExitStatus.UNCONFIRMED, "restore", "close", "one", "--discard")
                            .errors())
                    .contains("thrown away");
            home.ended(0, "restore", "close", "one", "--discard", "--yes");
            assertThat(home.ended(0, "restore", "opened").output()).contains("No backup is open");
        }
    }

    @Test
    void whatCannotBeIsRefusedInWords() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.image("web", 1);
            test.backUp(test.vault("vault_a", disk), disk, "one");

            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "open", "one", "--port", "70000")
                            .errors())
                    .contains("There is no port 70000");
            assertThat(home.ended(ExitStatus.PROBLEM, "restore", "close", "nobody")
                            .errors())
                    .contains("There is no open disk nobody");
            home.ended(ExitStatus.USAGE, "restore", "open", "one", "--port", "0", "--socket", "s");
            assertThat(test.console().openDisks().list()).isEmpty();
        }
    }
}
