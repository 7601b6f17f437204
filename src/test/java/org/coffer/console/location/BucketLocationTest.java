package org.coffer.console.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.engine.store.LocationMarker;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.S3Store;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L1, L3, L4 for a bucket: a real server in this process. */
class BucketLocationTest {
    private static final Secret SECRET = new Secret(LocalBucket.KEY.secretKey());

    @TempDir
    private Path root;

    private static BucketFields fields(S3Settings settings) {
        return new BucketFields(
                settings.address().endpoint().toString(),
                settings.address().bucket(),
                "backups/here",
                "",
                true,
                LocalBucket.KEY.accessKey(),
                "",
                "");
    }

    private static NewLocation wanted(String name, S3Settings settings, Secret secret) {
        return new NewLocation(name, fields(settings).address(), secret, "", 0);
    }

    private static Vault vault(TestHome home, Location place, Disk... disks) {
        NewVault plain = home.newVault("vault_there", disks);
        return home.console()
                .vaults()
                .create(new NewVault(
                        plain.name(), "", place.id(), 100, plain.disks(), true, Optional.empty(), false, "", Map.of()));
    }

    @Test
    void aVaultLivesInABucketAndIsThereAfterARestart() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(wanted("cloud", bucket, SECRET));
            assertThat(place.kind()).isEqualTo(Location.Kind.S3);
            assertThat(place.where())
                    .isEqualTo(
                            bucket.address().endpoint() + "/" + bucket.address().bucket() + "/backups/here");
            assertThat(place.region()).isEqualTo("us-east-1");
            Disk disk = home.image("one", 3);
            Vault vault = vault(home, place, disk);
            Backup first = home.backUp(vault, disk, "first");
            home.restart();
            assertThat(home.console().vaults().get(vault.id()).status()).isEqualTo(VaultStatus.AVAILABLE);
            home.change(disk, 1 << 20, 4096, 7);
            Backup second = home.backUp(vault, disk, "second");
            assertThat(home.restored(second)).isEqualTo(Files.readAllBytes(disk.path()));
            assertThat(home.restored(first)).isNotEqualTo(Files.readAllBytes(disk.path()));
        }
    }

    @Test
    void theSecretLiesNowhereInPlainText() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(wanted("cloud", bucket, SECRET));
            home.backUp(
                    vault(home, place, home.image("one", 1)),
                    home.console().disks().list().getFirst(),
                    "first");
            assertThat(SECRET.toString()).doesNotContain(SECRET.text());
            assertThat(wanted("x", bucket, SECRET).toString()).doesNotContain(SECRET.text());
        }
        byte[] secret = SECRET.text().getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(contains(Files.readAllBytes(file), secret))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aTrialTellsEachStepAndTheCauseOfTheFirstThatFails() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            Locations locations = home.console().locations();
            TestReport good = locations.test(fields(bucket).address(), SECRET);
            assertThat(good.usable()).isTrue();
            assertThat(good.steps())
                    .extracting(TestStep::act)
                    .containsExactlyElementsOf(TestStep.Act.of(Location.Kind.S3));
            TestReport wrong = locations.test(fields(bucket).address(), new Secret("another"));
            assertThat(wrong.usable()).isFalse();
            assertThat(Refusals.spoken(wrong.problem().orElseThrow()).code()).isEqualTo("storage.secret");
            assertThat(Refusals.code(() -> locations.add(wanted("cloud", bucket, new Secret("another")))))
                    .isEqualTo("storage.secret");
            assertThat(locations.list()).isEmpty();
        }
    }

    @Test
    void aBucketThatHoldsOtherThingsIsToldFromAnEmptyOneAndFromALocation() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root);
                ObjectStore there = LocalBucket.beneath(bucket, "backups/here/")) {
            Locations locations = home.console().locations();
            there.put("photos/2026/cat.jpg", ByteBuffer.wrap(new byte[] {1}));
            Problem told = Refusals.problem(() -> locations.add(wanted("cloud", bucket, SECRET)));
            assertThat(told.code()).isEqualTo("location.occupied");
            assertThat(told.args()).containsEntry("example", "photos/");
            assertThat(locations.list()).isEmpty();
            there.delete("photos/2026/cat.jpg");
            Location place = locations.add(wanted("cloud", bucket, SECRET));
            there.put("notes.txt", ByteBuffer.wrap(new byte[] {1}));
            TestReport report = locations.test(place.id());
            assertThat(report.usable()).as("what is a location stays one").isTrue();
            assertThat(Refusals.spoken(report.problem().orElseThrow()).code()).isEqualTo("location.occupied");
        }
    }

    @Test
    void twoVaultsUnderOnePrefixAreToldByATrial() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root);
                ObjectStore there = LocalBucket.beneath(bucket, "backups/here/")) {
            Locations locations = home.console().locations();
            Location place = locations.add(wanted("cloud", bucket, SECRET));
            String one = "vault-" + vault(home, place).id() + '/';
            NewVault plain = home.newVault("vault_other");
            String two = "vault-"
                    + home.console()
                            .vaults()
                            .create(new NewVault(
                                    plain.name(),
                                    "",
                                    place.id(),
                                    10,
                                    List.of(),
                                    true,
                                    Optional.empty(),
                                    false,
                                    "",
                                    Map.of()))
                            .id()
                    + '/';
            assertThat(locations.test(place.id()).problem()).isEmpty();
            byte[] header = there.get(one + "header-2");
            there.delete(one + "header-2");
            there.put(one + "header-2", ByteBuffer.wrap(there.get(two + "header-2")));
            assertThat(Refusals.spoken(locations.test(place.id()).problem().orElseThrow())
                            .code())
                    .isEqualTo("vault.mixed");
            there.delete(one + "header-2");
            there.put(one + "header-2", ByteBuffer.wrap(header));
            for (int i = 1; i <= 3; i++) {
                there.put("vault-copy/header-" + i, ByteBuffer.wrap(header));
            }
            assertThat(Refusals.spoken(locations.test(place.id()).problem().orElseThrow())
                            .code())
                    .isEqualTo("vault.twice");
        }
    }

    @Test
    void placesThatAreSilentAreLookedAtSideBySide() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        CountDownLatch asked = new CountDownLatch(3);
        AtomicBoolean together = new AtomicBoolean(true);
        List<ServerSocket> silent = new ArrayList<>();
        try (TestHome home = new TestHome(root)) {
            List<String> edits = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                BucketFields here = fields(bucket);
                BucketFields there = new BucketFields(
                        here.endpoint(), here.bucket(), "place" + i, "", true, here.accessKey(), "", "");
                home.console().locations().add(new NewLocation("silent" + i, there.address(), SECRET, "", 0));
                ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                silent.add(server);
                Thread.ofPlatform().daemon().start(() -> listen(server, asked, together));
                edits.add("update location set settings = replace(settings, ':"
                        + bucket.address().endpoint().getPort() + "', ':" + server.getLocalPort()
                        + "') where name = 'silent" + i + "'");
            }
            home.edit(edits.toArray(String[]::new));
            assertThat(home.console().locations().list())
                    .extracting(Location::status)
                    .containsOnly(Location.Status.UNREACHABLE);
            assertThat(asked.getCount()).isZero();
            assertThat(together)
                    .as("each was asked while the others were silent")
                    .isTrue();
        } finally {
            for (ServerSocket server : silent) {
                server.close();
            }
        }
    }

    /** Says nothing to whoever comes first until all three were asked, and hangs up on everybody. */
    private static void listen(ServerSocket server, CountDownLatch asked, AtomicBoolean together) {
        boolean first = true;
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                if (first) {
                    first = false;
                    asked.countDown();
                    if (!asked.await(5, TimeUnit.SECONDS)) {
                        together.set(false);
                    }
                }
                caller.close();
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void oneBucketAndPrefixIsOneLocation() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            home.console().locations().add(wanted("cloud", bucket, SECRET));
            assertThat(Refusals.code(() -> home.console().locations().add(wanted("again", bucket, SECRET))))
                    .isEqualTo("location.known");
            assertThat(codes(home, bucket, "backups")).containsExactly("location.around");
            assertThat(codes(home, bucket, "backups/here/too")).containsExactly("location.inside");
            assertThat(codes(home, bucket, "backups/there")).isEmpty();
        }
    }

    private static List<String> codes(TestHome home, S3Settings bucket, String prefix) {
        BucketFields here = fields(bucket);
        BucketFields there =
                new BucketFields(here.endpoint(), here.bucket(), prefix, "", true, here.accessKey(), "", "");
        return home
                .console()
                .locations()
                .problems(new NewLocation("new", there.address(), SECRET, "", 0))
                .values()
                .stream()
                .map(problem -> Refusals.spoken(problem).code())
                .toList();
    }

    @Test
    void aKeyThatExpiredIsExchangedByAddingTheBucketAgainAndWhatIsOpenGoesOn() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(wanted("cloud", bucket, SECRET));
            Disk disk = home.image("one", 1);
            Vault vault = vault(home, place, disk);
            home.backUp(vault, disk, "first");
            home.console().locations().key(place.id(), LocalBucket.KEY.accessKey(), SECRET);
            home.change(disk, 4096, 4096, 3);
            home.backUp(vault, disk, "second");
            new org.coffer.console.home.Secrets(root.resolve("home")).remove("location." + place.id());
            home.restart();
            assertThat(home.console().locations().get(place.id()).status()).isEqualTo(Location.Status.UNREACHABLE);
            assertThat(home.console()
                            .locations()
                            .add(wanted("cloud", bucket, SECRET))
                            .id())
                    .isEqualTo(place.id());
            home.change(disk, 8192, 4096, 4);
            home.backUp(vault, disk, "third");
        }
    }

    @Test
    void aBucketWhoseMarkerIsGoneIsFrozenAndComesBackWithIt() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            Location place = home.console().locations().add(wanted("cloud", bucket, SECRET));
            Vault vault = vault(home, place, home.image("one", 1));
            var there = (Address.Bucket) place.address();
            byte[] marker;
            try (S3Store store = LocalBucket.store(S3Settings.of(there.at()))) {
                marker = store.get(LocationMarker.NAME);
                store.delete(LocationMarker.NAME);
                TestReport report = home.console().locations().test(place.id());
                assertThat(Refusals.spoken(report.problem().orElseThrow()).code())
                        .isEqualTo("location.marker");
                assertThat(home.console().vaults().get(vault.id()).status()).isEqualTo(VaultStatus.FROZEN);
                store.put(LocationMarker.NAME, java.nio.ByteBuffer.wrap(marker));
            }
            home.console().locations().test(place.id());
            assertThat(home.console().vaults().get(vault.id()).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void anotherKeyIsTriedOutBeforeItIsTaken() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        try (TestHome home = new TestHome(root)) {
            Locations locations = home.console().locations();
            Location place = locations.add(wanted("cloud", bucket, SECRET));
            assertThat(Refusals.code(() -> locations.key(place.id(), "nobody", SECRET)))
                    .isEqualTo("storage.key");
            assertThat(((Address.Bucket) locations.get(place.id()).address()).accessKey())
                    .isEqualTo(LocalBucket.KEY.accessKey());
            assertThat(locations
                            .key(place.id(), LocalBucket.KEY.accessKey(), SECRET)
                            .status()
                            .writable())
                    .isTrue();
        }
    }

    @Test
    void aProxyThatWantsToKnowWhoAsksIsToldAndThePasswordIsNowhereInPlainText() throws Exception {
        S3Settings bucket = LocalBucket.shared().fresh();
        String password = "for-the-proxy-8c1f";
        try (TestHome home = new TestHome(root);
                LoginProxy proxy = new LoginProxy(LocalBucket.shared().port(), "office", password)) {
            Location place = home.console().locations().add(wanted("cloud", bucket, SECRET));
            Disk disk = home.image("one", 1);
            Vault vault = vault(home, place, disk);
            BucketFields now = BucketFields.of((Address.Bucket) place.address());
            BucketFields through = now.reached(now.accessKey(), "", proxy.address(), "office");
            assertThat(Refusals.code(() -> home.console().locations().reach(place.id(), through, new Secret("", "no"))))
                    .isEqualTo("storage.proxy.login");
            assertThat(home.console().locations().get(place.id()).address())
                    .as("what did not work is not taken")
                    .isEqualTo(place.address());

            home.console().locations().reach(place.id(), through, new Secret("", password));
            home.restart();
            int before = proxy.passed();
            home.backUp(vault, disk, "first");

            assertThat(proxy.passed()).isGreaterThan(before);
            assertThat(home.console().locations().get(place.id()).status().writable())
                    .isTrue();
            assertThat(home.console()
                            .locations()
                            .reach(place.id(), through.reached(now.accessKey(), "", "", ""), Secret.NONE)
                            .status()
                            .writable())
                    .as("without it again, with the key that is there")
                    .isTrue();
        }
        try (Stream<Path> files = Files.walk(root.resolve("home"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(password);
            }
        }
        assertThat(new Secret("one", "two").toString()).doesNotContain("one", "two");
    }

    @Test
    void whatCannotBeAnAddressIsSaidAtItsField() {
        assertThat(new BucketFields("", "B", "ä", "", false, "", "/no/such/file", "here").problems())
                .containsOnlyKeys("endpoint", "bucket", "prefix", "accessKey", "authority", "proxy");
        assertThat(problems("ftp://storage.example")).containsOnlyKeys("endpoint");
        assertThat(problems("https://user@storage.example")).containsOnlyKeys("endpoint");
        assertThat(problems("https://storage.example:70000")).containsOnlyKeys("endpoint");
        assertThat(problems("storage.example:9000")).isEmpty();
        assertThat(new BucketFields("https://storage.example", "a..b", "", "ä", false, "ключ", "", "user:pass@proxy:80")
                        .problems())
                .containsOnlyKeys("bucket", "region", "accessKey", "proxy")
                .allSatisfy((field, problem) -> assertThat(problem.toString()).doesNotContain("pass@", "user:pass"));
        for (String strange : List.of("../other", "a//b", "./a", "a/..", "a//")) {
            assertThat(new BucketFields("storage.example", "bucket", strange, "", true, "key", "", "").problems())
                    .as(strange)
                    .containsOnlyKeys("prefix");
        }
        for (String user : List.of("a:b", "ö")) {
            assertThat(new BucketFields("storage.example", "bucket", "", "", true, "key", "", "proxy:80", user, "")
                            .problems())
                    .as(user)
                    .containsOnlyKeys("proxyUser");
        }
        assertThat(new BucketFields("storage.example", "bucket", "", "", true, "key", "", "", "who", "").problems())
                .as("a user without a proxy")
                .containsOnlyKeys("proxyUser");
        assertThat(new BucketFields("storage.example", "bucket", "", "", false, "key", "", "proxy.example:8080")
                        .address()
                        .network()
                        .proxy())
                .hasValueSatisfying(proxy -> assertThat(proxy.port()).isEqualTo(8080));
    }

    private static Map<String, org.coffer.problem.Problem> problems(String endpoint) {
        Map<String, org.coffer.problem.Problem> problems =
                new BucketFields(endpoint, "bucket", "", "", false, "key", "", "").problems();
        problems.values().forEach(Refusals::spoken);
        return problems;
    }

    @Test
    void anAddressSurvivesTheCatalog() throws IOException {
        Path file = Files.writeString(root.resolve("ca.pem"), "a certificate");
        Address.Bucket address = new BucketFields(
                        "http://storage.example:9000/s3",
                        "bucket",
                        "a/b",
                        "eu-1",
                        true,
                        "key",
                        file.toString(),
                        "proxy.example:8080",
                        "office",
                        "15")
                .address();
        assertThat(BucketFields.of(address).address()).isEqualTo(address);
        assertThat(List.of(BucketText.parse(BucketText.of(address)))).containsExactly(address);
    }
}
