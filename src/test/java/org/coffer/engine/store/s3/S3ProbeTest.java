package org.coffer.engine.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import org.coffer.console.Refusals;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.store.s3.S3Probe.Report;
import org.coffer.engine.store.s3.S3Probe.Result;
import org.coffer.engine.store.s3.S3Probe.Step;
import org.coffer.engine.store.s3.Wire.Seen;
import org.coffer.engine.store.s3.Wire.Trouble;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trying a place out says which step failed and why, and leaves nothing there. */
class S3ProbeTest {
    private final S3Settings settings = LocalBucket.shared().fresh();
    private final Wire wire = Wire.to(LocalBucket.shared().port());
    private final S3Settings through = LocalBucket.through(wire.port(), settings);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        wire.close();
    }

    private static Report probe(S3Settings where) {
        return probe(where, LocalBucket.KEY, Clock.systemUTC());
    }

    private static Report probe(S3Settings where, S3Credentials key, Clock clock) {
        return S3Probe.run(where, () -> key, clock, new SplittableRandom(9));
    }

    private static S3Settings at(String endpoint) {
        return LocalBucket.at(URI.create(endpoint), "bucket");
    }

    private static String code(Report report) {
        return report.problem().map(S3ProbeTest::named).orElse("");
    }

    /** The code of a problem, once it is certain that both languages say what is wrong and what to do about it. */
    private static String named(Problem problem) {
        for (Language language : Language.values()) {
            Text.Explanation said = Text.of(language, Clock.systemUTC()).explain(Refusals.spoken(problem));
            assertThat(said.remedy()).as(problem + " in " + language).isNotBlank();
        }
        return problem.code();
    }

    /** The step that failed; all before it passed or are not offered, all after it were skipped. */
    private static Step failed(Report report) {
        Step step = report.steps().stream()
                .filter(one -> one.result() == Result.FAILED)
                .findFirst()
                .orElseThrow()
                .step();
        for (Step other : Step.values()) {
            Result result = report.of(other).result();
            if (other.compareTo(step) < 0) {
                assertThat(result).as(other.name()).isIn(Result.PASSED, Result.ABSENT);
            } else if (other.compareTo(step) > 0) {
                assertThat(result).as(other.name()).isEqualTo(Result.SKIPPED);
            }
        }
        assertThat(report.usable()).isFalse();
        return step;
    }

    private void refuse(Predicate<Seen> which, int status, String name) {
        wire.plan(seen -> which.test(seen)
                ? new Trouble.Answer(
                        "HTTP/1.1 " + status + " No",
                        "<?xml version=\"1.0\"?><Error><Code>" + name + "</Code><Message>no</Message>"
                                + "<Region>eu-west-7</Region></Error>")
                : Trouble.NONE);
    }

    @Test
    void aGoodPlacePassesEveryStepAndIsLeftAsItWas() throws Exception {
        Report report = probe(settings);
        assertThat(report.usable()).isTrue();
        assertThat(report.problem()).isEmpty();
        assertThat(report.conditionalPut()).isTrue();
        assertThat(report.showsAtOnce()).isTrue();
        assertThat(report.objectLock()).as("S3Proxy does not have it").isFalse();
        assertThat(report.of(Step.LOCK).result()).isEqualTo(Result.ABSENT);
        assertThat(report.of(Step.SECURE).result()).isEqualTo(Result.ABSENT);
        assertThat(report.ahead().orElseThrow().abs()).isLessThan(Duration.ofMinutes(1));
        try (S3Store store = LocalBucket.store(settings)) {
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    void theServersNameIsUnknown() {
        Report report = probe(at("http://nowhere.invalid"));
        assertThat(code(report)).isIn("storage.name", "storage.proxy.needed");
        assertThat(failed(report)).isEqualTo(Step.RESOLVE);
    }

    @Test
    void nobodyListensThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Report report = probe(at("http://127.0.0.1:" + port));
        assertThat(code(report)).isIn("storage.refused", "storage.proxy.needed");
        assertThat(failed(report)).isEqualTo(Step.CONNECT);
    }

    @Test
    void anotherServerThanObjectStorageAnswers() {
        wire.plan(seen -> new Trouble.Answer("HTTP/1.1 200 OK\r\nContent-Type: text/html", "<html><body>hello"));
        assertThat(code(probe(through))).isEqualTo("storage.endpoint");
        wire.plan(seen -> new Trouble.Answer("HTTP/1.1 404 Not Found", "<html>no such page</html>"));
        Report report = probe(through);
        assertThat(code(report)).isEqualTo("storage.endpoint");
        assertThat(failed(report)).isEqualTo(Step.SIGN_IN);
    }

    @Test
    void theKeyOrItsSecretIsWrong() {
        Report key = probe(settings, new S3Credentials("somebody", "coffer-secret"), Clock.systemUTC());
        assertThat(code(key)).isEqualTo("storage.key");
        assertThat(failed(key)).isEqualTo(Step.SIGN_IN);
        Report secret = probe(settings, new S3Credentials("coffer-key", "wrong"), Clock.systemUTC());
        assertThat(code(secret)).isEqualTo("storage.secret");
        assertThat(failed(secret)).isEqualTo(Step.SIGN_IN);
        assertThat(key.toString() + secret).doesNotContain("coffer-secret", "wrong");
    }

    @Test
    void theClockIsTwentyMinutesOffAndItIsSaidByHowMuch() {
        for (int minutes : new int[] {20, -20}) {
            Clock off = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(minutes));
            Report report = probe(settings, LocalBucket.KEY, off);
            assertThat(failed(report)).isEqualTo(Step.CLOCK);
            assertThat(code(report)).isEqualTo(minutes > 0 ? "storage.clock.ahead" : "storage.clock.behind");
            Duration by = (Duration) report.problem().orElseThrow().args().get("by");
            assertThat(by).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(21));
        }
    }

    @Test
    void theBucketIsMissingAndAnotherTimeItIsGone() throws Exception {
        Report report = probe(LocalBucket.at(settings.address().endpoint(), "nobodys-bucket"));
        assertThat(code(report)).isEqualTo("storage.bucket");
        assertThat(failed(report)).isEqualTo(Step.BUCKET);

        try (S3Store store = LocalBucket.store(settings)) {
            store.list("");
            LocalBucket.remove(settings);
            StoreException gone = org.assertj.core.api.Assertions.catchThrowableOfType(
                    StoreException.class, () -> store.get("commit/1"));
            assertThat(gone.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
            assertThat(gone.problem().orElseThrow().code()).isEqualTo("storage.bucket.gone");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, AuthorizationHeaderMalformed, storage.region.other, SIGN_IN",
        "301, PermanentRedirect, storage.region.other, SIGN_IN",
        "403, ExpiredToken, storage.token, SIGN_IN",
        "403, AccessDenied, storage.denied.list, LIST",
        "503, SlowDown, storage.busy, LIST",
        "500, InternalError, storage.failing, LIST",
    })
    void whatAServerRefusesIsNamed(int status, String name, String code, Step step) {
        refuse(seen -> true, status, name);
        Report report = probe(through);
        assertThat(code(report)).isEqualTo(code);
        assertThat(report.of(step).result()).isEqualTo(Result.FAILED);
        assertThat(report.usable()).isFalse();
    }

    @Test
    void eachRightThatIsMissingIsNamed() throws Exception {
        Map<String, Predicate<Seen>> rights = Map.of(
                "storage.denied.list", seen -> seen.is("GET", "list-type"),
                "storage.denied.write", seen -> seen.is("PUT", ""),
                "storage.denied.read",
                        seen -> seen.is("GET", "trial/") && !seen.line().contains("list-type"),
                "storage.denied.delete", seen -> seen.is("DELETE", ""));
        for (String code : rights.keySet()) {
            refuse(rights.get(code), 403, "AccessDenied");
            Report report = probe(through);
            assertThat(code(report)).isEqualTo(code);
            boolean stays = code.equals("storage.denied.delete");
            assertThat(report.usable()).isEqualTo(stays);
            try (S3Store store = LocalBucket.store(settings)) {
                assertThat(store.list(""))
                        .as("only who may not delete leaves something")
                        .hasSize(stays ? 1 : 0);
                store.delete(store.list("").stream().map(StoredObject::name).toList());
            }
        }
    }

    @Test
    void aQuotaThatIsUsedUpIsAFullPlace() {
        refuse(seen -> seen.is("PUT", ""), 403, "QuotaExceeded");
        assertThat(code(probe(through))).isEqualTo("storage.full");
        try (S3Store store = LocalBucket.store(through)) {
            StoreException full = org.assertj.core.api.Assertions.catchThrowableOfType(
                    StoreException.class, () -> store.put("a", java.nio.ByteBuffer.allocate(3)));
            assertThat(full.kind()).isEqualTo(StoreException.Kind.FULL);
        }
    }

    @Test
    void whatAServerDoesNotOfferIsFoundOutAndCanBeLivedWith() {
        refuse(seen -> seen.number() > 0 && seen.is("PUT", "") && seen.number() > 1, 501, "NotImplemented");
        Report report = probe(through);
        assertThat(report.of(Step.KEEP).result()).isEqualTo(Result.ABSENT);
        assertThat(report.usable()).isTrue();
        assertThat(report.conditionalPut()).isFalse();
    }

    @Test
    void aBucketWithObjectLockIsFoundOut() {
        wire.plan(seen -> seen.is("GET", "object-lock")
                ? new Trouble.Answer(
                        "HTTP/1.1 200 OK",
                        "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>")
                : Trouble.NONE);
        Report report = probe(through);
        assertThat(report.objectLock()).isTrue();
        assertThat(report.usable()).isTrue();
    }

    @Test
    void certificatesAreUnknownExpiredOrSomebodyElsesAndOnesOwnIsTrusted() throws Exception {
        TestCertificate good = TestCertificate.make(folder, "good", "-ext", "SAN=IP:127.0.0.1");
        TestCertificate old = TestCertificate.signed(
                folder, "old", "-ext", "SAN=IP:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        TestCertificate other = TestCertificate.make(folder, "other", "-ext", "SAN=DNS:other.example");

        assertThat(secure(good, Optional.empty())).isEqualTo("storage.certificate.unknown");
        assertThat(secure(good, Optional.of(good.file()))).isEmpty();
        assertThat(Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName())
                .as("what encrypts connections")
                .isEqualTo("AmazonCorrettoCryptoProvider");
        assertThat(secure(old, Optional.of(old.file()))).isEqualTo("storage.certificate.expired");
        assertThat(secure(other, Optional.of(other.file()))).isEqualTo("storage.certificate.name");
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "no certificate");
        assertThat(secure(good, Optional.of(nonsense))).isEqualTo("storage.certificate.file");
    }

    /** What goes wrong at an encrypted line with this certificate, if anything. */
    private String secure(TestCertificate certificate, Optional<Path> trusted) throws IOException {
        try (Wire line = Wire.to(LocalBucket.shared().port(), certificate.server())) {
            S3Settings where = LocalBucket.at(
                            URI.create("https://127.0.0.1:" + line.port()),
                            settings.address().bucket())
                    .with(new S3Network(trusted, Optional.empty()));
            Report report = probe(where);
            if (report.problem().isPresent()) {
                assertThat(report.of(Step.SECURE).result()).isEqualTo(Result.FAILED);
            } else {
                assertThat(report.of(Step.SECURE).result()).isEqualTo(Result.PASSED);
                assertThat(report.usable()).isTrue();
            }
            return code(report);
        }
    }

    @Test
    void httpsWhereOnlyHttpIsSpokenIsSaid() {
        Report direct = probe(at("https://127.0.0.1:" + LocalBucket.shared().port()));
        assertThat(code(direct)).isEqualTo("storage.tls");
        assertThat(failed(direct)).isEqualTo(Step.SECURE);
    }

    @Test
    void aProxyIsUsedAndWhatItRefusesIsNamed() {
        // To http it is a proxy that gets the whole address, and passes on what it is asked.
        wire.plan(seen -> new Trouble.Answer("HTTP/1.1 407 Who are you", ""));
        S3Network network = new S3Network(Optional.empty(), Optional.of(new S3Proxy("127.0.0.1", wire.port())));
        assertThat(code(probe(at("https://storage.invalid").with(network)))).isEqualTo("storage.proxy.login");
        wire.plan(seen -> new Trouble.Answer("HTTP/1.1 403 Not there", ""));
        Report report = probe(at("https://storage.invalid").with(network));
        assertThat(code(report)).isEqualTo("storage.proxy");
        assertThat(failed(report)).isEqualTo(Step.CONNECT);
        assertThat(wire.seen()).allMatch(seen -> seen.is("CONNECT", "storage.invalid:443"));
    }

    @Test
    void whereOtherProgramsUseAProxyItIsNamedWithoutItsPassword() {
        Faults faults = new Faults(
                settings.address(), S3Network.direct(), Map.of("HTTP_PROXY", "http://me:secret@proxy.example:3128/"));
        Problem problem = faults.of(new java.net.ConnectException("refused"))
                .failure()
                .problem()
                .orElseThrow();
        assertThat(problem.code()).isEqualTo("storage.proxy.needed");
        assertThat(problem.args()).containsEntry("proxy", "proxy.example:3128");
    }

    @Test
    void theStepsAreAllThereInTheirOrder() {
        assertThat(probe(settings).steps().stream().map(S3Probe.Tried::step).collect(Collectors.toList()))
                .isEqualTo(List.copyOf(EnumSet.allOf(Step.class)));
    }
}
