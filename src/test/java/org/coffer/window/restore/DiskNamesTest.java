package org.coffer.window.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.LayoutMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of disks read as lists do in each language, and do not fill the page. */
class DiskNamesTest {
    @TempDir
    private Path root;

    @Test
    void aFewAreNamedAndTheOthersCounted() throws Exception {
        try (var home = new TestHome(root)) {
            var disks = new ArrayList<Disk>();
            for (String name : List.of("a", "b", "c", "d", "e", "f")) {
                disks.add(home.image(name, 1));
            }
            assertThat(said(Language.ENGLISH, disks.subList(0, 2))).isEqualTo("a, b");
            assertThat(said(Language.CHINESE, disks.subList(0, 2))).isEqualTo("a、b");
            assertThat(said(Language.ENGLISH, disks.subList(0, 4))).isEqualTo("a, b, c, d");
            assertThat(said(Language.ENGLISH, disks)).isEqualTo("a, b, c, d and 2 more");
            assertThat(said(Language.CHINESE, disks)).isEqualTo("a、b、c、d，另有 2 个");
        }
    }

    private static String said(Language language, List<Disk> disks) {
        var clock = Clock.systemUTC();
        return DiskNames.of(new Kit(Text.of(language, clock), LayoutMemory.shortLived(), clock), disks);
    }
}
