package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** B11 by command line: damage names the backups and the stretches of their disks, to people and to scripts. */
class VerifyCommandTest {
    private static final int BLOCK = 65_536;
    /** Of an image of 4 MB the first half is data, to the end of the block in which that ends. */
    private static final int DATA = 31 * BLOCK;

    @TempDir
    private Path folder;

    @Test
    void aPackThatIsGoneNamesAllDataOfOneBackupAndWhatTheOtherSharesWithIt() throws Exception {
        try (TestHome test = new TestHome(folder)) {
            TypedCommands home = new TypedCommands(test, folder);
            Disk disk = test.image("web", 4);
            Vault vault = test.vault("vault_a", disk);
            String one = test.backUp(vault, disk, "one").session().orElseThrow();
            // The third and the fourth block.
            test.change(disk, 2 * BLOCK, 2 * BLOCK, 7);
            test.backUp(vault, disk, "two");
            List<Path> packs;
            try (var files = Files.walk(folder)) {
                packs = files.filter(
                                file -> file.toString().contains("/data/" + one + '/') && Files.isRegularFile(file))
                        .toList();
            }
            assertThat(packs).hasSize(1);
            test.restart(() -> Files.delete(packs.getFirst()));

            ScriptedTerminal said = home.ended(ExitStatus.PROBLEM, "vault", "verify", "vault_a", "--json");
            Map<String, Object> json = JSON.std.mapFrom(said.output());
            assertThat(json.get("ranges"))
                    .isEqualTo(List.of(
                            Map.of(
                                    "backup",
                                    "two",
                                    "runs",
                                    List.of(
                                            Map.of("disk", "web", "from", 0, "to", 2 * BLOCK),
                                            Map.of("disk", "web", "from", 4 * BLOCK, "to", DATA)),
                                    "more",
                                    0,
                                    "bytes",
                                    DATA - 2 * BLOCK),
                            Map.of(
                                    "backup",
                                    "one",
                                    "runs",
                                    List.of(Map.of("disk", "web", "from", 0, "to", DATA)),
                                    "more",
                                    0,
                                    "bytes",
                                    DATA)));

            said = home.ended(ExitStatus.PROBLEM, "vault", "verify", "vault_a");
            assertThat(said.output() + said.errors())
                    .contains("Cannot be restored from two: web: 131 KB at 0 B, 1.8 MB at 262 KB")
                    .contains("Cannot be restored from one: web: 2 MB at 0 B");
            assertThat(home.json("vault", "show", "vault_a", "--json")).containsEntry("damaged", 2);
            assertThat(home.ended(ExitStatus.DONE, "vault", "show", "vault_a").errors())
                    .contains(
                            "2 backups in vault_a are damaged; 0 are sound.",
                            "Hit: two, one.",
                            "No sound backup is left");
            assertThat(home.ended(ExitStatus.DONE, "--lang", "zh", "vault", "show", "vault_a")
                            .errors())
                    .contains("two");
            said = home.ended(ExitStatus.PROBLEM, "--lang", "zh", "vault", "verify", "vault_a");
            assertThat(said.output() + said.errors()).contains("无法恢复的部分：two：web：0 B 处的 131 KB、262 KB 处的 1.8 MB");
        }
    }
}
