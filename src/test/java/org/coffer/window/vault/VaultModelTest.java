package org.coffer.window.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.TestHome;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.Candidate;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Protection;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;
import org.coffer.problem.Problem;
import org.coffer.window.disk.TestDiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One vault of 100 GB with one disk of 2 MB, and everything that its page offers. */
class VaultModelTest {
    @TempDir
    Path root;

    private final TestDiskDesk desk = new TestDiskDesk();
    private TestHome home;
    private Disk web;
    private Vault vault;

    @BeforeEach
    void oneVault() throws IOException {
        home = new TestHome(root);
        web = home.image("web", 2);
        vault = home.vault("main", web);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Disk sparse(String name, int gb) throws IOException {
        Path file = root.resolve(name + ".img");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(gb * Vault.GB);
        }
        return home.console().disks().addImage(new NewImage(file, Optional.of(name), Disk.Role.DATA));
    }

    private VaultModel page() {
        var model = new VaultModel(desk.over(home.console()), vault.id());
        model.load();
        return model;
    }

    // ---- The page

    @Test
    void thePageCountsWhatTheVaultHoldsOfEachDisk() throws InterruptedException {
        home.backUp(vault, web, "first");
        try (VaultModel model = page()) {
            BoundDisk row = model.disks().items().getFirst();
            assertThat(row.backups()).isEqualTo(1);
            assertThat(row.stored()).isPositive();
            assertThat(row.lastGood()).isPresent();
            assertThat(model.diskActs(row)).allMatch(Act::possible);
        }
    }

    @Test
    void aVaultThatTakesOnlyCopiesOpensOnThemAndSaysWhyItTakesNothingElse() {
        Vault copies = home.console()
                .vaults()
                .create(new NewVault(
                        "copies",
                        "",
                        vault.locationId(),
                        10,
                        List.of(),
                        false,
                        Optional.empty(),
                        false,
                        "",
                        Map.of(),
                        Protection.REPLICATION));
        try (var model = new VaultModel(desk.over(home.console()), copies.id());
                VaultModel other = page()) {
            model.load();
            assertThat(model.tab().get()).isEqualTo("backups");
            assertThat(other.tab().get()).isEqualTo(VaultModel.DISKS);
            model.tab().set(VaultModel.TAGS);
            model.load();
            assertThat(model.tab().get()).as("where somebody went").isEqualTo(VaultModel.TAGS);
            for (Act act : List.of(model.backUp(), model.bind(), model.policy(), model.replication())) {
                assertThat(act.whyNot().getValue().orElseThrow().key()).isEqualTo("!vault.replication");
            }
        }
        assertThat(VaultRow.load(home.console(), VaultFilter.ALL))
                .filteredOn(VaultRow::copiesOnly)
                .extracting(row -> row.vault().name())
                .containsExactly("copies");
    }

    @Test
    void aDiskWithoutABackupCannotBeRestoredAndSaysSo() {
        try (VaultModel model = page()) {
            Act restore = model.diskActs(model.disks().items().getFirst()).get(1);
            assertThat(restore.whyNot().getValue().orElseThrow().key()).isEqualTo("vault.disk.never");
        }
    }

    @Test
    void aVaultThatIsDeletedElsewhereIsGoneButOnlyASeenPageLeaves() {
        try (VaultModel model = page()) {
            home.console().trash().delete(vault.id(), "main");
            assertThat(model.gone().get()).isTrue();
            assertThat(model.details().get()).isEmpty();
            assertThat(desk.left).isZero();
        }
    }

    @Test
    void growingByItselfIsSwitchedOnThePage() {
        try (VaultModel model = page()) {
            model.autoExpand(true);
            assertThat(home.again(vault).autoExpand()).isTrue();
            assertThat(model.details().get().orElseThrow().vault().autoExpand()).isTrue();
        }
    }

    @Test
    void disksThatBindThemselvesAreShownBeforehand() throws Exception {
        Disk other = home.image("Web-2", 1);
        home.image("mail", 1);
        var notes = desk.over(home.console());
        var typed = new AutoBindModel(notes, vault, Optional.empty());
        assertThat(typed.matches().get().orElseThrow())
                .as("all that nobody protects")
                .extracting(Disk::name)
                .containsExactlyInAnyOrder("Web-2", "mail");
        typed.pattern().set("");
        assertThat(typed.problem().getValue().orElseThrow().key()).isEqualTo("!auto-bind.pattern");
        assertThat(typed.matches().get()).isEmpty();
        typed.pattern().set("web*");
        assertThat(typed.matches().get().orElseThrow()).containsExactly(other);
        typed.folder().set("/elsewhere");
        assertThat(typed.matches().get().orElseThrow()).isEmpty();
        typed.folder().set("");
        typed.save(() -> {});
        try (VaultModel model = page()) {
            var rule = new AutoBindRule("web*", "");
            assertThat(model.details().get().orElseThrow().binds()).contains(rule);
            var off = new AutoBindModel(notes, vault, Optional.of(rule));
            off.on().set(false);
            off.save(() -> {});
            assertThat(model.details().get().orElseThrow().binds()).isEmpty();
        }
    }

    @Test
    void thePolicyIsTakenAwayOnThePageAfterAQuestion() {
        Policy nightly = home.console().policies().list().getFirst();
        home.console().policies().bind(nightly.id(), vault.id());
        try (VaultModel model = page()) {
            home.console().policies().enable(nightly.id(), false);
            assertThat(model.details().get().orElseThrow().policy())
                    .as("switched off elsewhere while the page is open")
                    .hasValueSatisfying(policy -> assertThat(policy.enabled()).isFalse());
            desk.answer(false);
            model.unbindPolicy(nightly).run();
            assertThat(model.details().get().orElseThrow().policy()).isPresent();
            desk.answer(true);
            model.unbindPolicy(nightly).run();
            assertThat(model.details().get().orElseThrow().policy()).isEmpty();
            assertThat(desk.questions()).hasSize(2);
        }
    }

    @Test
    void aDamagedVaultSaysHowMuchIsHitAndWhatCanBeDone() throws Exception {
        Disk apart = home.image("apart", 2);
        home.console().vaults().bindings().bind(vault.id(), List.of(apart.id()));
        Backup one = home.backUp(vault, web, "one");
        home.backUp(vault, apart, "two");
        try (VaultModel model = page()) {
            assertThat(model.damage()).isEmpty();
        }
        Path pack;
        try (Stream<Path> all = Files.walk(
                home.objects(vault).resolve("data").resolve(one.session().orElseThrow()))) {
            pack = all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        home.restart(() -> TestHome.flip(pack, Files.size(pack) / 2));
        home.failed(home.console().verification().start(vault.id(), 100));
        try (VaultModel model = page()) {
            Damage damage = model.damage().orElseThrow();
            assertThat(damage.headline()).isEqualTo(Sentence.of("vault.damage", "vault", "main", "n", 1, "m", 1));
            assertThat(damage.names()).isEqualTo(Sentence.of("vault.damage.names", "names", List.of("one"), "n", 1));
            assertThat(damage.remedy().key()).isEqualTo("vault.damage.do");
            assertThat(damage.newest()).extracting(Backup::id).containsExactly(one.id());
            model.showBackups().run();
            assertThat(model.tab().get()).isEqualTo("backups");
            model.verify().run();
            assertThat(desk.verified).containsExactly(vault.id());
        }
    }

    // ---- Binding and unbinding

    @Test
    void aDiskOfAnotherVaultSaysWhyItCannotBeChosen() throws IOException {
        Disk other = home.image("other", 2);
        home.vault("second", other);
        var model = new BindModel(desk.over(home.console()), vault);
        Candidate row = candidate(model, other);
        assertThat(row.whyNot().map(Problem::code)).hasValue("bind.taken");
        model.chooser().toggle(row);
        assertThat(model.chooser().chosen().get()).isEmpty();
        assertThat(model.whyNot().getValue().map(Sentence::key)).hasValue("vault.bind.nothing");
    }

    private static Candidate candidate(BindModel model, Disk disk) {
        return model.chooser().rows().all().stream()
                .filter(row -> row.disk().id().equals(disk.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void disksThatDoNotFitMakeTheVaultGrowFirst() throws IOException {
        Disk large = sparse("large", 150);
        var model = new BindModel(desk.over(home.console()), vault);
        model.chooser().toggle(candidate(model, large));
        Sentence title = model.title().getValue();
        assertThat(title.key()).isEqualTo("vault.bind.expand");
        assertThat(title.args()).contains(151L);
        model.bind(() -> desk.left++);
        assertThat(desk.problems()).isEmpty();
        assertThat(desk.left).isEqualTo(1);
        assertThat(home.again(vault).capacityGb()).isEqualTo(151);
        assertThat(home.again(vault).disks()).containsExactlyInAnyOrder(web.id(), large.id());
    }

    @Test
    void unbindingKeepsTheBackupsUnlessAskedOtherwise() throws InterruptedException {
        home.backUp(vault, web, "first");
        UnbindModel model = unbinding();
        assertThat(model.backups()).isEqualTo(1);
        assertThat(model.fate().get()).isEqualTo(Unbinding.Fate.KEEP);
        model.unbind(() -> desk.left++);
        assertThat(desk.typed()).isEmpty();
        assertThat(home.again(vault).disks()).isEmpty();
        assertThat(home.console().backups().count(BackupFilter.ALL)).isEqualTo(1);
    }

    @Test
    void unbindingThatDeletesAsksForTheNameAndCountsWhatIsFreed() throws InterruptedException {
        home.backUp(vault, web, "first");
        UnbindModel model = unbinding();
        assertThat(model.frees().get().key()).isEqualTo("vault.unbind.delete.frees");
        model.fate().set(Unbinding.Fate.DELETE);
        desk.answer(false);
        model.unbind(() -> desk.left++);
        assertThat(home.again(vault).disks()).as("not sure, nothing done").containsExactly(web.id());
        desk.answer(true);
        model.unbind(() -> desk.left++);
        assertThat(desk.typed()).containsExactly("web", "web");
        assertThat(home.again(vault).disks()).isEmpty();
    }

    @Test
    void unbindingSaysThatARuleBindsTheDiskAgain() {
        assertThat(unbinding().again().get()).isEmpty();
        home.console().vaults().autoBinding().set(vault.id(), Optional.of(new AutoBindRule("other*", "")));
        assertThat(unbinding().again().get()).isEmpty();
        home.console().vaults().autoBinding().set(vault.id(), Optional.of(new AutoBindRule("w*", "")));
        assertThat(unbinding().again().get())
                .contains(Sentence.of("vault.unbind.again", "disks", List.of("web"), "n", 1, "vault", vault.name()));
    }

    private UnbindModel unbinding() {
        try (VaultModel page = page()) {
            return new UnbindModel(
                    desk.over(home.console()), home.again(vault), page.disks().items());
        }
    }

    // ---- Other consoles

    private Optional<Act> keep() {
        try (VaultModel page = page()) {
            return page.rest().stream()
                    .filter(act -> act.title().getValue().key().equals("vault.keep"))
                    .findFirst();
        }
    }

    @Test
    void aVaultThatOthersKeepIsKeptHereOnceSomebodySaysThatTheyAreGone() throws Exception {
        assertThat(keep()).as("one's own is kept here").isEmpty();
        char[] passphrase = "open sesame".toCharArray();
        try (TestHome others = new TestHome(root.resolve("others"))) {
            NewVault plain = others.newVault("shared", others.image("mail", 1));
            others.console()
                    .vaults()
                    .create(new NewVault(
                            plain.name(),
                            "",
                            plain.location(),
                            plain.capacityGb(),
                            plain.disks(),
                            true,
                            Optional.of(passphrase.clone()),
                            false,
                            "",
                            Map.of()));
        }
        Attaching attaching = home.console().attaching();
        Location place = home.console().locations().add(new NewLocation("drive", root.resolve("others/place"), ""));
        try (OpenedStranger opened = attaching.open(attaching.find(place.id()).getFirst(), Optional.of(passphrase))) {
            vault = attaching.attach(opened, false).vault();
        }
        assertThat(vault.beside()).isTrue();
        desk.answer(false);
        keep().orElseThrow().run();
        assertThat(desk.questions().getLast())
                .satisfies(asked ->
                        assertThat(asked.title()).isEqualTo(Sentence.of("vault.keep.title", "vault", "shared")))
                .satisfies(asked -> assertThat(asked.dangerous()).isTrue());
        assertThat(home.again(vault).beside()).as("not sure, nothing done").isTrue();
        desk.answer(true);
        keep().orElseThrow().run();
        assertThat(home.again(vault).beside()).isFalse();
        assertThat(desk.told()).contains(Sentence.of("vault.keep.done", "vault", "shared"));
        assertThat(keep()).as("done").isEmpty();
    }

    // ---- Size, name, tags

    @Test
    void expandingAddsAtLeastOneGigabyte() throws InterruptedException {
        var model = new ExpandModel(desk.over(home.console()), vault);
        assertThat(model.by().get()).isEqualTo("25");
        model.by().set("0");
        assertThat(model.problem().getValue().map(Sentence::key)).hasValue("!capacity.step");
        model.by().set("x");
        assertThat(model.problem().getValue().map(Sentence::key)).hasValue("!capacity.number");
        model.by().set("50");
        assertThat(model.problem().getValue()).isEmpty();
        assertThat(model.target()).isEqualTo(150);
        model.expand(() -> desk.left++);
        home.done(home.console()
                .tasks()
                .list(org.coffer.console.task.TaskFilter.ALL, 0, 1)
                .getFirst());
        assertThat(home.again(vault).capacityGb()).isEqualTo(150);
    }

    @Test
    void aTakenNameIsSaidAtTheField() {
        home.vault("second");
        var model = new RenameModel(desk.over(home.console()), vault);
        model.name().set("second");
        model.save(() -> desk.left++);
        assertThat(desk.left).isZero();
        assertThat(model.nameProblem().getValue().map(Sentence::key)).hasValue("!name.taken");
        model.name().set("third");
        assertThat(model.nameProblem().getValue()).isEmpty();
        model.save(() -> desk.left++);
        assertThat(home.again(vault).name()).isEqualTo("third");
    }

    @Test
    void tagsAreCheckedBeforeTheyAreAdded() {
        var model = new TagsModel(desk.over(home.console()), vault);
        model.key().set("a b");
        assertThat(model.add()).isFalse();
        assertThat(model.problem().get().map(Problem::code)).hasValue("tag.key");
        model.key().set("team");
        model.value().set("shop");
        model.save(() -> desk.left++);
        assertThat(home.again(vault).tags()).isEqualTo(Map.of("team", "shop"));
    }

    // ---- Keys

    @Test
    void aSavedRecoverySheetIsRememberedAndHoldsTheCode() throws IOException {
        Path file = root.resolve("sheet.html");
        desk.file(file);
        var made = home.console().vaults().keys().sheet(vault.id());
        var model = new RecoveryModel(desk.over(home.console()), made);
        assertThat(home.again(vault).sheetMissing()).isTrue();
        model.save();
        assertThat(Files.readString(file).replaceAll("\\s", ""))
                .contains(made.code())
                .contains("恢复码")
                .contains("Recovery");
        assertThat(home.again(vault).sheetMissing()).isFalse();
        assertThat(model.kept().get()).isPresent();
    }

    @Test
    void aSheetThatCannotBeWrittenIsNotRemembered() {
        desk.file(root.resolve("nowhere").resolve("sheet.html"));
        var model = new RecoveryModel(
                desk.over(home.console()), home.console().vaults().keys().sheet(vault.id()));
        model.save();
        assertThat(desk.problems()).extracting(Problem::code).containsExactly("file.unwritable");
        assertThat(home.again(vault).sheetMissing()).isTrue();
    }

    @Test
    void aVaultWhoseKeyIsLostIsOpenedWithTheRecoveryCode() throws IOException {
        String code = home.console().vaults().keys().sheet(vault.id()).code();
        forgetKeys();
        assertThat(home.again(vault).status()).isEqualTo(VaultStatus.ERROR);
        var model = new UnlockModel(desk.over(home.console()), home.again(vault));
        model.secret().set("not the code");
        model.unlock(() -> desk.left++);
        assertThat(model.problem().getValue().map(Sentence::key)).hasValue("!key.wrong");
        assertThat(model.secret().get()).as("stays to be mended").isEqualTo("not the code");
        model.secret().set(code.toLowerCase(java.util.Locale.ROOT).replace('-', ' '));
        model.unlock(() -> desk.left++);
        assertThat(desk.left).isEqualTo(1);
        assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
    }

    @Test
    void aChangedPassphraseOpensTheVault() throws IOException {
        var model = new PassphraseModel(desk.over(home.console()), vault);
        model.passphrase().set("abc");
        assertThat(model.problem().getValue().map(Sentence::key)).hasValue("!passphrase.short");
        model.passphrase().set("correct horse");
        assertThat(model.repeatedProblem().getValue().map(Sentence::key)).hasValue("!passphrase.differs");
        model.repeated().set("correct horse");
        model.save(() -> desk.left++);
        forgetKeys();
        var unlock = new UnlockModel(desk.over(home.console()), home.again(vault));
        unlock.secret().set("correct horse");
        unlock.unlock(() -> desk.left++);
        assertThat(desk.left).isEqualTo(2);
    }

    /** As on another computer: the vault is there, its key is not. */
    private void forgetKeys() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("home"))) {
            for (Path file : files.filter(name -> name.getFileName().toString().startsWith("secret"))
                    .toList()) {
                Files.delete(file);
            }
        }
        home.restart();
    }

    @Test
    void whatCanBeDoneDependsOnTheVault() {
        List<String> words = new VaultActs(desk.over(home.console()))
                .of(home.again(vault)).stream()
                        .map(act -> act.title().getValue().key())
                        .toList();
        assertThat(words)
                .startsWith("vault.back-up", "vault.bind")
                .contains("vault.sheet", "vault.passphrase")
                .containsSubsequence("vault.verify", "vault.clean")
                .doesNotContain("vault.unlock")
                .endsWith("vault.delete");
    }
}
