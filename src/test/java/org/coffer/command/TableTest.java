package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    @Test
    void columnsLineUpWhateverIsWrittenInThem() {
        Table table = new Table().words("名称").numbers("容量").words("Status");
        table.row("web", "1 GB", "ok").row("数据盘", "512 GB", "可用");
        assertThat(table.lines())
                .containsExactly(
                        "名称      容量  Status", //
                        "web       1 GB  ok",
                        "数据盘  512 GB  可用");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            abc,    3
            宝匣,   4
            ａ１,   4
            「」,   4
            é,      1
            e\u0301, 1
            😀,     2
            ｱ,      1
            한글,   4
            """)
    void widthsAreThoseOfATerminal(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @Test
    void cuttingNeverSplitsACharacter() {
        assertThat(Columns.cut("宝匣abc", 3)).isEqualTo("宝");
        assertThat(Columns.cut("宝匣abc", 5)).isEqualTo("宝匣a");
        assertThat(Columns.cut("😀😀", 2)).isEqualTo("😀");
        assertThat(Columns.cut("ab", 10)).isEqualTo("ab");
    }
}
