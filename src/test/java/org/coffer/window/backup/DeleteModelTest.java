package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Backup one;
    private Backup two;

    @BeforeEach
    void twoBackups() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        Disk web = days.image("web", 4, Disk.Role.DATA);
        Vault vault = days.vault("main", web);
        one = days.backup(days.backUp(vault, web, "one"));
        days.pass(Duration.ofDays(1));
        days.change(web, 0, 1_000_000);
        two = days.backup(days.backUp(vault, web, "two"));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private DeleteModel model(UUID... ids) {
        return new DeleteModel(days.console().deletion(), desk.desk(days.clock()), List.of(ids), false);
    }

    private static List<String> keys(DeleteModel model) {
        return model.consequences().getValue().stream().map(Sentence::key).toList();
    }

    @Test
    void saysWhatIsFreedAndHowManyOthersRemain() {
        DeleteModel model = model(two.id());
        model.toTrashProperty().set(false);
        assertThat(model.whyNot().getValue()).isEmpty();
        assertThat(model.preview()
                        .getValue()
                        .orElseThrow()
                        .frees()
                        .orElseThrow()
                        .now())
                .isPositive();
        assertThat(keys(model)).contains("backup.delete.left");
        assertThat(model.title().getValue()).isEqualTo(Sentence.of("backup.delete.do", "n", 1));
    }

    @Test
    void saysSoWhenNothingRemains() {
        assertThat(keys(model(one.id(), two.id()))).contains("backup.delete.none-left");
    }

    @Test
    void deletesForEver() throws Exception {
        boolean[] done = {false};
        DeleteModel model = model(one.id());
        model.toTrashProperty().set(false);
        model.delete(() -> done[0] = true);
        days.settle();
        assertThat(done[0]).isTrue();
        assertThat(days.console().backups().find(one.id())).isEmpty();
        assertThat(days.console().backups().find(two.id())).isPresent();
    }

    @Test
    void theTrashFreesNothingAndCanBeUndone() {
        DeleteModel model = model(one.id());
        assertThat(model.toTrashProperty().get()).as("nobody asked for more").isTrue();
        assertThat(keys(model)).contains("backup.delete.rests");
        assertThat(model.title().getValue().key()).isEqualTo("backup.delete.do.trash");
        model.delete(() -> {});
        assertThat(days.console().backups().count(BackupFilter.ALL.inTrash())).isEqualTo(1);
        desk.offered().getFirst().run();
        assertThat(days.console().backups().count(BackupFilter.ALL.inTrash())).isZero();
    }

    @Test
    void whatIsInTheTrashCanOnlyGoForEver() {
        var model = new DeleteModel(days.console().deletion(), desk.desk(days.clock()), List.of(one.id()), true);
        assertThat(model.mayRest()).isFalse();
        assertThat(model.toTrashProperty().get()).isFalse();
        assertThat(model.title().getValue().key()).isEqualTo("backup.delete.do");
    }

    @Test
    void whatIsBeingRestoredIsNamedAndCanBeLeftOut() {
        Task restore = days.console().backups().beginRestore(one.id(), restoring(one), Optional::empty);
        DeleteModel model = model(one.id(), two.id());
        assertThat(model.whyNot().getValue().orElseThrow().key()).contains("backup.held");
        model.leaveOut();
        assertThat(model.whyNot().getValue()).isEmpty();
        assertThat(model.title().getValue().args()).contains(1);
        days.console().backups().endRestore(one.id(), restore);
        assertThat(model(one.id()).whyNot().getValue()).isEmpty();
    }

    private static NewTask restoring(Backup backup) {
        return new NewTask(
                TaskType.RESTORE,
                new Task.Subject(
                        "copy.img",
                        Optional.of(backup.vaultId()),
                        backup.vaultName(),
                        Optional.of(backup.diskId()),
                        backup.diskName(),
                        Optional.of(backup.id()),
                        Optional.empty()),
                Map.of());
    }
}
