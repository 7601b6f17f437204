package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.coffer.console.backup.Backup;
import org.coffer.console.policy.Verdict;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.TaskStep;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.restore.RestoreSheets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupDetailsModelTest {
    @TempDir
    Path root;

    private Days days;
    private Backup one;
    private Backup two;
    private Backup three;
    private BackupDetailsModel model;

    @BeforeEach
    void threeBackups() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        Disk web = days.image("web", 2, Disk.Role.DATA);
        Disk mail = days.image("mail", 2, Disk.Role.DATA);
        Vault vault = days.vault("main", web, mail);
        one = days.backup(days.backUp(vault, web, "one"));
        days.pass(Duration.ofDays(1));
        days.backUp(vault, mail, "post");
        two = days.backup(days.backUp(vault, web, "two"));
        days.pass(Duration.ofDays(5));
        three = days.backup(days.backUp(vault, web, "three"));
        var desk = new TestDesk().desk(days.clock());
        var acts = new BackupActs(
                days.services(),
                desk,
                new RestoreSheets(
                        days.console().restores(),
                        days.console().files(),
                        days.console().disks(),
                        desk),
                new OpenDiskSheets(days.console().openDisks(), days.console().events(), desk));
        model = new BackupDetailsModel(days.services(), desk, acts, two.id());
        model.refresh();
    }

    @AfterEach
    void close() {
        days.close();
    }

    private String shown() {
        return model.whole().getValue().orElseThrow().backup().name();
    }

    @Test
    void theTimelineHoldsTheBackupsOfTheDiskOldestFirst() {
        assertThat(model.whole().getValue().orElseThrow().timeline())
                .extracting(Backup::id)
                .containsExactly(one.id(), two.id(), three.id());
        assertThat(model.shown().getValue().orElseThrow().place()).isEqualTo(1);
    }

    @Test
    void theTaskThatMadeItTellsItsSteps() {
        assertThat(model.whole().getValue().orElseThrow().steps())
                .extracting(TaskStep::key)
                .contains("reading", "published");
    }

    @Test
    void whatKeepsItIsKnown() throws Exception {
        assertThat(kept()).containsExactly(Verdict.Keeper.MANUAL);
        var policies = days.console().policies();
        policies.bind(policies.list().getFirst().id(), two.vaultId());
        days.dayOfPolicies();
        Backup automatic = days.console().backups().ofVault(two.vaultId()).stream()
                .filter(backup -> backup.automatic().isPresent())
                .findFirst()
                .orElseThrow();
        model.go(automatic);
        assertThat(kept()).containsExactly(Verdict.Keeper.COUNT);
    }

    private List<Verdict.Keeper> kept() {
        return model.whole().getValue().orElseThrow().kept().orElseThrow().reasons().stream()
                .map(Verdict.Reason::keeper)
                .toList();
    }

    @Test
    void aDamagedBackupKnowsTheNearestSoundOneAndHowMuchIsHit() {
        Problem problem =
                Problem.of("vault.damaged", "vault", "main", "location", "main", "object", "x", "details", "x");
        days.console().backups().damaged(two.id(), problem);
        model.refresh();
        var whole = model.whole().getValue().orElseThrow();
        assertThat(whole.nearestSound().orElseThrow().id())
                .as("a day before, not five after")
                .isEqualTo(one.id());
        assertThat(whole.soundness().damaged()).isEqualTo(1);
        assertThat(whole.soundness().sound()).isEqualTo(3);
        days.console().backups().damaged(one.id(), problem);
        model.refresh();
        assertThat(model.whole()
                        .getValue()
                        .orElseThrow()
                        .nearestSound()
                        .orElseThrow()
                        .id())
                .isEqualTo(three.id());
    }

    @Test
    void arrowsMoveToTheBackupBeforeAndAfterAndHoldAtTheEnds() {
        model.move(-1);
        assertThat(shown()).isEqualTo("one");
        model.move(-1);
        assertThat(shown()).isEqualTo("one");
        model.moveToEnd(true);
        assertThat(shown()).isEqualTo("three");
        model.move(1);
        assertThat(shown()).isEqualTo("three");
        assertThat(model.whole().getValue().orElseThrow().steps()).isNotEmpty();
    }

    @Test
    void aBackupThatIsGoneSaysSo() throws Exception {
        days.console().deletion().delete(List.of(two.id()));
        days.settle();
        model.refresh();
        assertThat(model.whole().getValue()).isEmpty();
        assertThat(model.failure().getValue().orElseThrow().code()).isEqualTo("backup.missing");
    }

    @Test
    void daysAroundTheChosenOneNameTheirGaps() {
        var whole = model.whole().getValue().orElseThrow();
        List<TimelineDays.Day> shown = TimelineDays.around(
                whole.timeline(),
                model.shown().getValue().orElseThrow().place(),
                10,
                days.clock().getZone());
        assertThat(shown).extracting(TimelineDays.Day::gap).containsExactly(0L, 0L, 4L);
        assertThat(TimelineDays.around(whole.timeline(), 2, 1, days.clock().getZone()))
                .singleElement()
                .satisfies(day ->
                        assertThat(day.backups()).extracting(Backup::name).containsExactly("three"));
    }
}
