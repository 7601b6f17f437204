package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Origin;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
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

/**
 * X1 in the window: a backup is copied by hand, its records stand on its page, and damage is healed from there.
 *
 * <pre>
 *   web ── backup ──▶ main, beside (one location)      far (another)
 * </pre>
 */
class ReplicateModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Vault main;
    private Backup one;
    private boolean started;

    @BeforeEach
    void oneBackup() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        Disk web = days.image("web", 4, Disk.Role.DATA);
        main = days.vault("main", web);
        days.vault("beside");
        one = days.backup(days.backUp(main, web, "one"));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private ReplicateModel model() {
        return new ReplicateModel(days.services(), desk.desk(days.clock()), again(one));
    }

    private Backup again(Backup backup) {
        return days.console().backups().get(backup.id());
    }

    private Backup copied() throws Exception {
        model().start(() -> started = true);
        assertThat(started).isTrue();
        days.settle();
        return days.console().replicas().of(one).getFirst();
    }

    private BackupActs acts() {
        var at = desk.desk(days.clock());
        return new BackupActs(
                days.services(),
                at,
                new RestoreSheets(
                        days.console().restores(),
                        days.console().files(),
                        days.console().disks(),
                        at),
                new OpenDiskSheets(days.console().openDisks(), days.console().events(), at));
    }

    private BackupDetailsModel.Replication records(Backup backup) {
        var model = new BackupDetailsModel(days.services(), desk.desk(days.clock()), acts(), backup.id());
        model.refresh();
        return model.whole().getValue().orElseThrow().replication();
    }

    @Test
    void withoutAVaultElsewhereItSaysWhatToMake() {
        assertThat(model().targets().getValue()).isEmpty();
        assertThat(model().whyNot().getValue().map(Sentence::key)).contains("replicate.none");
        model().createVault(() -> started = true).run();
        assertThat(started).as("the sheet closes").isTrue();
        assertThat(desk.routes()).extracting(route -> route.page()).containsExactly("vault-create");
        assertThat(desk.routes().getFirst().args()).containsKey("replication");
    }

    @Test
    void theOnlyVaultThatCanTakeItIsChosenAndOneThatCannotSaysWhy() throws Exception {
        Vault far = days.vaultElsewhere("far");
        Vault full = days.vaultElsewhere("also-far");
        assertThat(model().targets().getValue())
                .as("what lies beside it is not offered at all")
                .extracting(target -> target.vault().id())
                .containsExactly(full.id(), far.id());
        ReplicateModel first = model();
        assertThat(first.target().get()).map(Vault::id).contains(full.id());
        assertThat(first.name().get()).startsWith("replica_");
        first.start(() -> {});
        days.settle();

        ReplicateModel second = model();
        assertThat(second.targets().getValue().getFirst().refusal().map(Problem::code))
                .contains("replicate.again");
        assertThat(second.target().get()).map(Vault::id).contains(far.id());
        second.start(() -> {});
        days.settle();
        assertThat(model().whyNot().getValue().map(Sentence::key)).contains("replicate.none-fits");
    }

    @Test
    void aNameThatCannotBeIsSaidAtItsField() throws Exception {
        days.vaultElsewhere("far");
        ReplicateModel model = model();
        model.name().set("no / name");
        model.start(() -> started = true);
        assertThat(started).isFalse();
        assertThat(model.nameProblem().getValue().map(Sentence::key).orElse("")).startsWith("!name.");
        model.name().set("weekly_copy");
        model.start(() -> started = true);
        days.settle();
        assertThat(days.console().replicas().of(one)).extracting(Backup::name).containsExactly("weekly_copy");
    }

    @Test
    void bothEndsShowTheRecord() throws Exception {
        days.vaultElsewhere("far");
        assertThat(records(one).copies()).isEmpty();

        Backup copy = copied();

        assertThat(desk.told()).extracting(Sentence::key).containsExactly("replicate.started");
        assertThat(records(one).copies())
                .extracting(Backup::id, Backup::status)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(copy.id(), BackupStatus.AVAILABLE));
        assertThat(copy.origin()).isEqualTo(Origin.REPLICA);
        assertThat(records(copy).of().orElseThrow().name()).isEqualTo("one");
        assertThat(records(copy).original()).map(Backup::id).contains(one.id());
    }

    @Test
    void whatCannotBeCopiedSaysWhyInItsMenu() throws Exception {
        days.vaultElsewhere("far");
        assertThat(act(one).possible()).isTrue();
        Backup copy = copied();
        assertThat(act(copy).whyNot().getValue().map(Sentence::key)).contains("!replicate.replica");
        days.console().backups().damaged(one.id(), Problem.of("backup.damaged", "backup", "one"));
        assertThat(act(again(one)).whyNot().getValue().map(Sentence::key)).contains("!replicate.damaged");
    }

    private Act act(Backup backup) {
        return acts().of(backup).stream()
                .filter(act -> act.title().getValue().key().equals("backups.replicate"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDamagedBackupIsHealedFromItsPage() throws Exception {
        days.vaultElsewhere("far");
        Problem damage =
                Problem.of("vault.damaged", "vault", "main", "location", "main", "object", "x", "details", "x");
        days.console().backups().damaged(one.id(), damage);
        assertThat(records(one).healer()).as("there is no copy").isEmpty();
        days.console().backups().whole(one.id());
        Backup copy = copied();
        days.console().backups().damaged(one.id(), damage);
        assertThat(records(one).healer()).map(Backup::id).isEqualTo(Optional.of(copy.id()));

        var model = new BackupDetailsModel(days.services(), desk.desk(days.clock()), acts(), one.id());
        model.heal(again(one)).run();
        days.settle();

        assertThat(again(one).damaged()).isFalse();
        assertThat(desk.told()).extracting(Sentence::key).contains("backup.heal.started");
    }
}
