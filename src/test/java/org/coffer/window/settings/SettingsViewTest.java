package org.coffer.window.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import org.coffer.console.home.Autostart;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.text.Language;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Look;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Scale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of settings in pictures. */
@Tag("pictures")
class SettingsViewTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));

    @TempDir
    Path root;

    @Test
    void everyPartFits() {
        try (var home = new TestConsole(root, CLOCK)) {
            var vaults = home.console().vaults();
            Location here = home.console().locations().addSuggested("NAS");
            for (String name : List.of("vault_f61e", "photos_archive", "scratch")) {
                vaults.create(new NewVault(
                        name,
                        "",
                        here.id(),
                        10,
                        List.of(),
                        !name.equals("scratch"),
                        Optional.empty(),
                        false,
                        "",
                        Map.of()));
            }
            vaults.keys().sheetSaved(vaults.list(VaultFilter.ALL).getFirst().id());
            try (var model = new SettingsModel(
                    home.console().settings(),
                    vaults,
                    home.console().restores(),
                    home.console().events(),
                    TestConsole.direct(),
                    new SimpleObjectProperty<>(Language.ENGLISH),
                    new SimpleObjectProperty<>(Look.SYSTEM),
                    new SimpleObjectProperty<>(Scale.SYSTEM),
                    new About(
                            "0.2.0",
                            Path.of("/root/.local/share/coffer"),
                            Path.of("/root/.local/share/coffer/log/coffer.log"),
                            Autostart.of(
                                    new Home(root.resolve("home")),
                                    "Linux",
                                    root,
                                    Map.of(),
                                    Path.of("/opt/coffer/bin/coffer"))),
                    vault -> {})) {
                model.refresh();
                for (SettingsModel.Section section : SettingsModel.Section.values()) {
                    model.section().set(section);
                    assertThat(new Pictures(CLOCK)
                                    .take(
                                            "settings-" + section.name().toLowerCase(Locale.ROOT),
                                            1080,
                                            648,
                                            kit -> (Parent) SettingsView.of(kit, model),
                                            scene -> {}))
                            .isEmpty();
                }
            }
        }
    }
}
