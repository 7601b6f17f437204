package org.coffer.console.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Habits;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.SwiftServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Δ of a bucket: nothing where a trial proves it, a safe bound where it cannot, and what somebody says who knows better. */
class ListDelayTest {
    @TempDir
    private static Path folder;

    private static final AtomicReference<@Nullable SwiftServer> SERVER = new AtomicReference<>();

    @TempDir
    private Path root;

    @BeforeAll
    static void start() throws Exception {
        SERVER.set(SwiftServer.start(folder));
    }

    @AfterAll
    static void stop() throws Exception {
        Objects.requireNonNull(SERVER.getAndSet(null), "started before").close();
    }

    private static BucketFields swift() {
        return fields(Objects.requireNonNull(SERVER.get(), "started before").fresh(), SwiftServer.KEY.accessKey());
    }

    private static BucketFields fields(S3Settings settings, String accessKey) {
        return new BucketFields(
                settings.address().endpoint().toString(),
                settings.address().bucket(),
                "backups",
                "",
                true,
                accessKey,
                "",
                "");
    }

    private static Location add(TestHome home, BucketFields fields) {
        Secret secret = new Secret(SwiftServer.KEY.secretKey());
        return home.console().locations().add(new NewLocation("cloud", fields.address(), secret, "", 0));
    }

    private static Duration delay(Location location) {
        return ((Address.Bucket) location.address()).listDelay().orElse(Duration.ZERO);
    }

    private static Duration collectingWaits(TestHome home, Location location) {
        return home.console().locations().open(location.id()).staleness().orElseThrow();
    }

    @Test
    void atSwiftASafeBoundIsTakenWhateverTheTrialSawAndAnotherCanBeGiven() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Locations locations = home.console().locations();
            Location place = add(home, swift());
            assertThat(delay(place)).isEqualTo(S3Habits.UNPROVEN);
            assertThat(collectingWaits(home, place)).isEqualTo(S3Habits.UNPROVEN);

            BucketFields now = BucketFields.of((Address.Bucket) place.address());
            Location told = locations.reach(place.id(), now.listing("40s"), Secret.NONE);
            assertThat(delay(told)).isEqualTo(Duration.ofSeconds(40));
            assertThat(collectingWaits(home, told)).isEqualTo(Duration.ofSeconds(40));
            assertThat(delay(locations.key(place.id(), now.accessKey(), Secret.NONE)))
                    .as("another key changes nothing about it")
                    .isEqualTo(Duration.ofSeconds(40));
            locations.test(place.id());
            home.restart();
            assertThat(delay(home.console().locations().get(place.id()))).isEqualTo(Duration.ofSeconds(40));

            assertThat(delay(home.console().locations().reach(place.id(), now.listing(""), Secret.NONE)))
                    .as("as the trial finds it")
                    .isEqualTo(S3Habits.UNPROVEN);
        }
    }

    @Test
    void aLocationThatWasTakenForOneThatListsAtOnceIsPutRightByTheNextTest() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Location place = add(home, swift());
            home.edit(
                    "update location set settings = replace(settings, '\"stalenessSeconds\":900', '\"stalenessSeconds\":0')");
            assertThat(delay(home.console().locations().get(place.id()))).isZero();
            assertThat(home.console().locations().test(place.id()).usable()).isTrue();
            assertThat(delay(home.console().locations().get(place.id()))).isEqualTo(S3Habits.UNPROVEN);
        }
    }

    @Test
    void whereATrialProvesItNothingIsWaitedForUnlessSomebodySaysSo() throws Exception {
        try (TestHome home = new TestHome(root)) {
            BucketFields fields = fields(LocalBucket.shared().fresh(), LocalBucket.KEY.accessKey());
            Secret secret = new Secret(LocalBucket.KEY.secretKey());
            Locations locations = home.console().locations();
            Location place = locations.add(new NewLocation("cloud", fields.address(), secret, "", 0));
            assertThat(delay(place)).isZero();
            assertThat(delay(locations.reach(place.id(), fields.listing("2"), Secret.NONE)))
                    .isEqualTo(Duration.ofMinutes(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "15, 900", "15m, 900", "24h, 86400", "' 1 s ', 1"})
    void minutesAreMeantWhereNoUnitIsGiven(String typed, long seconds) {
        BucketFields fields = fields(LocalBucket.shared().fresh(), "key").listing(typed);
        assertThat(fields.problems()).isEmpty();
        assertThat(fields.address().listDelay()).contains(Duration.ofSeconds(seconds));
        assertThat(BucketFields.of(fields.address()).address().listDelay()).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "25h", "1441", "soon", "1d", "1.5h", "999999999999"})
    void whatIsNoDelayIsRefused(String typed) {
        Map<String, org.coffer.problem.Problem> problems =
                fields(LocalBucket.shared().fresh(), "key").listing(typed).problems();
        assertThat(problems).containsOnlyKeys("listDelay");
        assertThat(Refusals.spoken(problems.values().iterator().next()).code()).isEqualTo("storage.field.list-delay");
    }
}
