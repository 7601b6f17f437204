package org.coffer.window.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.home.Autostart;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.text.Language;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Look;
import org.coffer.window.shell.Scale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsModelTest {
    @TempDir
    Path root;

    private TestConsole home;
    private SettingsModel model;
    private Optional<Autostart> login = Optional.empty();
    private final SimpleObjectProperty<Language> language = new SimpleObjectProperty<>(Language.ENGLISH);
    private final SimpleObjectProperty<Look> look = new SimpleObjectProperty<>(Look.SYSTEM);
    private final SimpleObjectProperty<Scale> scale = new SimpleObjectProperty<>(Scale.SYSTEM);
    private final AtomicReference<UUID> sheet = new AtomicReference<>();

    @BeforeEach
    void open() {
        home = new TestConsole(root);
        login = Autostart.of(
                new Home(root.resolve("home")),
                "Linux",
                root,
                Map.of("XDG_CONFIG_HOME", root.resolve("config").toString()),
                Path.of("/opt/coffer/bin/coffer"));
        model = new SettingsModel(
                home.console().settings(),
                home.console().vaults(),
                home.console().restores(),
                home.console().events(),
                TestConsole.direct(),
                language,
                look,
                scale,
                new About("0.1", root, root.resolve("log"), login),
                sheet::set);
    }

    @AfterEach
    void close() {
        model.close();
        home.close();
    }

    @Test
    void howLongARestoreCanBeUndoneIsKeptAtOnce() {
        model.refresh();
        assertThat(model.undoDays().get()).contains(7);

        model.keepUndo(30);

        assertThat(home.console().restores().undoDays()).isEqualTo(30);
        assertThat(model.savedProperty().get()).isOne();
    }

    @Test
    void aLanguageIsShownAndKeptAtOnce() {
        model.choose(Language.CHINESE);

        assertThat(language.get()).isEqualTo(Language.CHINESE);
        assertThat(home.console().settings().get(Settings.LANGUAGE)).contains("zh");
        assertThat(model.savedProperty().get()).isOne();
    }

    @Test
    void startingAtLoginIsShownAsTheSystemHasIt() throws Exception {
        Path entry = login.orElseThrow().file();
        assertThat(model.autostart().get()).as("before the first look").isEmpty();
        model.refresh();
        assertThat(model.autostart().get()).contains(false);
        model.startAtLogin(true);
        assertThat(entry).exists();
        assertThat(model.autostart().get()).contains(true);
        assertThat(model.savedProperty().get()).isOne();
        Files.delete(entry);
        model.refresh();
        assertThat(model.autostart().get()).as("somebody else took it away").contains(false);
    }

    @Test
    void aScaleIsKeptForTheNextStart() {
        model.choose(Scale.P150);

        assertThat(scale.get()).isEqualTo(Scale.P150);
        assertThat(model.savedProperty().get()).isOne();
    }

    @Test
    void aLookIsShownAndKeptAtOnce() {
        model.choose(Look.DARK);

        assertThat(look.get()).isEqualTo(Look.DARK);
        assertThat(home.console().settings().get(Settings.LOOK)).contains("dark");
    }

    @Test
    void choosingWhatIsChosenKeepsNothing() {
        model.choose(Language.ENGLISH);

        assertThat(home.console().settings().get(Settings.LANGUAGE)).isEmpty();
        assertThat(model.savedProperty().get()).isZero();
    }

    @Test
    void aSheetThatIsSavedElsewhereShowsByItself() {
        Location location = home.console().locations().addSuggested("here");
        Vault vault = home.console()
                .vaults()
                .create(new NewVault(
                        "docs", "", location.id(), 10, List.of(), true, Optional.empty(), false, "", Map.of()));
        assertThat(model.keysProperty().get().getFirst().sheetMissing()).isTrue();

        model.sheet(model.keysProperty().get().getFirst()).run();
        assertThat(sheet.get()).isEqualTo(vault.id());
        home.console().vaults().keys().sheetSaved(vault.id());

        assertThat(model.keysProperty().get().getFirst().sheetMissing()).isFalse();
    }
}
