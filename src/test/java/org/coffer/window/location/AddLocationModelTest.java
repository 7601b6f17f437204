package org.coffer.window.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.location.TestStep;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddLocationModelTest {
    @TempDir
    Path root;

    private TestConsole home;
    private AddLocationModel model;
    private final AtomicBoolean done = new AtomicBoolean();
    private Act add;

    @BeforeEach
    void open() throws IOException {
        home = new TestConsole(root);
        model = new AddLocationModel(
                home.console().locations(),
                TestConsole.direct(),
                new FakeDialogs().choose(home.folder("Backup drive")));
        add = model.add(() -> done.set(true));
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aPassingTestPrecedesAdd() {
        model.choose().run();
        assertThat(model.name().get()).isEqualTo("Backup drive");
        assertThat(add.possible()).isFalse();

        model.test().run();
        assertThat(model.trial().reportProperty().get().orElseThrow().steps())
                .hasSize(4)
                .allMatch(TestStep::passed);
        add.run();

        assertThat(done).isTrue();
        assertThat(home.console().locations().list()).hasSize(1);
    }

    @Test
    void anotherFolderNeedsAnotherTest() throws IOException {
        model.choose().run();
        model.test().run();
        assertThat(add.possible()).isTrue();

        model.folder().set(home.folder("elsewhere").toString());

        assertThat(add.possible()).isFalse();
    }

    @Test
    void aFolderThatIsNotThereIsSaidAtItsField() {
        model.folder().set(root.resolve("nowhere").toString());

        assertThat(model.problem("folder").getValue().orElseThrow().key()).isEqualTo("problem.location.missing.what");
        assertThat(add.possible()).isFalse();
    }

    @Test
    void aFolderInALocationIsSaidAtItsFieldAndNotTriedOut() throws IOException {
        model.choose().run();
        model.test().run();
        add.run();
        Path inside = home.folder("Backup drive/inside");

        model.folder().set(inside.toString());
        model.test().run();

        assertThat(model.problem("folder").getValue().orElseThrow().key()).isEqualTo("problem.location.inside.what");
        assertThat(add.possible()).isFalse();
        assertThat(inside).isEmptyDirectory();
    }

    @Test
    void aFileInPlaceOfAFolderIsSaidAtItsField() throws IOException {
        model.folder().set(Files.createFile(root.resolve("file")).toString());

        assertThat(model.problem("folder").getValue()).isPresent();
    }

    @Test
    void aNameThatIsTakenIsSaidAtItsField() throws IOException {
        home.console().locations().add(new org.coffer.console.location.NewLocation("usb", home.folder("usb"), ""));

        model.take(home.folder("other"));
        model.name().set("usb");

        assertThat(model.problem("name").getValue()).isPresent();
    }

    @Test
    void aLimitIsAWholeNumberOfMegabytesASecondOrNothing() {
        model.choose().run();
        model.test().run();
        for (String wrong : List.of("fast", "-1", "1.5", "100001")) {
            model.limit().set(wrong);
            assertThat(model.limitProblem().getValue()).as(wrong).isPresent();
            assertThat(add.possible()).isFalse();
        }
        model.limit().set("");
        assertThat(add.possible()).isTrue();
        model.limit().set(" 25 ");
        add.run();
        assertThat(home.console().locations().list())
                .singleElement()
                .satisfies(place -> assertThat(place.limit()).isEqualTo(25));
    }

    @Test
    void aLimitIsChangedAndTakenAway() throws IOException {
        var locations = home.console().locations();
        var place = locations.add(new NewLocation("usb", new Address.Folder(home.folder("usb")), "", 7));
        var limiting = new LimitModel(locations, place, TestConsole.direct());
        assertThat(limiting.limit().get()).isEqualTo("7");
        limiting.limit().set("many");
        assertThat(limiting.keep(() -> {}).possible()).isFalse();
        limiting.limit().set("");
        limiting.keep(() -> done.set(true)).run();
        assertThat(done).isTrue();
        assertThat(locations.get(place.id()).limit()).isZero();
    }

    @Test
    void aBucketIsNamedTriedOutAndAdded() {
        S3Settings there = LocalBucket.shared().fresh();
        model.kind().set(Location.Kind.S3);
        assertThat(model.test().possible()).isFalse();
        model.bucket().endpoint().set(there.address().endpoint().toString());
        model.bucket().bucket().set(there.address().bucket());
        model.bucket().accessKey().set(LocalBucket.KEY.accessKey());
        model.bucket().secretKey().set("another");
        model.test().run();
        assertThat(add.possible()).isFalse();
        assertThat(model.trial().reportProperty().get().orElseThrow().problem()).isPresent();

        model.bucket().secretKey().set(LocalBucket.KEY.secretKey());
        assertThat(add.possible()).as("another key needs another test").isFalse();
        model.test().run();
        add.run();

        assertThat(done).isTrue();
        assertThat(home.console().locations().list()).singleElement().satisfies(place -> {
            assertThat(place.kind()).isEqualTo(Location.Kind.S3);
            assertThat(place.name()).isEqualTo(there.address().bucket());
        });
    }

    @Test
    void aProviderFillsInWhatIsKnownOfItAndLeavesWhatWasTyped() {
        BucketPart bucket = model.bucket();
        bucket.provider().set(Provider.OBS);
        assertThat(bucket.endpoint().get()).isEqualTo("https://obs.cn-north-4.myhuaweicloud.com");
        bucket.region().set("cn-east-3");
        assertThat(bucket.endpoint().get()).isEqualTo("https://obs.cn-east-3.myhuaweicloud.com");
        assertThat(bucket.pathStyle().get()).isFalse();
        bucket.provider().set(Provider.MINIO);
        assertThat(bucket.endpoint().get()).isEmpty();
        assertThat(bucket.pathStyle().get()).isTrue();
        bucket.endpoint().set("https://desk.example:9000");
        bucket.provider().set(Provider.AWS);
        assertThat(bucket.endpoint().get()).isEqualTo("https://desk.example:9000");
    }
}
