package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.coffer.window.opened.OpenDiskSheets;
import org.coffer.window.restore.RestoreSheets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault with one backup, and one without. */
class VerifyModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Vault vault;
    private Vault empty;
    private Backup one;
    private boolean started;

    @BeforeEach
    void oneBackup() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        Disk web = days.image("web", 4, Disk.Role.DATA);
        vault = days.vault("main", web);
        empty = days.vault("second");
        one = days.backup(days.backUp(vault, web, "one"));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private VerifyModel of(Vault which) {
        return VerifyModel.of(days.services(), desk.desk(days.clock()), which);
    }

    private VerifyModel ofOne() {
        return VerifyModel.of(days.services(), desk.desk(days.clock()), one);
    }

    private Task started(VerifyModel model) throws Exception {
        model.start(() -> started = true);
        assertThat(started).isTrue();
        days.settle();
        return days.console()
                .tasks()
                .list(
                        new TaskFilter(
                                Set.of(TaskType.VERIFY),
                                Set.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ""),
                        0,
                        1)
                .getFirst();
    }

    private static long bytes(Task task) {
        return task.outcome().get("bytes") instanceof Number bytes ? bytes.longValue() : -1;
    }

    private static Object said(Sentence sentence, String name) {
        return sentence.args().get(sentence.args().indexOf(name) + 1);
    }

    @Test
    void aTenthOfTheVaultIsReadUnlessAskedOtherwise() throws Exception {
        VerifyModel model = of(vault);
        long used = days.console().vaults().get(vault.id()).used();
        assertThat(model.depth().get()).isEqualTo(VerifyModel.Depth.SHARE);
        assertThat(model.share().get()).isEqualTo("10");
        assertThat(said(model.estimate().getValue(), "bytes")).isEqualTo((long) Math.ceil(used / 10.0));
        model.share().set("50");
        assertThat(said(model.estimate().getValue(), "bytes")).isEqualTo((long) Math.ceil(used / 2.0));
        Task task = started(model);
        assertThat(task.parameters()).isEqualTo(Map.of("percent", 50));
        assertThat(task.subject().backupId()).isEmpty();
        assertThat(desk.told()).extracting(Sentence::key).containsExactly("verify.started");
        desk.offered().getFirst().run();
        assertThat(desk.routes()).extracting(route -> route.page()).containsExactly("tasks");
    }

    @Test
    void theStructureAloneReadsNoData() throws Exception {
        VerifyModel model = of(vault);
        model.depth().set(VerifyModel.Depth.STRUCTURE);
        assertThat(model.estimate().getValue().key()).isEqualTo("verify.reads.structure");
        Task task = started(model);
        assertThat(task.parameters()).isEqualTo(Map.of("percent", 0));
        assertThat(task.outcome()).containsEntry("bytes", 0);
    }

    @Test
    void everyByteOfTheVaultIsAtMostWhatItStores() throws Exception {
        VerifyModel model = of(vault);
        model.depth().set(VerifyModel.Depth.EVERY_BYTE);
        long said = (Long) said(model.estimate().getValue(), "bytes");
        assertThat(said).isEqualTo(days.console().vaults().get(vault.id()).used());
        assertThat(bytes(started(model))).isBetween(1L, said);
    }

    @Test
    void aShareThatIsNoneIsSaidAtTheFieldAndStartsNothing() {
        VerifyModel model = of(vault);
        for (String wrong : new String[] {"", "ten", "101", "-1", "1.5"}) {
            model.share().set(wrong);
            assertThat(model.shareProblem().getValue().map(Sentence::key)).hasValue("!verify.percent");
            model.start(() -> started = true);
            assertThat(started).isFalse();
        }
        model.depth().set(VerifyModel.Depth.EVERY_BYTE);
        assertThat(model.shareProblem().getValue())
                .as("nobody asked for a share")
                .isEmpty();
    }

    @Test
    void aVaultWithoutBackupsSaysThatThereIsNothingToCheck() {
        assertThat(of(empty).whyNot().getValue().map(Sentence::key)).hasValue("!verify.nothing");
        assertThat(of(vault).whyNot().getValue()).isEmpty();
    }

    @Test
    void oneBackupOffersNoShareAndIsVerifiedByEveryByte() throws Exception {
        VerifyModel model = ofOne();
        assertThat(model.shares()).isFalse();
        assertThat(model.depth().get()).isEqualTo(VerifyModel.Depth.EVERY_BYTE);
        long most = (Long) said(model.estimate().getValue(), "bytes");
        Task task = started(model);
        // The disk is noise, which does not get smaller: there are heads of frames and the map besides.
        assertThat(bytes(task)).isBetween(1L, most + most / 50);
        assertThat(days.console().backups().get(one.id()).verifiedAt()).isPresent();
    }

    @Test
    void onlyAFinishedBackupCanBeVerifiedFromItsMenu() throws Exception {
        assertThat(verify(one).possible()).isTrue();
        java.nio.file.Files.move(root.resolve("web.img"), root.resolve("away"));
        Disk web = days.console().disks().get(one.diskId());
        Backup broken = days.backup(days.backUp(vault, web, "broken"));
        assertThat(verify(broken).whyNot().getValue().orElseThrow().key()).startsWith("!");
    }

    private Act verify(Backup backup) {
        var at = desk.desk(days.clock());
        var acts = new BackupActs(
                days.services(),
                at,
                new RestoreSheets(
                        days.console().restores(),
                        days.console().files(),
                        days.console().disks(),
                        at),
                new OpenDiskSheets(days.console().openDisks(), days.console().events(), at));
        return acts.of(backup).stream()
                .filter(act -> act.title().getValue().key().equals("backups.verify"))
                .findFirst()
                .orElseThrow();
    }
}
