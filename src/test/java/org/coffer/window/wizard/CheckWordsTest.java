package org.coffer.window.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S9: the check before a disk is overwritten promises what will be, and says what is in the way so that everybody understands it. */
class CheckWordsTest {
    @TempDir
    private Path root;

    private TestHome home;
    private Disk disk;
    private Vault vault;
    private Backup backup;

    @BeforeEach
    void aDisk() throws Exception {
        home = new TestHome(root);
        disk = home.image("web", 4);
        vault = home.vault("main", disk);
        backup = home.backUp(vault, disk, "one");
        home.change(disk, 0, 65_536, 1);
    }

    @AfterEach
    void close() {
        home.console().close();
    }

    private Plan plan() {
        return home.console().restores().plan(new NewRestore(backup.id(), new Target.Original(), true));
    }

    private List<String> said() {
        return DiskSummary.of(DiskWay.ORIGINAL, backup, plan(), new Counting.Count.NotAsked(), true, false).stream()
                .map(Sentence::key)
                .toList();
    }

    private List<String> blocking() {
        return plan().blocking().stream()
                .map(Refusals::spoken)
                .map(Problem::code)
                .toList();
    }

    @Test
    void aSafetyCopyIsPromisedOnlyWhereOneCanBeMade() throws Exception {
        assertThat(said()).contains("wizard.check.copy");
        home.edit("update vault set used = 200000000000");
        assertThat(blocking()).containsExactly("restore.full");
        assertThat(said()).doesNotContain("wizard.check.copy");
    }

    @Test
    void whereTheBackupsAreNotConnectedNobodyIsAskedToGoOnWithoutACopy() throws Exception {
        Path place = root.resolve("place");
        Files.move(place, root.resolve("away"));
        home.console().locations().list();
        assertThat(blocking()).hasSize(1).allMatch(code -> code.startsWith("location."));
        assertThat(said()).doesNotContain("wizard.check.copy");
        Files.move(root.resolve("away"), place);
    }

    @Test
    void aDiskThatIsJustBackedUpIsNamedWithoutItsTask() throws Exception {
        Task running;
        try (TestHome.Slowed _ = home.slowed(vault)) {
            running = home.begin(vault, disk, "two", true);
            Problem busy = plan().blocking().getFirst();
            assertThat(busy.code()).isEqualTo("backup.busy");
            for (Language language : Language.values()) {
                assertThat(Text.of(language, Clock.systemUTC())
                                .get(
                                        Plainly.why(busy).key(),
                                        Plainly.why(busy).args().toArray()))
                        .contains("web")
                        .doesNotContain(running.id().toString().substring(0, 8), "%");
            }
        }
        home.done(running);
    }
}
