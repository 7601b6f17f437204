package org.coffer.console.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Text that was kept as JSON is an object or refused, whatever it says. */
class JsonFuzzTest {
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "\\",
                "\\u12",
                "null",
                "true",
                "1",
                "-",
                "1e999",
                "0x",
                "\"a\":",
                "{\"a\":",
                "\"args\":{\"x\":null}",
                "\"code\":\"vault.full\"",
                "\"bug\":3",
                " ",
                "\u0000",
                "\ud800",
                "9".repeat(2000));
        return pieces.list().ofMaxSize(12).map(list -> String.join("", list));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void textIsAnObjectOrRefused(@ForAll("texts") String text) {
        try {
            Map<String, Object> read = Json.read(text);
            // Values that are null are not written.
            Map<String, Object> kept = Json.read(Json.write(read));
            assertThat(Json.read(Json.write(kept))).isEqualTo(kept);
            assertThat(Json.readProblem(text)).isNotNull();
        } catch (UncheckedIOException e) {
            assertThat(e.getCause()).isNotNull();
        }
    }

    @Example
    void nothingAtAllAndWhatIsNoObjectAreRefused() {
        for (String text : new String[] {"null", "[]", "3", "", "[".repeat(100_000), "{\"a\":".repeat(100_000)}) {
            boolean refused;
            try {
                Json.read(text);
                refused = false;
            } catch (UncheckedIOException e) {
                refused = true;
            }
            assertThat(refused)
                    .as(text.substring(0, Math.min(20, text.length())))
                    .isTrue();
        }
    }
}
