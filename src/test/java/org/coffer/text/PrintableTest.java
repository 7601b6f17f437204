package org.coffer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody paints on an administrator's terminal by naming a file. */
class PrintableTest {
    @Test
    void whatActsOnATerminalIsShownAndDoesNotAct() {
        assertThat(Printable.line("evil\u001B[31mred\nname.img")).isEqualTo("evil\uFFFD[31mred\uFFFDname.img");
        assertThat(Printable.text("a\nb\rc\u202Etxt.exe")).isEqualTo("a\nb\uFFFDc\uFFFDtxt.exe");
        assertThat(Printable.line("网站 web-01 😀")).isEqualTo("网站 web-01 😀");
    }

    @Test
    void sentencesShowNamesThatWay() {
        Formats formats = new Formats(Language.ENGLISH, Clock.systemUTC(), key -> key);
        assertThat(Template.fill("{disk} is busy.", Map.of("disk", "a\u001B[2Jb"), formats))
                .isEqualTo("a\uFFFD[2Jb is busy.");
    }
}
