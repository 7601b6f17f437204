package org.coffer.window.location;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.dialog.FakeDialogs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationListModelTest {
    @TempDir
    Path root;

    private TestConsole home;
    private final FakeDialogs dialogs = new FakeDialogs();
    private LocationListModel model;

    @BeforeEach
    void open() {
        home = new TestConsole(root);
        model = new LocationListModel(
                home.console().locations(),
                home.console().vaults(),
                home.console().forgetting(),
                home.console().events(),
                TestConsole.direct(),
                dialogs);
        model.rows().refresh();
    }

    @AfterEach
    void close() {
        model.close();
        home.close();
    }

    private Location add(String name) throws IOException {
        return home.console().locations().add(new NewLocation(name, home.place(name), ""));
    }

    @Test
    void aLocationThatIsAddedElsewhereAppearsByItself() throws IOException {
        assertThat(model.rows().items()).isEmpty();

        add("usb");

        assertThat(model.rows().items())
                .extracting(row -> row.location().name())
                .containsExactly("usb");
        assertThat(model.rows().items().getFirst().location().status().writable())
                .isTrue();
    }

    @Test
    void aLocationWithVaultsThatVanishedMayBeForgottenWithThem() throws IOException {
        Location usb = add("usb");
        home.console()
                .vaults()
                .create(new NewVault("v", "", usb.id(), 10, List.of(), false, Optional.empty(), false, "", Map.of()));
        model.rows().refresh();
        assertThat(model.remove(model.rows().items().getFirst()).possible()).isFalse();
        Files.move(usb.folder().orElseThrow(), root.resolve("away"));
        model.rows().refresh();

        dialogs.agree(false);
        model.remove(model.rows().items().getFirst()).run();
        assertThat(model.rows().items()).as("asked first, and not confirmed").hasSize(1);
        dialogs.agree(true);
        model.remove(model.rows().items().getFirst()).run();

        assertThat(model.rows().items()).isEmpty();
        assertThat(home.console().vaults().list(VaultFilter.ALL)).isEmpty();
    }

    @Test
    void aLocationThatVanishesIsShownAsUnreachable() throws IOException {
        Location usb = add("usb");
        try (var files = Files.walk(usb.folder().orElseThrow())) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }

        model.rows().refresh();

        assertThat(model.rows().items().getFirst().location().status()).isEqualTo(Location.Status.UNREACHABLE);
    }

    @Test
    void removingAsksAndLeavesTheFolder() throws IOException {
        Location usb = add("usb");

        model.remove(model.rows().items().getFirst()).run();

        assertThat(dialogs.questions()).hasSize(1);
        assertThat(model.rows().items()).isEmpty();
        assertThat(usb.folder().orElseThrow()).exists();
    }

    @Test
    void whereVaultsLiveRemovingSaysHowMany() throws IOException {
        Location usb = add("usb");
        home.console()
                .vaults()
                .create(new NewVault("docs", "", usb.id(), 10, List.of(), true, Optional.empty(), false, "", Map.of()));

        model.rows().refresh();
        Act remove = model.remove(model.rows().items().getFirst());

        assertThat(model.rows().items().getFirst().vaults()).isOne();
        assertThat(remove.possible()).isFalse();
        assertThat(remove.whyNot().getValue().orElseThrow().args()).contains("usb", 1L);
    }

    @Test
    void searchingLooksAtNamesAndPaths() throws IOException {
        add("usb");
        add("nas");

        model.query().set("NAS");

        assertThat(model.rows().items())
                .extracting(row -> row.location().name())
                .containsExactly("nas");
    }
}
