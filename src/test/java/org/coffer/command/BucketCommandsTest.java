package org.coffer.command;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.TestHome;
import org.coffer.console.location.LoginProxy;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.TestCertificate;
import org.coffer.engine.store.s3.Wire;
import org.coffer.text.Language;
import org.coffer.text.Text;
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

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** {@code location set cloud …} is refused, with what is wrong and what to do about it in both languages. */
    private void refused(String code, List<String> change) {
        for (Language language : Language.values()) {
            List<String> words = new ArrayList<>(List.of("location", "set"));
            words.addAll(change);
            words.addAll(List.of("--lang", language.tag()));
            ScriptedTerminal terminal = ended(1, words.toArray(String[]::new));
            Text text = Text.of(language, Clock.systemUTC());
            for (String part : List.of("what", "do")) {
                assertThat(terminal.errors())
                        .as(change + " " + language)
                        .containsPattern(said(text, "problem." + code + '.' + part));
            }
        }
    }

    /** What a message says, whatever its arguments are. */
    private static String said(Text text, String key) {
        return Stream.of(text.get(key).split("[{][^}]*[}]", -1))
                .map(Pattern::quote)
                .collect(joining(".+"));
    }

    private String shown() {
        return ended(0, "location", "show", "cloud", "--json").output();
    }

    @Test
    void certificatesOfOnesOwnAreExchangedAndOnlyTheseAreTrusted() throws Exception {
        TestCertificate one = TestCertificate.make(folder, "one", "-ext", "SAN=IP:127.0.0.1");
        TestCertificate two = TestCertificate.make(folder, "two", "-ext", "SAN=IP:127.0.0.1");
        String ofOne = one.file().toString();
        String ofTwo = two.file().toString();
        try (Wire line = Wire.to(LocalBucket.shared().port(), one.server())) {
            add(0, "https://127.0.0.1:" + line.port(), bucket.address().bucket(), "secret", "--ca", ofOne);
            String before = shown();
            refused("storage.certificate.unknown", List.of("cloud", "--ca", ofTwo));
            refused("storage.certificate.unknown", List.of("cloud", "--ca", "none"));
            refused("storage.certificate.file", List.of("cloud", "--ca", file("nonsense.pem", "no certificate")));
            refused(
                    "file.unreadable",
                    List.of("cloud", "--ca", folder.resolve("gone.pem").toString()));
            assertThat(shown()).as("what did not work is not taken").isEqualTo(before);
            ended(0, "location", "test", "cloud");
            String both = file("both.pem", Files.readString(one.file()) + Files.readString(two.file()));
            ended(0, "location", "set", "cloud", "--ca", both);

            line.exchange(two.server());
            assertThat(ended(0, "location", "test", "cloud").errors())
                    .as("the server's certificate was exchanged")
                    .contains("✓ Encrypt the connection");
            ended(0, "location", "set", "cloud", "--ca", ofTwo);
            assertThat(shown()).contains("\"ca\":\"" + ofTwo + '"');

            line.exchange(one.server());
            int asked = line.seen().size();
            assertThat(ended(1, "location", "test", "cloud").errors())
                    .as("and the one before is not trusted any more")
                    .contains("that nobody vouches for");
            assertThat(line.seen()).as("nothing was asked there").hasSize(asked);
        }
    }

    @Test
    void aProxyIsUsedFromThenOnUntilItIsTakenAway() throws Exception {
        add(0, endpoint(), bucket.address().bucket(), "secret");
        ended(0, "vault", "create", "v", "--type", "disk", "--location", "cloud", "--capacity", "10", "--no-encrypt");
        ended(0, "vault", "bind", "v", "web");
        String right = file("right", "for-the-proxy\n");
        String wrong = file("wrong", "another\n");
        try (var proxy = new LoginProxy(LocalBucket.shared().port(), "office", "for-the-proxy")) {
            String before = shown();
            refused("storage.proxy.login", List.of("cloud", "--proxy", proxy.address()));
            refused(
                    "storage.proxy.login",
                    List.of(
                            "cloud",
                            "--proxy",
                            proxy.address(),
                            "--proxy-user",
                            "office",
                            "--proxy-password-file",
                            wrong));
            assertThat(proxy.passed()).isZero();
            assertThat(shown()).as("what did not work is not taken").isEqualTo(before);
            ScriptedTerminal taken = ended(
                    0,
                    "location",
                    "set",
                    "cloud",
                    "--proxy",
                    proxy.address(),
                    "--proxy-user",
                    "office",
                    "--proxy-password-file",
                    right);
            assertThat(taken.output() + taken.errors()).doesNotContain("for-the-proxy");
            int set = proxy.passed();
            ended(0, "backup", "run", "v", "--name", "one");
            int used = proxy.passed();
            assertThat(used).isGreaterThan(set).isPositive();
            ended(0, "location", "set", "cloud", "--proxy", "none");
            ended(0, "backup", "run", "v", "--name", "two");
            assertThat(proxy.passed()).as("not any more").isEqualTo(used);
        }
        ended(0, "location", "test", "cloud");
    }

    @Test
    void whatWasSetIsReportedAllOfItInBothLanguages() throws Exception {
        TestCertificate one = TestCertificate.make(folder, "one", "-ext", "SAN=IP:127.0.0.1");
        String authority = one.file().toString();
        String password = file("password", "for-the-proxy\n");
        add(0, endpoint(), bucket.address().bucket(), "secret");
        try (var proxy = new LoginProxy(LocalBucket.shared().port(), "office", "for-the-proxy")) {
            String through = proxy.address();
            assertThat(lines("location", "set", "cloud", "--ca", authority, "--limit", "20MB"))
                    .containsExactly(
                            "The server of cloud is trusted by the certificates in " + authority + '.',
                            "cloud takes and gives at most 20 MB a second.");
            List<String> all = new ArrayList<>(List.of("location", "set", "cloud", "--ca", authority));
            all.addAll(List.of("--proxy", through, "--proxy-user", "office", "--proxy-password-file", password));
            all.addAll(List.of("--limit", "none", "--lang", "zh"));
            assertThat(lines(all.toArray(String[]::new)))
                    .containsExactly(
                            "cloud 的服务器按 " + authority + " 中的证书验证。",
                            "cloud 以用户 office 经代理 " + through + " 连接。",
                            "cloud 不限速。");
            assertThat(shown())
                    .contains("\"proxy\":\"" + through + '"', "\"proxyUser\":\"office\"", authority)
                    .doesNotContain("for-the-proxy");
            assertThat(ended(0, "location", "show", "cloud").output())
                    .contains("Proxy", through, "office", "Certificates", authority);
            assertThat(lines("location", "set", "cloud", "--proxy", "none", "--limit", "5MB"))
                    .containsExactly(
                            "cloud is reached without a proxy.", "cloud takes and gives at most 5 MB a second.");
        }
        assertThat(shown()).contains("\"proxy\":null", "\"limitBytesPerSecond\":5000000");
    }

    @Test
    void howLongListsLagIsGivenShownAndTakenBack() throws IOException {
        String drive = homes.getFirst().location().name();
        add(0, endpoint(), bucket.address().bucket(), "secret", "--list-delay", "90s");
        assertThat(shown()).contains("\"listDelaySeconds\":90");
        assertThat(lines("location", "set", "cloud", "--list-delay", "15m"))
                .containsExactly("Lists of cloud may lag up to 15 min; freeing room waits for them.");
        assertThat(ended(0, "location", "show", "cloud").output()).containsPattern("Lists lag +up to 15 min");
        assertThat(lines("location", "set", "cloud", "--list-delay", "none", "--lang", "zh"))
                .containsExactly("cloud 的列表会立即显示写入的数据。");
        assertThat(ended(0, "location", "show", "cloud").output()).containsPattern("Lists lag +no");
        String before = shown();
        assertThat(before).contains("\"listDelaySeconds\":0");
        refused("storage.field.list-delay", List.of("cloud", "--list-delay", "soon"));
        refused("storage.field.list-delay", List.of("cloud", "--list-delay", "25h"));
        refused("location.keyless", List.of(drive, "--list-delay", "5m"));
        assertThat(shown()).isEqualTo(before);
    }

    private List<String> lines(String... words) {
        return ended(0, words).output().lines().toList();
    }

    @Test
    void eachWayThatCannotBeOneIsRefusedWithItsRemedyAndChangesNothing() throws IOException {
        String drive = homes.getFirst().location().name();
        add(0, endpoint(), bucket.address().bucket(), "secret");
        String before = shown();
        refused("location.set.nothing", List.of("cloud"));
        refused("storage.field.proxy", List.of("cloud", "--proxy", "not a proxy"));
        refused("storage.field.proxy-user", List.of("cloud", "--proxy-user", "office"));
        String password = file("password", "for-the-proxy\n");
        refused("storage.field.proxy-user", List.of("cloud", "--proxy-password-file", password));
        refused(
                "storage.field.proxy-user",
                List.of("cloud", "--proxy", "127.0.0.1:1", "--proxy-password-file", password));
        refused("storage.refused", List.of("cloud", "--proxy", "127.0.0.1:1"));
        assertThat(ended(1, "location", "set", "cloud", "--proxy", "127.0.0.1:65535")
                        .errors())
                .as("a port is no quantity")
                .contains("port 65535.");
        refused("location.keyless", List.of(drive, "--proxy", "127.0.0.1:8080"));
        refused("size.invalid", List.of("cloud", "--proxy", "none", "--limit", "much"));
        assertThat(shown()).isEqualTo(before);
    }
}
