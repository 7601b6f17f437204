package org.coffer.window.settings;

import java.util.UUID;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.coffer.console.event.Events;
import org.coffer.console.restore.Restores;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Kit;
import org.coffer.window.shell.Appearance;
import org.coffer.window.shell.Page;

/** Settings. */
public final class SettingsPage implements Page {
    private final SettingsModel model;

    /**
     * The page over these services.
     *
     * @param sheet lets the user save or print a vault's recovery sheet
     */
    public SettingsPage(
            Settings settings,
            Vaults vaults,
            Restores restores,
            Events events,
            Background background,
            Appearance appearance,
            About about,
            Consumer<UUID> sheet) {
        this.model = new SettingsModel(
                settings,
                vaults,
                restores,
                events,
                background,
                appearance.languageProperty(),
                appearance.lookProperty(),
                appearance.scaleProperty(),
                about,
                sheet);
    }

    @Override
    public Node view(Kit kit) {
        return SettingsView.of(kit, model);
    }

    @Override
    public void shown() {
        model.refresh();
    }

    @Override
    public void close() {
        model.close();
    }
}
