package org.coffer.window.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackUpModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private Disk web;
    private Disk mail;
    private Vault vault;

    @BeforeEach
    void twoDisks() throws Exception {
        days = new Days(root, Instant.parse("2026-11-01T02:00:00Z"));
        web = days.image("web", 2, Disk.Role.DATA);
        mail = days.image("mail", 2, Disk.Role.DATA);
        vault = days.vault("main", web, mail);
    }

    @AfterEach
    void close() {
        days.close();
    }

    private BackUpModel model(Set<java.util.UUID> wanted) {
        return new BackUpModel(
                days.services(), desk.desk(days.clock()), new Random(1), Optional.of(vault.id()), wanted);
    }

    @Test
    void allIdleDisksAreTickedAndANameIsSuggested() {
        BackUpModel model = model(Set.of());
        assertThat(model.ticked().getValue()).containsExactlyInAnyOrder(web.id(), mail.id());
        assertThat(model.nameProperty().get()).matches("manualbk_[0-9a-f]{4}");
        assertThat(model.title().getValue().args()).contains(2);
        assertThat(model.whyNot().getValue()).isEmpty();
    }

    @Test
    void onlyTheDiskThatWasAskedForIsTicked() {
        assertThat(model(Set.of(mail.id())).ticked().getValue()).containsExactly(mail.id());
    }

    @Test
    void aDiskThatIsNotThereSaysWhyAndIsNotTicked() throws Exception {
        Files.delete(web.path());
        days.console().disks().refresh();
        BackUpModel model = model(Set.of());
        assertThat(model.ticked().getValue()).containsExactly(mail.id());
        assertThat(model.choices().getValue())
                .filteredOn(choice -> choice.disk().id().equals(web.id()))
                .singleElement()
                .satisfies(choice ->
                        assertThat(choice.whyNot().orElseThrow().code()).isEqualTo("disk.missing"));
    }

    @Test
    void namesAreJudgedWhileTheyAreTyped() {
        BackUpModel model = model(Set.of());
        model.nameProperty().set("autobk_1");
        assertThat(model.problem("name").getValue().orElseThrow().key()).contains("backup.name-automatic");
        model.nameProperty().set("two words");
        assertThat(model.problem("name").getValue()).isPresent();
        model.nameProperty().set("网站_1");
        assertThat(model.problem("name").getValue()).isEmpty();
        model.descriptionProperty().set("x".repeat(256));
        assertThat(model.problem("description").getValue()).isPresent();
    }

    @Test
    void withoutADiskThereIsNothingToStart() {
        BackUpModel model = model(Set.of());
        model.tick(web.id(), false);
        model.tick(mail.id(), false);
        assertThat(model.whyNot().getValue().orElseThrow().key()).isEqualTo("backup.no-disk");
    }

    @Test
    void startsOneBackupADiskAndTellsOfIt() throws Exception {
        BackUpModel model = model(Set.of());
        model.nameProperty().set("before_upgrade");
        model.descriptionProperty().set("just in case");
        boolean[] done = {false};
        model.start(() -> done[0] = true);
        days.settle();
        assertThat(done[0]).isTrue();
        List<Backup> made = days.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 10);
        assertThat(made)
                .extracting(Backup::name)
                .containsExactlyInAnyOrder("before_upgrade-0001", "before_upgrade-0002");
        assertThat(made).allSatisfy(backup -> assertThat(backup.description()).isEqualTo("just in case"));
        assertThat(desk.told()).hasSize(1);
        desk.offered().getFirst().run();
        assertThat(desk.routes().getLast().page()).isEqualTo("tasks");
    }

    @Test
    void aRefusalKeepsTheInput() {
        BackUpModel model = model(Set.of());
        model.nameProperty().set("before_upgrade");
        days.console().trash().delete(vault.id(), vault.name());
        boolean[] done = {false};
        model.start(() -> done[0] = true);
        assertThat(done[0]).isFalse();
        assertThat(desk.problems()).hasSize(1);
        assertThat(model.nameProperty().get()).isEqualTo("before_upgrade");
    }
}
