package org.coffer.window.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.layout.Region;
import org.coffer.console.backup.Backup;
import org.coffer.window.desk.Hosted;
import org.coffer.window.desk.LargerDisk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.picture.Pictures;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of the restore dialog for a larger disk, and fails where words are clipped in either language. */
@Tag("pictures")
class GrowPicturesTest {
    @TempDir
    private Path root;

    @Test
    void whatGrowsAndWhyNothingDoesFits() throws Exception {
        try (var home = new LargerDisk(root)) {
            assertThat(over(home, "restore-grow", home.photos())).isEmpty();
            assertThat(over(home, "restore-grow-refused", home.archive())).isEmpty();
        }
    }

    private static List<String> over(LargerDisk home, String name, Backup backup) {
        return new Pictures(home.days().clock())
                .take(
                        name,
                        kit -> Hosted.over(
                                home.days().clock(),
                                kit,
                                "disk",
                                desk -> own -> new Region(),
                                Optional.of((desk, own) -> show(home, desk, backup))));
    }

    private static void show(LargerDisk home, Desk desk, Backup backup) {
        var console = home.days().console();
        RestoreModel model = new RestoreModel(console.restores(), console.disks(), desk, backup, Way.OTHER_DISK);
        model.otherProperty().set(Optional.of(home.larger()));
        model.grow().chosenProperty().set(backup.diskName().equals("photos"));
        var sheet = new Sheet(
                        Sentence.of("restore.title", "disk", backup.diskName(), "at", backup.createdAt()),
                        880,
                        kit -> new RestoreView(kit, model))
                .dangerousWhile(model.overwrites());
        sheet.act(Act.of(model.title(), sheet::done).unless(model.whyNot()));
        desk.dialogs().show(sheet);
    }
}
