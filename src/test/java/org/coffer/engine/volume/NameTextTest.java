package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                    5c786666           | \\x5cxff
                    5cff               | \\\\xff
                    """)
    void whatIsNoneIsWrittenByteByByte(String hex, String text) {
        byte[] raw = HexFormat.of().parseHex(hex);
        assertThat(NameText.name(raw, 0, raw.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "61",
                "ff",
                "61ff62",
                "e4b8",
                "e68aa5e5918a",
                "f09f9880",
                "f09f98",
                "eda080edb080",
                "5c786666",
                "5c5c7866",
                "5cff",
                "5c78ff66",
                "2f",
                "c0af5c",
                "80f09f988080"
            })
    void everyNameComesBackByteForByteFromWhatIsShown(String hex) {
        byte[] raw = HexFormat.of().parseHex(hex);
        String shown = NameText.name(raw, 0, raw.length);
        assertThat(RawName.bytes(RawName.meant(shown))).isEqualTo(raw);
        assertThat(RawName.shown(RawName.exact(raw, 0, raw.length))).isEqualTo(shown);
        assertThat(RawName.exact(RawName.bytes(RawName.meant(shown)), 0, raw.length))
                .isEqualTo(RawName.meant(shown));
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
