package org.coffer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoverySheetTest {
    private static final String CODE = "9H2K-0000-1111-2222-3333-4444-5555-6666-7777-8888-9999-AAAA-BBBB-CCCC";

    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneId.of("Asia/Shanghai"));
    private final Text english = Text.of(Language.ENGLISH, clock);
    private final Text chinese = Text.of(Language.CHINESE, clock);
    private final RecoverySheet sheet = new RecoverySheet(
            "web_data", "5a0f61e2", "Tom & Jerry's <drive>", "/mnt/backup", CODE, true, clock.instant());

    @Test
    void aPageInBothLanguagesHoldsEverythingTwice() {
        String page = sheet.html(List.of(chinese, english));
        assertThat(page).containsSubsequence("lang=\"zh-CN\"", "恢复码", "<section lang=\"en\">", "Recovery code");
        assertThat(page.split("9H2K-0000", -1)).hasSize(3);
        assertThat(page.split("/mnt/backup", -1)).hasSize(3);
    }

    @Test
    void namesCannotBreakThePage() {
        assertThat(sheet.html(List.of(english)))
                .contains("Tom &amp; Jerry's &lt;drive&gt;")
                .doesNotContain("<drive>");
    }

    @Test
    void thePageNeedsNothingFromOutsideAndPrintsOnA4() {
        assertThat(sheet.html(List.of(english)))
                .contains("size: A4")
                .doesNotContain("http")
                .doesNotContain("src=");
    }

    @Test
    void theCodeIsWrittenInLinesThatReadAsOne() {
        assertThat(sheet.codeLines(7).split("\n")).hasSize(2);
        assertThat(sheet.codeLines(7).replace("\n", "")).isEqualTo(CODE);
    }

    @Test
    void theFileIsNamedAfterTheVaultWithoutWhatFileSystemsRefuse() {
        assertThat(sheet.fileName()).isEqualTo("coffer-web_data.html");
        var odd = new RecoverySheet("财务/2026", "id", "", "", CODE, true, clock.instant());
        assertThat(odd.fileName()).isEqualTo("coffer-财务_2026.html");
    }

    @Test
    void anOpenVaultIsNotCalledASecret() {
        var open = new RecoverySheet("open", "id", "", "", CODE, false, clock.instant());
        assertThat(open.meaning(english)).contains("not encrypted").isNotEqualTo(sheet.meaning(english));
    }
}
