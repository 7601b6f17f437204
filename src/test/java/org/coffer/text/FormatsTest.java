package org.coffer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), ZoneId.of("Asia/Shanghai"));
    private final Formats english = Text.of(Language.ENGLISH, NOON).formats();
    private final Formats chinese = Text.of(Language.CHINESE, NOON).formats();

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 0 B
            1, 1 B
            999, 999 B
            1000, 1 KB
            12400000000, 12.4 GB
            999499, 999 KB
            999500, 1 MB
            123456789, 123 MB
            5000000000000, 5 TB
            """)
    void sizesAreDecimalWithThreeDigits(long bytes, String shown) {
        assertThat(english.size(bytes)).isEqualTo(shown);
        assertThat(chinese.size(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, under 1 s, 不到 1 秒
            59, 59 s, 59 秒
            60, 1 min, 1 分钟
            200, 3 min 20 s, 3 分 20 秒
            7500, 2 h 5 min, 2 小时 5 分
            240, 4 min, 4 分钟
            3600, 1 h, 1 小时
            90061, 1 d 1 h, 1 天 1 小时
            """)
    void durationsShowTwoUnits(long seconds, String en, String zh) {
        assertThat(english.duration(Duration.ofSeconds(seconds))).isEqualTo(en);
        assertThat(chinese.duration(Duration.ofSeconds(seconds))).isEqualTo(zh);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-20T18:00:00Z, Today 02:00, 今天 02:00
            2026-11-19T18:00:00Z, Yesterday 02:00, 昨天 02:00
            2026-11-21T18:00:00Z, Tomorrow 02:00, 明天 02:00
            2026-11-01T18:00:00Z, 2026-11-02 02:00, 2026-11-02 02:00
            """)
    void listsShowTheDayInTheLocalZone(Instant at, String en, String zh) {
        assertThat(english.time(at)).isEqualTo(en);
        assertThat(chinese.time(at)).isEqualTo(zh);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-21T03:59:30Z, just now, 刚刚
            2026-11-21T03:59:00Z, 1 minute ago, 1 分钟前
            2026-11-21T02:00:00Z, 2 hours ago, 2 小时前
            2026-11-24T04:00:00Z, in 3 days, 3 天后
            """)
    void relativeTimesReadAsSpoken(Instant at, String en, String zh) {
        assertThat(english.relative(at)).isEqualTo(en);
        assertThat(chinese.relative(at)).isEqualTo(zh);
    }

    /**
     * <pre>
     * {names}       every one
     * {names,few}   the first five, and how many more
     * {names,few,n} the first five of n, of which not all may have been given
     * </pre>
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {names}       ; a           ;  1; a                       ; a
            {names}       ; a b c d e f ;  6; a, b, c, d, e, f        ; a、b、c、d、e、f
            {names,few}   ; a b         ;  2; a, b                    ; a、b
            {names,few}   ; a b c d e   ;  5; a, b, c, d, e           ; a、b、c、d、e
            {names,few}   ; a b c d e f ;  6; a, b, c, d, e and 1 more; a、b、c、d、e，另有 1 个
            {names,few,n} ; a b         ;  2; a, b                    ; a、b
            {names,few,n} ; a b         ; 12; a, b and 10 more        ; a、b，另有 10 个
            """)
    void severalAreListedAsTheLanguageDoes(String pattern, String names, int n, String en, String zh) {
        Map<String, Object> values = Map.of("names", List.of(names.split(" ")), "n", n);
        assertThat(Template.fill(pattern, values, english)).isEqualTo(en);
        assertThat(Template.fill(pattern, values, chinese)).isEqualTo(zh);
    }

    @Test
    void whatWasJoinedByAnEarlierVersionIsSaidAsItIs() {
        assertThat(Template.fill("{names,few,n}", Map.of("names", "one, two", "n", 7), chinese))
                .isEqualTo("one, two");
    }

    @Test
    void aTimeWithinASentenceBeginsSmallAndKeepsItsDistanceFromChinese() {
        Text text = Text.of(Language.CHINESE, Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));
        Text words = Text.of(Language.ENGLISH, Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));
        Instant today = Instant.parse("2026-11-21T02:00:00Z");
        Instant earlier = Instant.parse("2026-11-11T02:00:00Z");
        assertThat(words.get("wizard.done.instead", "at", today)).isEqualTo("Use the one from today 02:00");
        assertThat(text.get("wizard.done.instead", "at", today)).isEqualTo("使用今天 02:00 的版本");
        assertThat(text.get("wizard.done.instead", "at", earlier)).isEqualTo("使用 2026-11-11 02:00 的版本");
    }
}
