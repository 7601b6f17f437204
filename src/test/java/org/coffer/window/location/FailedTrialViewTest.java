package org.coffer.window.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import org.coffer.console.Refusals;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.LoginProxy;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.Secret;
import org.coffer.console.location.TestReport;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.TestCertificate;
import org.coffer.engine.store.s3.Wire;
import org.coffer.engine.store.s3.Wire.Seen;
import org.coffer.engine.store.s3.Wire.Trouble;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each way in which a bucket cannot be used, as the sheet that adds one shows it after <i>Test</i>: real servers, and a wire
 * between that says what a server would which is at hand nowhere.
 */
@Tag("pictures")
class FailedTrialViewTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path root;

    private final S3Settings bucket = LocalBucket.shared().fresh();
    private final Wire wire = Wire.to(LocalBucket.shared().port());

    private TestConsole home;

    @BeforeEach
    void open() {
        home = new TestConsole(root, CLOCK);
    }

    @AfterEach
    void close() {
        home.close();
        wire.close();
    }

    /** What somebody types who makes no mistake. */
    private void right(BucketPart part) {
        part.provider().set(Provider.OTHER);
        part.endpoint().set(bucket.address().endpoint().toString());
        part.bucket().set(bucket.address().bucket());
        part.accessKey().set(LocalBucket.KEY.accessKey());
        part.secretKey().set(LocalBucket.KEY.secretKey());
    }

    /** Types all that is right and then what is not, tests, and holds the sheet to the cause and to its room. */
    private void shows(String picture, String code, Consumer<BucketPart> mistake) {
        shows(home, picture, code, mistake);
    }

    private void shows(TestConsole console, String picture, String code, Consumer<BucketPart> mistake) {
        var model = new AddLocationModel(console.console().locations(), TestConsole.direct(), new FakeDialogs());
        model.kind().set(Location.Kind.S3);
        right(model.bucket());
        mistake.accept(model.bucket());
        model.test().run();
        Optional<Problem> found = model.trial()
                .reportProperty()
                .get()
                .flatMap(TestReport::problem)
                .or(() -> model.trial().problemProperty().get());
        assertThat(found.map(Refusals::spoken).map(Problem::code)).as(picture).contains(code);
        pictured(picture, model);
    }

    private static void pictured(String picture, AddLocationModel model) {
        assertThat(new Pictures(CLOCK)
                        .take(
                                "location-failed-" + picture,
                                592,
                                560,
                                kit -> new StackPane(new AddLocationView(kit, model)),
                                scene -> ((ScrollPane) scene.getRoot()
                                                .getChildrenUnmodifiable()
                                                .getFirst())
                                        .setVvalue(1)))
                .as(picture)
                .isEmpty();
    }

    private void refuses(Predicate<Seen> which, int status, String name) {
        wire.plan(seen -> which.test(seen)
                ? new Trouble.Answer(
                        "HTTP/1.1 " + status + " No",
                        "<?xml version=\"1.0\"?><Error><Code>" + name + "</Code><Message>no</Message>"
                                + "<Region>eu-west-7</Region></Error>")
                : Trouble.NONE);
    }

    private void throughWire(BucketPart part) {
        part.endpoint().set("http://127.0.0.1:" + wire.port());
    }

    @Test
    void theServerIsNotTheRightOne() throws IOException {
        shows("name", "storage.name", part -> part.endpoint().set("http://storage.invalid"));
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        shows("refused", "storage.refused", part -> part.endpoint().set("http://127.0.0.1:" + nobody));
        wire.plan(seen -> new Trouble.Answer("HTTP/1.1 404 Not Found", "<html>no such page</html>"));
        shows("endpoint", "storage.endpoint", this::throughWire);
    }

    @Test
    void whoAsksOrWhatForIsWrong() {
        shows("key", "storage.key", part -> part.accessKey().set("somebody"));
        shows("secret", "storage.secret", part -> part.secretKey().set("another"));
        shows("bucket", "storage.bucket", part -> part.bucket().set("nobodys-bucket"));
        refuses(seen -> true, 400, "AuthorizationHeaderMalformed");
        shows("region", "storage.region.other", this::throughWire);
        refuses(seen -> seen.is("GET", "list-type"), 403, "AccessDenied");
        shows("list", "storage.denied.list", this::throughWire);
        refuses(seen -> seen.is("PUT", ""), 403, "AccessDenied");
        shows("write", "storage.denied.write", this::throughWire);
        refuses(seen -> seen.is("DELETE", ""), 403, "AccessDenied");
        shows("delete", "storage.denied.delete", this::throughWire);
    }

    @Test
    void theWayThereIsNotToBeTrusted() throws Exception {
        TestCertificate own = TestCertificate.make(root, "own", "-ext", "SAN=IP:127.0.0.1");
        TestCertificate old =
                TestCertificate.signed(root, "old", "-ext", "SAN=IP:127.0.0.1", "-startdate", "-10d", "-validity", "5");
        try (Wire line = Wire.to(LocalBucket.shared().port(), own.server())) {
            shows(
                    "certificate-unknown",
                    "storage.certificate.unknown",
                    part -> part.endpoint().set("https://127.0.0.1:" + line.port()));
            line.exchange(old.server());
            shows("certificate-expired", "storage.certificate.expired", part -> {
                part.endpoint().set("https://127.0.0.1:" + line.port());
                part.authority().set(old.file().toString());
            });
        }
        try (var proxy = new LoginProxy(LocalBucket.shared().port(), "office", "for-the-proxy")) {
            shows("proxy-login", "storage.proxy.login", part -> part.proxy().set(proxy.address()));
        }
    }

    @Test
    void theClockIsTwentyMinutesOff() {
        home.close();
        home = new TestConsole(root.resolve("late"), Clock.offset(CLOCK, Duration.ofMinutes(-20)));
        shows("clock", "storage.clock.behind", part -> {});
    }

    /** Only a process that was started behind a proxy meets it; the sheet gets what that would find. */
    @Test
    void aProxyIsNeeded() {
        var model = new AddLocationModel(home.console().locations(), TestConsole.direct(), new FakeDialogs());
        model.kind().set(Location.Kind.S3);
        right(model.bucket());
        model.trial().start(() -> {
            throw new ProblemException(Problem.of(
                    "storage.proxy.needed", "host", "storage.example.com", "proxy", "proxy.example.com:3128"));
        });
        assertThat(model.trial().problemProperty().get()).isPresent();
        pictured("proxy-needed", model);
    }

    private Vault vault(Location place, String name) {
        return home.console()
                .vaults()
                .create(new NewVault(name, "", place.id(), 10, List.of(), true, Optional.empty(), false, "", Map.of()));
    }

    @Test
    void twoVaultsLieUnderOnePrefix() throws IOException {
        var fields = new BucketFields(
                bucket.address().endpoint().toString(),
                bucket.address().bucket(),
                "",
                "",
                true,
                LocalBucket.KEY.accessKey(),
                "",
                "");
        Location place = home.console()
                .locations()
                .add(new NewLocation("cloud", fields.address(), new Secret(LocalBucket.KEY.secretKey()), "", 0));
        String one = "vault-" + vault(place, "one").id() + "/header-2";
        String two = "vault-" + vault(place, "two").id() + "/header-2";
        try (var stranger = new TestConsole(root.resolve("stranger"), CLOCK);
                ObjectStore there = LocalBucket.beneath(bucket, "")) {
            byte[] header = there.get(one);
            there.delete(one);
            there.put(one, ByteBuffer.wrap(there.get(two)));
            shows(stranger, "mixed", "vault.mixed", part -> {});
            there.delete(one);
            there.put(one, ByteBuffer.wrap(header));
            for (int i = 1; i <= 3; i++) {
                there.put("vault-copy/header-" + i, ByteBuffer.wrap(header));
            }
            shows(stranger, "twice", "vault.twice", part -> {});
        }
    }

    @Test
    void theBucketHoldsOtherThings() throws IOException {
        try (ObjectStore there = LocalBucket.beneath(bucket, "")) {
            there.put("photos/2026/cat.jpg", ByteBuffer.wrap(new byte[] {1}));
            shows("occupied", "location.occupied", part -> {});
        }
    }
}
