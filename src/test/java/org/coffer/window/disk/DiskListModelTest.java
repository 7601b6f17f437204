package org.coffer.window.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Tone;
import org.coffer.window.shell.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two image files, of which one is bound:
 *
 * <pre>
 *   alpha.img  → vault "main"
 *   beta.img   → nothing
 * </pre>
 */
class DiskListModelTest {
    @TempDir
    Path root;

    private final TestDiskDesk desk = new TestDiskDesk();
    private TestHome home;
    private Disk alpha;
    private Disk beta;
    private Vault main;
    private DiskListModel model;

    @BeforeEach
    void twoImages() throws IOException {
        home = new TestHome(root);
        alpha = home.image("alpha", 2);
        beta = home.image("beta", 2);
        main = home.vault("main", alpha);
        model = new DiskListModel(desk.over(home.console()));
        model.load();
    }

    @AfterEach
    void close() {
        model.close();
        home.close();
    }

    private DiskRow row(Disk disk) {
        return model.rows().all().stream()
                .filter(row -> row.disk().id().equals(disk.id()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> words(List<Act> acts) {
        return acts.stream().map(act -> act.title().getValue().key()).toList();
    }

    @Test
    void whatIsNotProtectedStandsFirst() {
        assertThat(model.rows().items()).extracting(row -> row.disk().name()).containsSubsequence("beta", "alpha");
    }

    @Test
    void protectLeadsToTheFormWithTheDiskChosen() {
        model.acts(row(beta)).getFirst().run();
        assertThat(desk.routes())
                .containsExactly(new Route(
                        DiskDesk.NEW_VAULT, java.util.Map.of("disks", beta.id().toString())));
    }

    @Test
    void aProtectedDiskIsBackedUpInsteadAndStaysOnTheList() {
        List<Act> acts = model.acts(row(alpha));
        assertThat(words(acts)).containsExactly("disks.back-up", "disks.open-vault", "disks.restore", "disks.remove");
        acts.getFirst().run();
        assertThat(desk.backedUp).containsExactly(main.id());
        assertThat(acts.getLast().possible()).isFalse();
        assertThat(acts.getLast().whyNot().getValue().orElseThrow().args()).contains("main");
    }

    @Test
    void aFileThatWentAwayIsShownAsMissingAndCannotBeProtected() throws IOException {
        Files.delete(beta.path());
        model.refresh().run();
        assertThat(row(beta).disk().state()).isEqualTo(Disk.State.MISSING);
        assertThat(DiskStates.of(row(beta).disk()).tone()).isEqualTo(Tone.MUTED);
        Act protect = model.acts(row(beta)).getFirst();
        assertThat(protect.possible()).isFalse();
        assertThat(protect.whyNot().getValue()).isPresent();
    }

    @Test
    void takingADiskOffTheListAsksAndSaysSo() {
        model.acts(row(beta)).getLast().run();
        assertThat(desk.questions()).hasSize(1);
        assertThat(model.rows().all())
                .extracting(row -> row.disk().id())
                .doesNotContain(beta.id())
                .contains(alpha.id());
        assertThat(desk.told()).hasSize(1);
    }

    @Test
    void aDiskWhoseRestoreDidNotFinishCanBeUsedAsItIsOnceThatIsConfirmed() {
        home.console().disks().unusable(alpha.id(), UUID.randomUUID());
        assertThat(words(model.acts(row(beta)))).doesNotContain("disks.use");
        assertThat(DiskStates.of(row(alpha).disk()).tone()).isEqualTo(Tone.DANGER);
        Act use = model.acts(row(alpha)).stream()
                .filter(act -> act.title().getValue().key().equals("disks.use"))
                .findFirst()
                .orElseThrow();
        desk.answer(false);
        use.run();
        assertThat(desk.questions().getFirst().title().args()).contains("alpha");
        assertThat(row(alpha).disk().unfinishedRestore()).isPresent();
        desk.answer(true);
        use.run();
        assertThat(row(alpha).disk().unfinishedRestore()).isEmpty();
        assertThat(words(model.acts(row(alpha)))).doesNotContain("disks.use");
        assertThat(desk.told()).hasSize(1);
    }

    @Test
    void searchingLooksAtNamesAndPaths() {
        model.query().set("ALPH");
        assertThat(model.rows().items()).extracting(row -> row.disk().name()).containsExactly("alpha");
        assertThat(model.count().get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aFolderIsRefusedAtItsField() throws IOException {
        Path folder = Files.createDirectory(root.resolve("folder.img"));
        var image = new NewImageModel(desk.over(home.console()), Optional.of(folder));
        var added = new java.util.ArrayList<Disk>();
        image.add(added::add);
        assertThat(added).isEmpty();
        assertThat(image.pathProblem().getValue().orElseThrow().key()).isEqualTo("!image.folder");
        assertThat(image.nameProblem().getValue()).isEmpty();
        image.path().set(root.resolve("alpha.img").toString());
        assertThat(image.pathProblem().getValue()).isEmpty();
    }

    @Test
    void anImageIsCalledAfterItsFileUntilSomebodyNamesIt() {
        var image = new NewImageModel(desk.over(home.console()), Optional.of(Path.of("/x/web.img")));
        assertThat(image.name().get()).isEqualTo("web");
        image.name().set("shop");
        image.path().set("/x/other.raw");
        assertThat(image.name().get()).isEqualTo("shop");
    }

    @Test
    void anAddedImageIsOfferedForProtection() throws IOException {
        Path file = root.resolve("gamma.img");
        Files.write(file, new byte[4096]);
        var dialogs = new DiskDialogs(desk.over(home.console()));
        dialogs.dropped(List.of(file));
        desk.sheets().getFirst().act().orElseThrow().run();
        assertThat(home.console().disks().list()).extracting(Disk::name).contains("gamma");
        desk.offered().getFirst().run();
        assertThat(desk.routes().getLast().page()).isEqualTo(DiskDesk.NEW_VAULT);
    }
}
