package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.TestHome;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code location … --s3} against a real server, as scripts use it. */
@Timeout(120)
class BucketCommandsTest {
    @TempDir
    private Path folder;

    private final S3Settings bucket = LocalBucket.shared().fresh();
    private final List<TestHome> homes = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        TestHome home = new TestHome(folder);
        homes.add(home);
        home.image("web", 2);
        Files.writeString(folder.resolve("secret"), LocalBucket.KEY.secretKey() + "\n");
    }

    @AfterEach
    void close() {
        homes.forEach(TestHome::close);
    }

    private ScriptedTerminal ended(int status, String... words) {
        return new TypedCommands(homes.getFirst(), folder).ended(status, words);
    }

    private ScriptedTerminal add(int status, String endpoint, String bucketName, String secretFile, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "location",
                "add",
                "cloud",
                "--s3",
                "--endpoint",
                endpoint,
                "--bucket",
                bucketName,
                "--path-style",
                "--access-key",
                LocalBucket.KEY.accessKey(),
                "--secret-key-file",
                folder.resolve(secretFile).toString()));
        words.addAll(List.of(more));
        return ended(status, words.toArray(String[]::new));
    }

    private String endpoint() {
        return bucket.address().endpoint().toString();
    }

    @Test
    void aBucketIsAddedTestedShownBackedUpToAndRemoved() {
        String added = add(0, endpoint(), bucket.address().bucket(), "secret", "--prefix", "desk", "--json")
                .output();
        assertThat(added)
                .contains("\"kind\":\"s3\"", "\"status\":\"connected\"", "\"region\":\"us-east-1\"", "/desk\"");
        assertThat(ended(0, "location", "test", "cloud").errors()).contains("✓ Sign in", "✓ Delete");
        assertThat(ended(0, "location", "show", "cloud", "--lang", "zh").output())
                .contains("对象存储");
        ended(0, "vault", "create", "v", "--type", "disk", "--location", "cloud", "--capacity", "10", "--no-encrypt");
        ended(0, "vault", "bind", "v", "web");
        ended(0, "backup", "run", "v", "--name", "one");
        ended(0, "restore", "disk", "one", "--file", folder.resolve("back.img").toString());
        assertThat(folder.resolve("back.img")).hasSameBinaryContentAs(folder.resolve("web.img"));
        assertThat(ended(1, "location", "remove", "cloud").errors()).contains("cloud");
    }

    @Test
    void eachMistakeNamesTheCauseInBothLanguages() throws IOException {
        Files.writeString(folder.resolve("other"), "another\n");
        String name = bucket.address().bucket();
        assertThat(add(1, "ftp://storage", name, "secret").errors()).contains("“ftp://storage” is not the address");
        assertThat(add(1, endpoint(), name, "other").errors()).contains("The secret key is wrong.");
        assertThat(add(1, endpoint(), name, "other", "--lang", "zh").errors()).contains("密钥");
        assertThat(add(1, endpoint(), "no-such-bucket", "secret").errors())
                .contains("There is no bucket no-such-bucket.");
        assertThat(add(1, "http://127.0.0.1:1", name, "secret").errors())
                .contains("Nobody answers at 127.0.0.1, port 1.");
        assertThat(add(1, "http://storage.invalid", name, "secret").errors())
                .contains("storage.invalid cannot be found");
        assertThat(ended(2, "location", "add", "cloud", "--s3", "--endpoint", endpoint())
                        .errors())
                .contains("--bucket");
        assertThat(ended(2, "location", "add", "cloud").errors()).contains("--folder");
        assertThat(ended(0, "location", "list").output()).doesNotContain("cloud");
    }

    @Test
    void theSecretIsExchangedAndNeverShown() throws IOException {
        add(0, endpoint(), bucket.address().bucket(), "secret");
        Files.writeString(folder.resolve("other"), "another\n");
        String access = LocalBucket.KEY.accessKey();
        String wrong = folder.resolve("other").toString();
        String right = folder.resolve("secret").toString();
        assertThat(ended(1, "location", "key", "cloud", "--access-key", access, "--secret-key-file", wrong)
                        .errors())
                .contains("The secret key is wrong.")
                .doesNotContain("another");
        assertThat(ended(0, "location", "key", "cloud", "--access-key", access, "--secret-key-file", right, "--json")
                        .output())
                .doesNotContain(LocalBucket.KEY.secretKey());
    }
}
