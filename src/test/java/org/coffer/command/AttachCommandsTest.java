package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.TestHome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code location attach}, as scripts use it: vaults of a home that is lost come back in an empty one. */
@Timeout(120)
class AttachCommandsTest {
    @TempDir
    private Path folder;

    private TestHome fresh;

    @BeforeEach
    void loseAHome() throws IOException {
        Files.writeString(folder.resolve("key"), "open sesame\n");
        Files.writeString(folder.resolve("other"), "open says me\n");
        try (TestHome old = new TestHome(folder.resolve("old"))) {
            old.image("web", 1);
            old.location();
            typed(old, 0, "vault", "create", "v", "--location", "place", "--capacity", "10", "--tag", "team=blue");
            typed(old, 0, "vault", "bind", "v", "web");
            typed(old, 0, "policy", "bind", "Policy-0200", "v");
            typed(old, 0, "backup", "run", "v", "--name", "one");
        }
        fresh = new TestHome(folder.resolve("new"));
        ended(
                0,
                "location",
                "add",
                "drive",
                "--folder",
                folder.resolve("old/place").toString());
    }

    @AfterEach
    void close() {
        fresh.close();
    }

    private ScriptedTerminal typed(TestHome home, int status, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (words[1].equals("create")) {
            all.addAll(List.of("--passphrase-file", folder.resolve("key").toString()));
        }
        return new TypedCommands(home, folder).ended(status, all.toArray(String[]::new));
    }

    private ScriptedTerminal ended(int status, String... words) {
        return typed(fresh, status, words);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void everythingIsBackOnceSomebodySaysThatTheOldOwnerIsGone() throws IOException {
        assertThat(ended(3, "location", "attach", "drive", "--passphrase-file", file("key"))
                        .errors())
                .contains("gone for good", "--beside");
        assertThat(ended(0, "vault", "list").output()).doesNotContain("v ");
        Map<String, Object> said = new TypedCommands(fresh, folder)
                .json("location", "attach", "drive", "--passphrase-file", file("key"), "--yes", "--json");
        assertThat(String.valueOf(said.get("vaults")))
                .contains("name=v", "state=attached", "backups=1", "disks=[web]", "team=blue", "policy=Policy-0200")
                .contains("policyEnabled=true", "notes=[]");
        ended(0, "restore", "disk", "one", "--file", file("back.img"));
        assertThat(folder.resolve("back.img")).hasSameBinaryContentAs(folder.resolve("old/web.img"));
        assertThat(ended(0, "location", "attach", "drive").output()).contains("known already");
        assertThat(ended(0, "location", "attach", "drive", "--lang", "zh").output())
                .contains("都已接入");
    }

    @Test
    void besideTheOldOwnerPoliciesAreOff() throws IOException {
        assertThat(ended(2, "location", "attach", "drive", "--yes", "--beside").errors())
                .contains("--beside");
        Map<String, Object> said = new TypedCommands(fresh, folder)
                .json("location", "attach", "drive", "--passphrase-file", file("key"), "--beside", "--json");
        assertThat(String.valueOf(said.get("vaults"))).contains("policyEnabled=false");
    }

    @Test
    void whatCannotBeAttachedSaysWhyInBothLanguages() throws IOException {
        assertThat(ended(1, "location", "attach", "drive", "--yes", "--passphrase-file", file("other"))
                        .errors())
                .contains("does not open");
        assertThat(ended(1, "location", "attach", "drive", "--yes", "--passphrase-file", file("other"), "--lang", "zh")
                        .errors())
                .contains("口令无法打开");
        assertThat(ended(1, "location", "attach", "drive", "--yes").errors()).contains("--passphrase-file");
        Files.createDirectories(folder.resolve("nothing"));
        ended(0, "location", "add", "empty", "--folder", file("nothing"));
        assertThat(ended(1, "location", "attach", "empty", "--yes").errors()).contains("There is no vault in empty.");
        assertThat(ended(0, "vault", "list").output()).doesNotContain("place");
    }

    @Test
    void aLocationThatIsGoneIsForgottenOnceThatIsConfirmed() throws IOException {
        assertThat(ended(1, "location", "forget", "drive", "--yes").errors()).contains("drive is connected");
        Files.move(folder.resolve("old/place"), folder.resolve("old/away"));
        assertThat(ended(3, "location", "forget", "drive").errors()).contains("What lies there stays");
        assertThat(ended(0, "location", "forget", "drive", "--yes").output()).contains("0 vaults are forgotten");
        assertThat(ended(0, "location", "list").output()).doesNotContain("drive");
    }
}
