package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditBackupModelTest {
    @TempDir
    Path root;

    @Test
    void whatTheServiceRefusesStandsAtItsFieldAndGoesAwayWhenItIsChanged() throws Exception {
        try (Days days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"))) {
            Disk web = days.image("web", 2, Disk.Role.DATA);
            Backup one = days.backup(days.backUp(days.vault("main", web), web, "one"));
            var model = new EditBackupModel(days.console().backups(), new TestDesk().desk(days.clock()), one);
            boolean[] done = {false};
            model.nameProperty().set("not a name");
            model.save(() -> done[0] = true);
            assertThat(model.nameProblem().getValue()).isPresent();
            assertThat(model.descriptionProblem().getValue()).isEmpty();
            model.nameProperty().set("升级前");
            assertThat(model.nameProblem().getValue()).isEmpty();
            model.descriptionProperty().set("kept");
            model.save(() -> done[0] = true);
            assertThat(done[0]).isTrue();
            assertThat(days.console().backups().get(one.id()))
                    .satisfies(now -> assertThat(now.name() + now.description()).isEqualTo("升级前kept"));
        }
    }
}
