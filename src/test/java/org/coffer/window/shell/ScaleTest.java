package org.coffer.window.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.coffer.text.Language;
import org.coffer.window.kit.LayoutMemory;
import org.coffer.window.kit.Look;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How large everything is drawn, from the choice to the toolkit's next start. */
class ScaleTest {
    private static final String LINUX = "glass.gtk.uiScale";
    private static final String WINDOWS = "glass.win.uiScale";

    private final LayoutMemory memory = LayoutMemory.shortLived();

    @AfterEach
    void forget() {
        System.clearProperty(LINUX);
        System.clearProperty(WINDOWS);
    }

    @Test
    void aChoiceIsThereAtTheNextStart() {
        var appearance = new Appearance(Language.ENGLISH, Look.LIGHT, memory, Clock.systemUTC());
        assertThat(appearance.scaleProperty().get()).isEqualTo(Scale.SYSTEM);
        appearance.scaleProperty().set(Scale.P150);
        assertThat(Scale.chosen(memory)).isEqualTo(Scale.P150);
        Scale.chosen(memory).apply();
        assertThat(System.getProperty(LINUX)).isEqualTo("150%");
        assertThat(System.getProperty(WINDOWS)).isEqualTo("150%");
    }

    @Test
    void theSystemsOwnScaleIsLeftAlone() {
        Scale.SYSTEM.apply();
        assertThat(System.getProperty(LINUX)).isNull();
    }

    @Test
    void whatTheCommandLineSaysGoesBefore() {
        System.setProperty(LINUX, "300%");
        Scale.P125.apply();
        assertThat(System.getProperty(LINUX)).isEqualTo("300%");
    }

    @Test
    void whatAnotherVersionKeptIsTheSystems() {
        memory.keep("window.scale", "huge");
        assertThat(Scale.chosen(memory)).isEqualTo(Scale.SYSTEM);
    }
}
