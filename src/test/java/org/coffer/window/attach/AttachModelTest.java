package org.coffer.window.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.attach.Attached;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drive of a lost computer with two vaults: one is encrypted, one is not. */
class AttachModelTest {
    @TempDir
    private Path root;

    private TestHome fresh;
    private AttachModel model;
    private final List<Attached> attached = new ArrayList<>();

    @BeforeEach
    void loseAHome() throws IOException {
        try (TestHome old = new TestHome(root.resolve("old"))) {
            vault(old, "plain", false, Optional.empty());
            vault(old, "secret", true, Optional.of("open sesame".toCharArray()));
        }
        fresh = new TestHome(root.resolve("new"));
        Location place = fresh.console().locations().add(new NewLocation("drive", root.resolve("old/place"), ""));
        model = new AttachModel(fresh.console().attaching(), place, TestConsole.direct());
        model.look();
    }

    private static void vault(TestHome home, String name, boolean encrypted, Optional<char[]> passphrase) {
        home.console()
                .vaults()
                .create(new NewVault(
                        name, "", home.location().id(), 10, List.of(), encrypted, passphrase, false, "", Map.of()));
    }

    @AfterEach
    void close() {
        model.close();
        fresh.close();
    }

    private Act attach() {
        return model.attach(attached::addAll);
    }

    private static Optional<Sentence> whyNot(Act act) {
        return act.whyNot().getValue();
    }

    @Test
    void whatTakesNoKeyIsOpenAtOnceAndTheOtherWaitsForOne() {
        assertThat(model.vaults().get()).hasSize(2);
        assertThat(model.vaults().get().stream().filter(found -> found.opened().isPresent()))
                .extracting(FoundVault::name)
                .containsExactly("plain");
        assertThat(model.locked().getValue()).isTrue();
        assertThat(whyNot(model.open())).contains(Sentence.of("attach.secret.needed"));

        model.secret().set("open says me");
        model.open().run();

        assertThat(model.locked().getValue()).isTrue();
        assertThat(model.vaults().get().stream().flatMap(found -> found.refused().stream()))
                .extracting(problem -> problem.code())
                .containsExactly("key.wrong");
        assertThat(model.secret().get()).as("stays, to be mended").isEqualTo("open says me");

        model.secret().set("open sesame");
        model.open().run();

        assertThat(model.locked().getValue()).isFalse();
        assertThat(model.secret().get()).isEmpty();
        assertThat(attach().title().getValue()).isEqualTo(Sentence.of("attach.do.some", "n", 2));
    }

    @Test
    void nothingIsAttachedBeforeSomebodySaidWhetherTheOldOwnerIsGone() {
        assertThat(model.owners().get()).isPresent();
        assertThat(whyNot(attach())).contains(Sentence.of("attach.unanswered"));
        attach().run();
        assertThat(fresh.console().vaults().list(VaultFilter.ALL)).isEmpty();

        model.ownerGone().set(Optional.of(true));
        attach().run();

        assertThat(attached).extracting(one -> one.vault().name()).containsExactly("plain");
        assertThat(fresh.console().vaults().list(VaultFilter.ALL)).hasSize(1);
        model.look();
        assertThat(model.vaults().get())
                .as("what is attached is not offered again")
                .hasSize(1);
    }

    @Test
    void anEmptyPlaceSaysThatThereIsNothing() {
        Location place = fresh.console().locations().add(new NewLocation("empty", root.resolve("new/place"), ""));
        try (var empty = new AttachModel(fresh.console().attaching(), place, TestConsole.direct())) {
            empty.look();
            assertThat(empty.failure().get().orElseThrow().code()).isEqualTo("attach.none");
            assertThat(whyNot(empty.attach(attached::addAll))).contains(Sentence.of("attach.unopened"));
        }
    }
}
