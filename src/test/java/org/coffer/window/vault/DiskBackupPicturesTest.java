package org.coffer.window.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.layout.StackPane;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Consistency;
import org.coffer.console.backup.Kind;
import org.coffer.console.backup.Origin;
import org.coffer.console.backup.Soundness;
import org.coffer.console.location.NewLocation;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Slot;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Candidate;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultKeys;
import org.coffer.console.vault.VaultStatus;
import org.coffer.machine.FoundDisk;
import org.coffer.text.Text;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.TestDiskDesk;
import org.coffer.window.fixture.TestConsole;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.dialog.DialogHost;
import org.coffer.window.kit.dialog.ModalDialogs;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.dialog.Sheet;
import org.coffer.window.picture.Pictures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Takes pictures of every page and sheet about vaults, and fails where words are clipped in either language. */
@Tag("pictures")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiskBackupPicturesTest {
    /** What the window's 1280×720 leaves beside the navigation and above the strip. */
    private static final double WIDTH = 1080;

    private static final double HEIGHT = 648;

    private final Clock clock = Clock.fixed(Things.NOW, ZoneId.of("Asia/Shanghai"));
    private final Pictures pictures = new Pictures(clock);
    private final TestDiskDesk notes = new TestDiskDesk();
    private TestHome home;
    private DiskDesk desk;

    @BeforeAll
    void open(@TempDir Path root) throws IOException {
        home = new TestHome(root);
        desk = notes.over(home.console());
    }

    @AfterAll
    void close() {
        home.close();
    }

    private List<String> page(String name, Function<Kit, Parent> view) {
        return pictures.take(name, WIDTH, HEIGHT, view, scene -> {});
    }

    /** A sheet above an empty page, as the window shows it. */
    private List<String> sheet(String name, Sheet sheet) {
        return pictures.take(
                name,
                1280,
                680,
                kit -> {
                    var host = new DialogHost();
                    host.setPage(new StackPane());
                    var dialogs = new ModalDialogs(() -> kit, host);
                    javafx.application.Platform.runLater(() -> dialogs.show(sheet));
                    return host;
                },
                scene -> {});
    }

    private VaultListModel list(VaultRow... rows) {
        var model = new VaultListModel(desk, () -> new VaultListModel.Snapshot(List.of(rows), List.of()));
        model.load();
        return model;
    }

    private VaultListModel list() {
        return list(
                Things.row(Things.web(), 2, "mail", "web-data"),
                Things.row(Things.frozen(), 144, "Elements 2 TB"),
                Things.row(Things.locked(), 1, "sda-system"),
                Things.row(Things.broken(), -1),
                Things.row(Things.copies(), 26));
    }

    private List<String> listed(String name, VaultListModel model) {
        return page(
                name, kit -> (Parent)
                        new DiskBackupPage(List.of(VaultTab.over(model), notes.backups(Optional.empty())), VaultTab.ID)
                                .view(kit));
    }

    @Test
    void theListOfVaultsFits() {
        assertThat(listed("vaults", list())).isEmpty();
    }

    @Test
    void anEmptyListSaysWhatAVaultIs() {
        assertThat(listed("vaults-empty", list(new VaultRow[0]))).isEmpty();
    }

    @Test
    void aSearchWithoutHitsOffersToSeeAllAgain() {
        VaultListModel model = list();
        model.query().set("payroll");
        assertThat(listed("vaults-nothing", model)).isEmpty();
    }

    @Test
    void theLongestNamesAreCutAndPushNothingAway() {
        assertThat(listed(
                        "vaults-long", list(Things.row(Things.longEnglish(), 2), Things.row(Things.longChinese(), 30))))
                .isEmpty();
        assertThat(page("vault-long", kit -> details(kit, Things.longChinese())))
                .isEmpty();
        assertThat(page("vault-long-english", kit -> details(kit, Things.longEnglish())))
                .isEmpty();
    }

    private static List<BoundDisk> bound() {
        return List.of(
                new BoundDisk(
                        Things.data(), 12, 81 * Vault.GB, Optional.of(Things.NOW.minus(Duration.ofHours(2))), false),
                new BoundDisk(Things.mail(), 0, 0, Optional.empty(), true));
    }

    private VaultModel vault(Vault vault) {
        return vault(vault, Soundness.NOTHING);
    }

    private VaultModel vault(Vault vault, Soundness soundness) {
        // What a vault has that takes only copies: neither disks nor anything that serves them (V1).
        boolean serves = vault.status() == VaultStatus.AVAILABLE && vault.protection() == Protection.BACKUP;
        var details = new VaultDetails(
                vault,
                Optional.of(Things.place()),
                vault.protection() == Protection.BACKUP ? bound() : List.of(),
                vault.used() < vault.capacityBytes() ? Optional.of(41L) : Optional.empty(),
                vault.status() == VaultStatus.AVAILABLE ? 3_400_000_000L : 0,
                soundness,
                soundness.damaged() > 1 ? 1 : 0,
                serves ? Optional.of(Things.policy()) : Optional.empty(),
                serves ? Optional.of(Things.replication()) : Optional.empty(),
                vault.protection() == Protection.BACKUP
                        ? Optional.of(new Slot(
                                Things.NOW.plus(Duration.ofHours(9)), LocalDateTime.of(2026, 11, 22, 2, 0), false))
                        : Optional.empty(),
                serves ? Optional.of(new AutoBindRule("web-*", "")) : Optional.empty());
        var model = new VaultModel(desk, vault.id(), () -> Optional.of(details));
        model.load();
        return model;
    }

    private Parent details(Kit kit, Vault vault) {
        var lists = List.of(notes.backups(Optional.of(vault.id())), notes.tasks(vault.id()));
        return (Parent) new VaultPage(vault(vault), lists, () -> {}).view(kit);
    }

    @Test
    void thePageOfAVaultFits() {
        assertThat(page("vault", kit -> details(kit, Things.web()))).isEmpty();
    }

    @Test
    void thePageOfADamagedVaultSaysHowMuchIsHit() {
        var hit = List.of(damaged("manualbk_4a10"), damaged("每周备份_8"), damaged("before_upgrade_4"));
        var lists = List.of(
                notes.backups(Optional.empty()), notes.tasks(Things.web().id()));
        assertThat(page("vault-damaged", kit -> (Parent)
                        new VaultPage(vault(Things.web(), new Soundness(5, 12, hit)), lists, () -> {}).view(kit)))
                .isEmpty();
    }

    private static Backup damaged(String name) {
        return new Backup(
                Things.id(name),
                name,
                "",
                Things.web().id(),
                "web_data",
                Things.data().id(),
                "web-data",
                Disk.Role.DATA,
                BackupStatus.AVAILABLE,
                Origin.MANUAL,
                Kind.FULL,
                true,
                Consistency.CRASH,
                "",
                Disk.Encryption.NONE,
                Things.NOW,
                Optional.of(Things.NOW),
                new Backup.Sizes(0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                true);
    }

    @Test
    void thePageOfAFrozenVaultSaysWhy() {
        assertThat(page("vault-frozen", kit -> details(kit, Things.frozen()))).isEmpty();
    }

    @Test
    void thePageOfALockedOutVaultOffersToUnlock() {
        assertThat(page("vault-error", kit -> details(kit, Things.broken()))).isEmpty();
    }

    @Test
    void thePageOfAVaultForCopiesThatAnotherComputerKeepsSaysSo() {
        assertThat(page("vault-copies", kit -> details(kit, Things.copies()))).isEmpty();
    }

    @Test
    void thePageOfAVaultUnderRetentionLockSaysSo() {
        assertThat(page("vault-lock-set", kit -> details(kit, Things.kept(false))))
                .isEmpty();
    }

    @Test
    void theFormForAVaultFitsWithoutScrolling(@TempDir Path root) throws IOException {
        try (var paper = new TestConsole(root, clock)) {
            paper.machine()
                    .device("sdb", 120 * Vault.GB, FoundDisk.Role.DATA, "/srv/web-data")
                    .device("sdc", 40 * Vault.GB, FoundDisk.Role.DATA, "/var/mail")
                    .device("sdd", 80 * Vault.GB, FoundDisk.Role.DATA);
            var disks = paper.console().disks();
            disks.refresh();
            paper.console().locations().add(new NewLocation("Backup_drive", paper.place("place"), ""));
            var chosen = disks.list().stream().map(Disk::id).toList();
            DiskDesk own = notes.over(paper.console());
            assertThat(page("vault-create", kit -> (Parent) new NewVaultPage(new NewVaultModel(own, chosen)).view(kit)))
                    .isEmpty();
            assertThat(page("vault-create-copies", kit -> (Parent)
                            new NewVaultPage(new NewVaultModel(own, List.of(), Protection.REPLICATION)).view(kit)))
                    .isEmpty();
        }
    }

    @Test
    void theTagsOfAVaultFit() {
        assertThat(page("vault-tags", kit -> {
                    VaultModel model = vault(Things.web());
                    model.tab().set(VaultModel.TAGS);
                    var lists = List.of(notes.backups(Optional.of(model.id())), notes.tasks(model.id()));
                    return (Parent) new VaultPage(model, lists, () -> {}).view(kit);
                }))
                .isEmpty();
    }

    @Test
    void theQuestionsBeforeAVaultGoesFit() {
        notes.questions().clear();
        notes.answer(false);
        new VaultRemoval(desk).delete(home.vault("web_data"), () -> {});
        new VaultRemoval(desk).purge(Things.web());
        new VaultRemoval(desk).lock(home.vault("mail_data"));
        notes.answer(true);
        assertThat(notes.questions()).hasSize(3);
        assertThat(question("vault-delete", notes.questions().get(0), "web_data"))
                .isEmpty();
        assertThat(question("vault-purge", notes.questions().get(1), "web_data"))
                .isEmpty();
        assertThat(question("vault-lock", notes.questions().get(2), "mail_data"))
                .isEmpty();
    }

    @Test
    void theQuestionBeforeAVaultIsKeptHereFits() {
        notes.questions().clear();
        notes.answer(false);
        new VaultRemoval(desk).keep(Things.web());
        notes.answer(true);
        Question question = notes.questions().getFirst();
        assertThat(question("vault-keep", dialogs -> dialogs.confirm(question))).isEmpty();
    }

    private List<String> question(String name, Question question, String typed) {
        return question(name, dialogs -> dialogs.confirmByName(question, typed));
    }

    private List<String> question(String name, Consumer<ModalDialogs> asks) {
        return pictures.take(
                name,
                1280,
                680,
                kit -> {
                    var host = new DialogHost();
                    host.setPage(new StackPane());
                    var dialogs = new ModalDialogs(() -> kit, host);
                    javafx.application.Platform.runLater(() -> asks.accept(dialogs));
                    return host;
                },
                scene -> {});
    }

    private DiskChooserModel chooser() {
        List<Candidate> all = Things.candidates();
        var model = new DiskChooserModel(desk, () -> all, List.of(), 40 * Vault.GB, Optional.of(200 * Vault.GB));
        model.load();
        model.toggle(all.get(0));
        model.toggle(all.get(1));
        return model;
    }

    @Test
    void theSheetThatBindsDisksFits() {
        DiskChooserModel model = chooser();
        Function<Kit, Node> view = kit -> new DiskChooserView(kit, model);
        var sheet =
                new Sheet(org.coffer.window.kit.Sentence.of("vault.bind.title", "vault", "web_data"), 880, view).tall();
        sheet.act(org.coffer.window.kit.Act.of(
                org.coffer.window.kit.Sentence.of("vault.bind.expand", "gb", 240L), () -> {}));
        assertThat(sheet("bind", sheet)).isEmpty();
    }

    @Test
    void theSheetThatMovesDisksFits() throws Exception {
        Vault archive = home.console().vaults().create(home.newVault("archive"));
        Disk disk = home.image("web", 1);
        Vault office = home.vault("small_office", disk);
        home.backUp(office, disk, "one");
        var policies = home.console().policies();
        PolicyPlan plan = policies.list().getFirst().plan();
        policies.bind(policies.create(plan.named("nightly_office")).id(), office.id());
        policies.bind(policies.create(plan.named("weekly_archive")).id(), archive.id());
        Vault far = home.elsewhere("offsite");
        policies.bind(
                policies.create(plan.named("copies_of_office").replicatingTo(far.id()))
                        .id(),
                office.id());
        policies.bind(
                policies.create(plan.named("copies_of_archive").replicatingTo(far.id()))
                        .id(),
                archive.id());
        var model = new MigrateModel(desk, office, List.of());
        model.target()
                .set(model.targets().stream()
                        .filter(vault -> vault.name().equals("archive"))
                        .findFirst());
        assertThat(sheet(
                        "migrate",
                        new Sheet(model.title(), 560, kit -> MigrateView.of(kit, model))
                                .icon(org.coffer.window.kit.Icon.MIGRATE)
                                .act(org.coffer.window.kit.Act.of(model.act(), () -> {})
                                        .unless(model.whyNot()))))
                .isEmpty();
    }

    private UnbindModel unbinding() {
        return new UnbindModel(
                desk,
                Things.web(),
                List.of(new BoundDisk(Things.data(), 12, 81 * Vault.GB, Optional.of(Things.NOW), false)));
    }

    @Test
    void theSheetsAboutAVaultFit() throws IOException {
        notes.sheets().clear();
        var dialogs = new VaultDialogs(desk);
        dialogs.unbind(Things.web(), List.of(new BoundDisk(Things.data(), 0, 0, Optional.empty(), false)));
        dialogs.expand(Things.web());
        dialogs.rename(Things.web());
        dialogs.tags(Things.web());
        Vault office = home.vault("office");
        home.image("db-main", 1);
        home.image("db-logs", 1);
        dialogs.autoBind(office, Optional.of(new AutoBindRule("db-*", "")), () -> {});
        var keys = new KeyDialogs(desk);
        keys.passphrase(Things.web());
        keys.unlock(Things.broken());
        String[] names = {"unbind-none", "expand", "rename", "tags", "auto-bind", "passphrase", "unlock"};
        for (int i = 0; i < names.length; i++) {
            assertThat(sheet("sheet-" + names[i], notes.sheets().get(i))).isEmpty();
        }
    }

    @Test
    void theChoiceWhatBecomesOfBackupsFits() {
        UnbindModel model = unbinding();
        var sheet = new Sheet(model.title(), 560, kit -> UnbindView.of(kit, model));
        sheet.act(org.coffer.window.kit.Act.of(model.act(), () -> {}));
        assertThat(sheet("unbind", sheet)).isEmpty();
    }

    private RecoveryModel recovery() {
        return new RecoveryModel(
                desk,
                new VaultKeys.Sheet(
                        "web_data",
                        Things.web().id(),
                        "Backup drive",
                        "/mnt/backup",
                        "9H2K-0000-1111-2222-3333-4444-5555-6666-7777-8888-9999-AAAA-BBBB-CCCC",
                        true,
                        Things.NOW));
    }

    @Test
    void theRecoverySheetFits() {
        RecoveryModel model = recovery();
        var sheet = new Sheet(
                        org.coffer.window.kit.Sentence.of("recovery.title", "vault", "web_data"),
                        640,
                        kit -> new RecoveryView(kit, model))
                .cancel("kit.close");
        sheet.act(org.coffer.window.kit.Act.of("recovery.save", () -> {}));
        assertThat(sheet("recovery", sheet)).isEmpty();
    }

    @Test
    void thePrintedSheetFitsItsPaper() {
        assertThat(pictures.take(
                        "recovery-paper",
                        482,
                        720,
                        kit -> {
                            Text text = kit.text();
                            Parent page = RecoveryPaper.of(recovery().sheet(), text)
                                    .pages(482, 720)
                                    .getFirst();
                            page.getScene().setRoot(new StackPane());
                            return page;
                        },
                        scene -> {}))
                .isEmpty();
    }
}
