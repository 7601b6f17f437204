package org.coffer.console.setting;

import java.util.Optional;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;

/** Named preferences that survive restarts. Names are dotted, such as {@code look} or {@code layout.vaults}. */
public final class Settings {
    /** The language's tag ({@code en}, {@code zh}); absent means the system's. */
    public static final String LANGUAGE = "language";
    /** {@code system}, {@code light} or {@code dark}. */
    public static final String LOOK = "look";

    private final SettingStore store;
    private final Events events;

    /** Keeps settings in {@code catalog}. */
    public Settings(Catalog catalog, Events events) {
        this.store = new SettingStore(catalog);
        this.events = events;
    }

    /** The value last {@link #set}, if any. */
    public Optional<String> get(String name) {
        return store.get(name);
    }

    /** Keeps a value of at most 100,000 characters. */
    public void set(String name, String value) {
        store.put(name, value);
        events.publish(new Event.SettingChanged(name));
    }
}
