package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plain.txt               | plain.txt
                    \u62a5\u544a 2026.txt   | \u62a5\u544a 2026.txt
                    """)
    void whatIsUtf8IsKept(String name, String text) {
        byte[] raw = ("<" + name + ">").getBytes(StandardCharsets.UTF_8);
        assertThat(NameText.name(raw, 1, raw.length - 2)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ff                 | \\xff
                    61ff62             | a\\xffb
                    e4b8               | \\xe4\\xb8
                    e4b861             | \\xe4\\xb8a
                    eda080             | \\xed\\xa0\\x80
                    c0af               | \\xc0\\xaf
                    2e2e2f6574632f     | ..\\x2fetc\\x2f
                    6100               | a\\x00
                    """)
    void whatIsNoneIsWrittenByteByByte(String hex, String text) {
        byte[] raw = HexFormat.of().parseHex(hex);
        assertThat(NameText.name(raw, 0, raw.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"'', true", "., true", ".., true", "..., false", ".a, false", "a, false"})
    void dotsStandForFoldersThemselves(String name, boolean dots) {
        byte[] raw = (name + "!").getBytes(StandardCharsets.UTF_8);
        assertThat(NameText.isDots(raw, 0, raw.length - 1)).isEqualTo(dots);
    }

    @ParameterizedTest
    @CsvSource({"2f612f62, /a/b", "612f6200ff, a/b", "'', ''"})
    void aTargetKeepsItsSlashesAndEndsAtAZero(String hex, String text) {
        assertThat(NameText.target(HexFormat.of().parseHex(hex))).isEqualTo(text);
    }
}
