package org.coffer.window.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.restore.Restores;
import org.coffer.console.setting.Settings;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.coffer.text.Language;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Background;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Look;
import org.coffer.window.shell.Scale;

/** Settings: each takes effect and is kept as soon as it is chosen. */
final class SettingsModel implements AutoCloseable {
    /** The parts of the page. */
    enum Section {
        GENERAL("settings.general", Icon.SETTINGS),
        SECURITY("settings.security", Icon.KEY),
        ABOUT("settings.about", Icon.INFO);

        private final String key;
        private final Icon icon;

        Section(String key, Icon icon) {
            this.key = key;
            this.icon = icon;
        }

        String key() {
            return key;
        }

        Icon icon() {
            return icon;
        }
    }

    private final Settings settings;
    private final Vaults vaults;
    private final Restores restores;
    private final Background background;
    private final Background.Line line;
    private final ObjectProperty<Language> language;
    private final ObjectProperty<Look> look;
    private final ObjectProperty<Scale> scale;
    private final About about;
    private final Consumer<UUID> sheet;
    private final ObjectProperty<Section> section = new SimpleObjectProperty<>(Section.GENERAL);
    private final ReadOnlyObjectWrapper<List<Vault>> keys = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Boolean>> autostart = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Integer>> undoDays = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyIntegerWrapper saved = new ReadOnlyIntegerWrapper();
    private final Events.Subscription events;

    /**
     * The model over these services.
     *
     * @param language the language shown; setting it changes the window
     * @param look the look shown; setting it changes the window
     * @param scale how large everything is drawn from the next start on
     * @param sheet lets the user save or print a vault's recovery sheet
     */
    SettingsModel(
            Settings settings,
            Vaults vaults,
            Restores restores,
            Events events,
            Background background,
            ObjectProperty<Language> language,
            ObjectProperty<Look> look,
            ObjectProperty<Scale> scale,
            About about,
            Consumer<UUID> sheet) {
        this.settings = settings;
        this.vaults = vaults;
        this.restores = restores;
        this.background = background;
        this.line = background.line();
        this.language = language;
        this.look = look;
        this.scale = scale;
        this.about = about;
        this.sheet = sheet;
        var bridge = new Bridge<>(background, this::load, keys::set, background::unhandled);
        this.events = events.subscribe(event -> {
            if (event instanceof Event.VaultChanged) {
                bridge.changed();
            }
        });
    }

    /** Loads what other pages may have changed. */
    void refresh() {
        line.work(this::load).then(keys::set).start();
        background
                .work(restores::undoDays)
                .then(days -> undoDays.set(Optional.of(days)))
                .start();
        lookAtLogin();
    }

    /** The part that is shown. */
    ObjectProperty<Section> section() {
        return section;
    }

    /** The language shown. */
    ObjectProperty<Language> language() {
        return language;
    }

    /** The look shown. */
    ObjectProperty<Look> look() {
        return look;
    }

    /** How large everything is drawn from the next start on. */
    ObjectProperty<Scale> scale() {
        return scale;
    }

    /** Whether Coffer starts at login, as the system has it; empty where that cannot be arranged, and before the first look. */
    ReadOnlyObjectProperty<Optional<Boolean>> autostart() {
        return autostart.getReadOnlyProperty();
    }

    /** Lets Coffer start at login, or no longer. */
    void startAtLogin(boolean on) {
        about.autostart()
                .ifPresent(login -> background
                        .act(() -> login.set(on))
                        .then(done -> {
                            saved.set(saved.get() + 1);
                            lookAtLogin();
                        })
                        .onError(problem -> {
                            background.unhandled(problem);
                            lookAtLogin();
                        })
                        .start());
    }

    private void lookAtLogin() {
        about.autostart()
                .ifPresent(login -> background
                        .work(login::on)
                        .then(on -> {
                            autostart.set(Optional.empty());
                            autostart.set(Optional.of(on));
                        })
                        .start());
    }

    /** Changes how large everything is drawn, from the next start on. */
    void choose(Scale chosen) {
        if (chosen != scale.get()) {
            scale.set(chosen);
            saved.set(saved.get() + 1);
        }
    }

    /** For how many days a restore onto a disk can be undone; empty before the first look. */
    ReadOnlyObjectProperty<Optional<Integer>> undoDays() {
        return undoDays.getReadOnlyProperty();
    }

    /** Changes that for restores to come. */
    void keepUndo(int days) {
        if (!undoDays.get().equals(Optional.of(days))) {
            undoDays.set(Optional.of(days));
            background
                    .act(() -> restores.setUndoDays(days))
                    .then(done -> saved.set(saved.get() + 1))
                    .start();
        }
    }

    /** Changes the language now and for later starts. */
    void choose(Language chosen) {
        if (chosen != language.get()) {
            language.set(chosen);
            keep(Settings.LANGUAGE, chosen.tag());
        }
    }

    /** Changes the look now and for later starts. */
    void choose(Look chosen) {
        if (chosen != look.get()) {
            look.set(chosen);
            keep(Settings.LOOK, chosen.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Counts up each time something was kept, so that the page can say so. */
    ReadOnlyIntegerProperty savedProperty() {
        return saved.getReadOnlyProperty();
    }

    /** All vaults, for their keys. */
    ReadOnlyObjectProperty<List<Vault>> keysProperty() {
        return keys.getReadOnlyProperty();
    }

    /** Saves or prints a vault's recovery sheet. */
    Act sheet(Vault vault) {
        return Act.of("settings.keys.sheet", () -> sheet.accept(vault.id())).with(Icon.PRINT);
    }

    About about() {
        return about;
    }

    @Override
    public void close() {
        events.close();
    }

    private void keep(String name, String value) {
        background
                .act(() -> settings.set(name, value))
                .then(done -> saved.set(saved.get() + 1))
                .start();
    }

    private List<Vault> load() {
        return vaults.list(VaultFilter.ALL);
    }
}
