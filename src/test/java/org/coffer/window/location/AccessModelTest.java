package org.coffer.window.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.coffer.console.location.Address;
import org.coffer.console.location.BucketFields;
import org.coffer.console.location.Location;
import org.coffer.console.location.Locations;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.Secret;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.problem.Problem;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another key for a bucket in use: tried out before it is taken, never shown, kept where nothing is typed. */
class AccessModelTest {
    @TempDir
    private Path root;

    @Test
    void anotherWayIsTakenOnlyIfItWorks() throws Exception {
        S3Settings settings = LocalBucket.shared().fresh();
        BucketFields fields = new BucketFields(
                settings.address().endpoint().toString(),
                settings.address().bucket(),
                "backups",
                "",
                true,
                LocalBucket.KEY.accessKey(),
                "",
                "");
        try (TestConsole home = new TestConsole(root)) {
            Locations locations = home.console().locations();
            Location place = locations.add(
                    new NewLocation("cloud", fields.address(), new Secret(LocalBucket.KEY.secretKey()), "", 0));
            var dialogs = new FakeDialogs().choose(root.resolve("ca.pem"));
            var model =
                    new AccessModel(locations, place, (Address.Bucket) place.address(), TestConsole.direct(), dialogs);
            boolean[] done = new boolean[1];
            assertThat(model.accessKey().get()).isEqualTo(LocalBucket.KEY.accessKey());
            assertThat(model.secretKey().get()).as("never shown").isEmpty();

            model.accessKey().set("nobody");
            model.keep(() -> done[0] = true).run();
            assertThat(done[0]).isFalse();
            assertThat(model.failureProperty().get().map(Problem::code)).contains("storage.key");
            model.secretKey().set("wrong");
            assertThat(model.failureProperty().get()).as("another attempt").isEmpty();

            model.accessKey().set("");
            assertThat(model.problem("accessKey").getValue()).isPresent();
            assertThat(model.keep(() -> {}).possible()).isFalse();
            model.chooseAuthority().run();
            assertThat(model.problem("authority").getValue().map(Sentence::key))
                    .as("there is no such file")
                    .isPresent();
            model.authority().set("");
            model.accessKey().set(LocalBucket.KEY.accessKey());
            model.secretKey().set("");
            model.keep(() -> done[0] = true).run();
            assertThat(done[0]).as("with the secret that is there").isTrue();
            assertThat(locations.test(place.id()).usable()).isTrue();

            model.listDelay().set("soon");
            assertThat(model.problem("listDelay").getValue()).isPresent();
            assertThat(model.keep(() -> {}).possible()).isFalse();
            model.listDelay().set("20");
            model.keep(() -> {}).run();
            assertThat(((Address.Bucket) locations.get(place.id()).address()).listDelay())
                    .contains(Duration.ofMinutes(20));
        }
    }
}
