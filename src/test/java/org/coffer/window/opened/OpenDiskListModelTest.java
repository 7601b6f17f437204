package org.coffer.window.opened;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.coffer.console.backup.Backup;
import org.coffer.console.opened.NewOpening;
import org.coffer.console.opened.OpenDisk;
import org.coffer.console.opened.OpenDisks;
import org.coffer.console.resource.Disk;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.shell.Desk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening a backup from a list, the list of open disks, and the note about them. */
class OpenDiskListModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk told = new TestDesk();
    private final List<UUID> went = new ArrayList<>();
    private final List<String> copied = new ArrayList<>();
    private Desk desk;
    private OpenDisks opened;
    private OpenDiskSheets sheets;
    private OpenDiskListModel model;
    private Backup backup;

    @BeforeEach
    void oneBackup() throws Exception {
        days = new Days(root, Instant.parse("2026-11-20T18:00:00Z"));
        desk = told.desk(days.clock());
        opened = days.console().openDisks();
        Disk web = days.image("web", 2, Disk.Role.DATA);
        backup = days.backup(days.backUp(days.vault("main", web), web, "one"));
        sheets = new OpenDiskSheets(opened, days.console().events(), desk);
        model = new OpenDiskListModel(opened, days.console().events(), desk, sheets, went::add);
    }

    @AfterEach
    void close() {
        days.close();
    }

    private OpenDisk open(boolean write) {
        return opened.open(new NewOpening(backup.id(), write, new NewOpening.Address.Anywhere()));
    }

    private OpenDisk row() {
        model.rows().refresh();
        assertThat(model.rows().items()).hasSize(1);
        return model.rows().items().getFirst();
    }

    private Act act(String key) {
        return model.acts(row(), copied::add).stream()
                .filter(act -> act.title().getValue().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private List<String> acts() {
        return model.acts(row(), copied::add).stream()
                .map(act -> act.title().getValue().key())
                .toList();
    }

    @Test
    void aBackupIsOpenedAsItWasChosen() {
        sheets.open(backup);
        told.sheets().getFirst().act().orElseThrow().run();
        assertThat(row().writable()).isFalse();
        assertThat(row().uri().orElseThrow()).startsWith("nbd+unix:");

        OpenBackupModel again = new OpenBackupModel(opened, desk, backup);
        assertThat(again.already().getValue()).map(OpenDisk::id).contains(row().id());
        again.accessProperty().set(Access.WRITABLE);
        again.portProperty().set(true);
        List<OpenDisk> made = new ArrayList<>();
        again.open(made::add);
        assertThat(made).singleElement().satisfies(disk -> {
            assertThat(disk.writable()).isTrue();
            assertThat(disk.uri().orElseThrow()).startsWith("nbd://127.0.0.1:");
        });
    }

    @Test
    void anOpenDiskIsClosedCopiedAndShownFromItsRow() {
        OpenDisk disk = open(false);
        assertThat(acts()).containsExactly("opened.close", "opened.details", "opened.copy-address", "opened.mount");
        act("opened.copy-address").run();
        assertThat(copied).containsExactly(disk.uri().orElseThrow());
        act("opened.details").run();
        assertThat(told.sheets()).hasSize(1);
        model.toBackup(row());
        assertThat(went).containsExactly(backup.id());

        act("opened.close").run();

        assertThat(told.questions()).isEmpty();
        assertThat(opened.list()).isEmpty();
    }

    @Test
    void closingAWritableDiskKeepsItsChangesUnlessTheyAreDiscarded() {
        open(true);
        act("opened.close").run();
        assertThat(opened.list().getFirst().kept())
                .as("nothing before it is answered")
                .isFalse();
        told.sheets().getLast().act().orElseThrow().run();

        assertThat(row().kept()).isTrue();
        assertThat(acts()).containsExactly("opened.again", "opened.discard.do");
        assertThat(new OpenBackupModel(opened, desk, backup).goesOn().getValue())
                .isTrue();
        act("opened.again").run();
        assertThat(row().kept()).isFalse();
        act("opened.close").run();
        told.sheets().getLast().act().orElseThrow().run();

        told.answer(false);
        act("opened.discard.do").run();
        assertThat(opened.list()).hasSize(1);
        told.answer(true);
        act("opened.discard.do").run();
        assertThat(told.questions())
                .allSatisfy(question -> assertThat(question.dangerous()).isTrue());
        assertThat(opened.list()).isEmpty();
    }

    @Test
    void whatCannotBeMountedSaysWhyAndLeavesTheDiskOpen() {
        OpenDisk disk = open(false);
        model.rows().refresh();
        Act mount = act("opened.mount");
        assertThat(mount.whyNot().getValue())
                .as("tests run as root, with nbdfuse")
                .isEmpty();

        mount.run();

        assertThat(told.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("mount.nothing"));
        assertThat(opened.get(disk.id()).uri()).isPresent();
    }

    @Test
    void aDiskIsFoundByItsBackupItsDiskAndItsAddress() {
        open(false);
        for (String text : List.of("ONE", "we", "nbd+unix")) {
            model.queryProperty().set(text);
            assertThat(row().name()).isEqualTo("one");
        }
        model.queryProperty().set("mail");
        assertThat(model.rows().items()).isEmpty();
        assertThat(model.rows().filteredProperty().get()).isTrue();
    }

    @Test
    void theStripSaysHowManyAreOpenAndLeadsThere() {
        ObservableList<Act> notes = FXCollections.observableArrayList();
        List<String> shown = new ArrayList<>();
        var note = new OpenDisksNote(
                opened, days.console().events(), desk.background(), notes, () -> shown.add("open disks"));
        note.follow();
        assertThat(notes).isEmpty();

        OpenDisk disk = open(true);
        assertThat(notes)
                .singleElement()
                .satisfies(act -> assertThat(act.title().getValue().args()).containsExactly("n", 1L));
        notes.getFirst().run();
        assertThat(shown).containsExactly("open disks");

        opened.close(disk.id(), true);
        assertThat(notes).as("kept changes are no open disk").isEmpty();
    }
}
