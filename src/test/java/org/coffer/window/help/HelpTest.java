package org.coffer.window.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.layout.StackPane;
import org.coffer.text.Language;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pictures")
class HelpTest {
    private static final List<String> PAGES =
            List.of("overview", "disk-backup", "tasks", "locations", "audit", "settings");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private static long headings(String text) {
        return text.lines().filter(line -> line.startsWith("# ")).count();
    }

    @Test
    void everyPageHasTheSameHelpInBothLanguages() {
        for (String page : PAGES) {
            String english = Help.text(page, Language.ENGLISH).orElseThrow();
            String chinese = Help.text(page, Language.CHINESE).orElseThrow();
            assertThat(headings(english)).as(page).isPositive().isEqualTo(headings(chinese));
            assertThat(HAN.matcher(english).find()).as(page).isFalse();
            assertThat(HAN.matcher(chinese).find()).as(page).isTrue();
        }
    }

    @Test
    void aPageWithoutHelpOpensNothing() {
        assertThat(Help.about("nowhere")).isEmpty();
    }

    @Test
    void theLongestHelpFits() {
        assertThat(new Pictures(Clock.system(ZoneId.systemDefault()))
                        .take("help", 592, 440, kit -> new StackPane(Help.view(kit, "disk-backup")), scene -> {}))
                .isEmpty();
    }
}
