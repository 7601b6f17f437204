package org.coffer.window.shell;

import java.time.Clock;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Look;

/** Language, look and scale, as the user chose them; setting one of the first two changes the window at once. */
public final class Appearance {
    private final ObjectProperty<Language> language;
    private final ObjectProperty<Look> look;
    private final ObjectProperty<Scale> scale;
    private final LayoutMemory memory;
    private final ObservableValue<Kit> kit;

    /**
     * An appearance.
     *
     * @param memory remembers how the window was arranged
     * @param clock says what today is, and in which zone
     */
    public Appearance(Language language, Look look, LayoutMemory memory, Clock clock) {
        this.language = new SimpleObjectProperty<>(language);
        this.look = new SimpleObjectProperty<>(look);
        this.memory = memory;
        this.scale = new SimpleObjectProperty<>(Scale.chosen(memory));
        this.scale.subscribe((old, now) -> now.keep(memory));
        var made = new SimpleObjectProperty<>(new Kit(Text.of(language, clock), memory, clock));
        this.language.subscribe((old, now) -> made.set(new Kit(Text.of(now, clock), memory, clock)));
        this.kit = made;
    }

    /** The language. */
    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    /** The look. */
    public ObjectProperty<Look> lookProperty() {
        return look;
    }

    /** How large everything is drawn, from the next start on. */
    public ObjectProperty<Scale> scaleProperty() {
        return scale;
    }

    /** The kit of the language shown; another one after each change of language. */
    public ObservableValue<Kit> kit() {
        return kit;
    }

    /** Remembers how the window was arranged. */
    public LayoutMemory memory() {
        return memory;
    }
}
