package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.Retention;
import org.coffer.console.resource.Disk;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that keeps two backups runs on while somebody has the oldest before the eyes. */
class HeldMomentTest {
    @TempDir
    private Path root;

    @Test
    void retentionTakesNoBackupThatAWizardHasChosenUntilTheWizardIsLeft() throws Exception {
        try (Days days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"))) {
            Policies policies = days.console().policies();
            Policy nightly = policies.list().getFirst();
            policies.edit(
                    nightly.id(), nightly.plan().keeping(new Retention.ByCount(2, Retention.Periods.NONE)), false);
            Disk web = days.image("web", 1, Disk.Role.DATA);
            policies.bind(nightly.id(), days.vault("office", web).id());
            night(days, web);
            Backup oldest = kept(days).getFirst();
            night(days, web);
            try (WizardModel model = Wizards.over(days.console(), new TestDesk().desk(days.clock()), new HeardWays())
                    .model()) {
                model.happenedProperty().set(Happened.BROKEN);
                model.disks().choose(web.id());
                model.moment().choose(oldest);
                night(days, web);
                night(days, web);
                assertThat(kept(days))
                        .as("the one before is gone, the chosen one is not")
                        .hasSize(3)
                        .extracting(Backup::id)
                        .contains(oldest.id());
                model.planFrom(true);
                model.diskPlace()
                        .file()
                        .pathProperty()
                        .set(root.resolve("back.img").toString());
                assertThat(Wizards.finish(model, model.restore(() -> {}))
                                .verdict()
                                .headline()
                                .key())
                        .isEqualTo("wizard.done.new-file");
            }
            night(days, web);
            assertThat(kept(days)).hasSize(2).extracting(Backup::id).doesNotContain(oldest.id());
        }
    }

    private static void night(Days days, Disk disk) throws Exception {
        days.change(disk, 0, 10_000);
        days.dayOfPolicies();
        days.settle();
    }

    /** Those that are there, oldest first. */
    private static List<Backup> kept(Days days) {
        return days.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 100).reversed().stream()
                .filter(Backup::restorable)
                .toList();
    }
}
