package org.coffer.console.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.policy.Policy;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Stranger;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.VaultStatus;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * V17: vaults come back from their location alone.
 *
 * <pre>
 *   old/home    the home that made the vault, and is lost
 *   old/place   the location
 *   new/home    an empty home on a new machine
 * </pre>
 */
class AttachingTest {
    private static final String PASSPHRASE = "open sesame";

    @TempDir
    private Path root;

    private TestHome old;
    private TestHome fresh;
    private boolean lost;

    @BeforeEach
    void open() throws IOException {
        old = new TestHome(root.resolve("old"));
        fresh = new TestHome(root.resolve("new"));
    }

    @AfterEach
    void close() {
        if (!lost) {
            old.close();
        }
        fresh.close();
    }

    /** The old machine burns. */
    private void lose() {
        old.close();
        lost = true;
    }

    private Vault vault(Disk... disks) {
        NewVault plain = old.newVault("vault_a", disks);
        return old.console()
                .vaults()
                .create(new NewVault(
                        "vault_a",
                        "the old ones",
                        plain.location(),
                        120,
                        plain.disks(),
                        true,
                        Optional.of(PASSPHRASE.toCharArray()),
                        true,
                        "web-",
                        Map.of("team", "blue", "where", "cellar")));
    }

    private Location place() {
        return fresh.console().locations().add(new NewLocation("drive", root.resolve("old/place"), ""));
    }

    private static Attached attach(TestHome home, Location place, String secret, boolean ownerGone) {
        Attaching attaching = home.console().attaching();
        Stranger found = attaching.find(place.id()).getFirst();
        try (OpenedStranger opened = attaching.open(found, Optional.of(secret.toCharArray()))) {
            return attaching.attach(opened, ownerGone);
        }
    }

    private static List<String> codes(List<Problem> problems) {
        return problems.stream().map(problem -> Refusals.spoken(problem).code()).toList();
    }

    private List<String> findings(Location place) {
        return codes(fresh.console().attaching().find(place.id()).stream()
                .flatMap(found -> found.problem().stream())
                .toList());
    }

    /** V8 on another computer than it was meant for. */
    @Test
    void aRuleThatMeansDisksOfThisComputerComesNotBackByItself() throws Exception {
        Vault vault = vault(old.image("web", 1));
        old.console().vaults().autoBinding().set(vault.id(), Optional.of(new AutoBindRule("*", "")));
        Policy policy = old.console().policies().list().getFirst();
        old.console().policies().bind(policy.id(), vault.id());
        lose();
        Disk mine = fresh.image("diary", 1);

        Attached back = attach(fresh, place(), PASSPHRASE, true);

        assertThat(back.notes()).extracting(Problem::code).containsExactly("attach.rule");
        assertThat(back.notes().getFirst().args())
                .containsEntry("disks", List.of("diary"))
                .containsEntry("pattern", "*");
        assertThat(fresh.console().vaults().autoBinding().rule(vault.id())).isEmpty();
        assertThat(fresh.console().vaults().autoBinding().bindNew(vault.id())).isEmpty();
        assertThat(fresh.console().vaults().get(vault.id()).disks()).doesNotContain(mine.id());
    }

    @Test
    void everythingIsBackInAnEmptyHome() throws Exception {
        Disk web = old.image("web", 3);
        Disk mail = old.image("mail", 2);
        Vault vault = vault(web, mail);
        old.console().vaults().autoBinding().set(vault.id(), Optional.of(new AutoBindRule("db-*", "")));
        Policy policy = old.console().policies().list().getFirst();
        old.console().policies().bind(policy.id(), vault.id());
        Backup first = old.backUp(vault, web, "first");
        byte[] content = Files.readAllBytes(web.path());
        old.change(web, 1 << 20, 4096, 1);
        Backup second = old.backUp(vault, web, "second");
        Backup third = old.backUp(vault, mail, "third");
        Instant soon = Instant.now().plus(Duration.ofDays(3));
        old.console().backups().rename(first.id(), "before-the-flood", "kept for Ann");
        old.console().backups().expire(second.id(), Optional.of(soon));
        old.console().deletion().trash().put(List.of(third.id()));
        lose();
        Files.delete(web.path());

        Attached back = attach(fresh, place(), PASSPHRASE, true);

        assertThat(back.notes()).isEmpty();
        assertThat(back.backups()).isEqualTo(3);
        Vault now = back.vault();
        assertThat(now.status()).isEqualTo(VaultStatus.AVAILABLE);
        assertThat(now.id()).isEqualTo(vault.id());
        assertThat(now.description()).isEqualTo("the old ones");
        assertThat(now.capacityGb()).isEqualTo(120);
        assertThat(now.encrypted() && now.autoExpand()).isTrue();
        assertThat(now.backupPrefix()).isEqualTo("web-");
        assertThat(now.tags()).isEqualTo(vault.tags());
        assertThat(now.disks()).containsExactlyInAnyOrder(web.id(), mail.id());
        assertThat(now.used()).isPositive();
        assertThat(fresh.console().vaults().autoBinding().rule(now.id())).contains(new AutoBindRule("db-*", ""));
        Policy there = back.policy().orElseThrow();
        assertThat(there.plan()).isEqualTo(policy.plan());
        assertThat(there.id()).isEqualTo(policy.id());
        assertThat(fresh.console().policies().list())
                .as("the one to begin with, which nobody used, made way")
                .containsExactly(there);
        assertThat(fresh.again(first.id()).name()).isEqualTo("before-the-flood");
        assertThat(fresh.again(first.id()).description()).isEqualTo("kept for Ann");
        assertThat(fresh.again(second.id()).expiresAt().orElseThrow().toEpochMilli())
                .isEqualTo(soon.toEpochMilli());
        assertThat(fresh.again(third.id()).trashedAt()).isPresent();
        assertThat(fresh.console().disks().get(web.id()).state()).isEqualTo(Disk.State.MISSING);
        assertThat(fresh.restored(fresh.again(first.id()))).isEqualTo(content);
        assertThat(fresh.console().audit().firstBrokenLine()).isEmpty();

        fresh.restart();
        assertThat(fresh.again(now).status()).isEqualTo(VaultStatus.AVAILABLE);
        assertThat(findings(fresh.console().locations().list().getFirst())).containsExactly("vault.known");
        Backup next = fresh.backUp(now, mail, "next");
        assertThat(fresh.restored(next)).isEqualTo(Files.readAllBytes(mail.path()));
    }

    @Test
    void theRecoveryCodeOpensItTooAndNoKeyOpensOneThatIsNotEncrypted() throws Exception {
        Vault vault = vault(old.image("web", 1));
        String code = old.console().vaults().keys().sheet(vault.id()).code();
        NewVault plain = old.newVault("plain");
        old.console()
                .vaults()
                .create(new NewVault(
                        "plain", "", plain.location(), 10, List.of(), false, Optional.empty(), false, "", Map.of()));
        lose();
        Location place = place();
        Attaching attaching = fresh.console().attaching();
        for (Stranger found : attaching.find(place.id())) {
            Optional<char[]> secret = found.encrypted() ? Optional.of(code.toCharArray()) : Optional.empty();
            try (OpenedStranger opened = attaching.open(found, secret)) {
                assertThat(attaching.attach(opened, true).notes()).isEmpty();
            }
        }
        assertThat(fresh.console().vaults().list(VaultFilter.ALL))
                .extracting(Vault::name)
                .containsExactly("plain", "vault_a");
        assertThat(fresh.again(vault).sheetSaved())
                .as("whoever types the code has it written down")
                .isPresent();
    }

    @Test
    void aWrongKeyAnEmptyPlaceAndAVaultThatIsKnownSayWhatTheyAre() throws Exception {
        Location empty = fresh.location();
        assertThat(fresh.console().attaching().find(empty.id())).isEmpty();
        Vault vault = vault(old.image("web", 1));
        Location place = place();
        assertThat(Refusals.code(() -> attach(fresh, place, "open says me", true)))
                .isEqualTo("key.wrong");
        assertThat(fresh.console().vaults().list(VaultFilter.ALL)).isEmpty();
        attach(fresh, place, PASSPHRASE, true);
        assertThat(findings(place)).containsExactly("vault.known");
        assertThat(Refusals.code(() -> attach(fresh, place, PASSPHRASE, true))).isEqualTo("vault.known");
        Path copy = root.resolve("copy");
        copy(old.objects(vault), copy.resolve("vault-" + vault.id()));
        Location elsewhere = fresh.console().locations().add(new NewLocation("copy", copy, ""));
        assertThat(findings(elsewhere)).containsExactly("vault.known-elsewhere");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each));
                Files.createDirectories(target.getParent());
                if (!Files.isDirectory(each)) {
                    Files.copy(each, target);
                }
            }
        }
    }

    @Test
    void twoVaultsMixedOneVaultTwiceAndANewerOneAreToldApart() throws Exception {
        Vault one = vault(old.image("web", 1));
        Vault two = old.vault("vault_b");
        Path objects = old.objects(one);
        Location place = place();
        copy(objects, objects.resolveSibling("vault-copy"));
        assertThat(findings(place)).containsExactly("vault.twice", "vault.twice");
        TestHome.erase(objects.resolveSibling("vault-copy"));
        Path second = objects.resolve("header-2");
        byte[] right = Files.readAllBytes(second);
        Files.write(second, Files.readAllBytes(old.objects(two).resolve("header-2")));
        assertThat(findings(place))
                .as("the vault whose header strayed there is sound")
                .containsExactly("vault.mixed");
        Files.write(second, right);
        assertThat(findings(place)).isEmpty();
        for (int i = 1; i <= 3; i++) {
            Path header = objects.resolve("header-" + i);
            byte[] newer = Files.readAllBytes(header);
            newer[9] = 2;
            Files.write(header, newer);
        }
        assertThat(findings(place)).containsExactly("vault.newer");
    }

    @Test
    void aVaultThatRemembersItselfInPartComesBackWithAllItsBackups() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        Backup backup = old.backUp(vault, web, "one");
        String owner = old.console()
                .vaults()
                .memory()
                .of(vault.id())
                .owner()
                .orElseThrow()
                .console();
        describe(
                vault,
                "{\"version\":1,\"name\":\"bad/name\",\"capacityGb\":\"many\",\"tags\":{\"no blanks\":\"x\"},\"disks\":[{},7],"
                        + "\"policy\":{\"id\":\"" + backup.id() + "\",\"name\":\"p\",\"times\":[\"25:00\"]},"
                        + "\"backups\":{\"zz\":{\"name\":\"a\"},\"x\":5},\"createdAt\":\"yesterday\","
                        + "\"owner\":{\"console\":\"" + owner + "\"}}");
        lose();
        Attached back = attach(fresh, place(), PASSPHRASE, true);
        assertThat(codes(back.notes())).containsExactly("attach.undescribed", "attach.policy");
        assertThat(back.vault().name()).startsWith("vault_");
        assertThat(back.vault().tags()).isEmpty();
        assertThat(back.policy()).isEmpty();
        assertThat(fresh.restored(fresh.again(backup.id()))).isEqualTo(Files.readAllBytes(web.path()));
    }

    private void describe(Vault vault, String json) {
        old.console().vaults().open().get(vault.id()).describe(json.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void aVaultOfAnEarlierVersionAndOneWithoutAnyMemoryComeBack() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        Backup backup = old.backUp(vault, web, "one");
        describe(
                vault,
                "{\"version\":1,\"id\":\"" + vault.id()
                        + "\",\"type\":\"disk\",\"name\":\"vault_a\",\"description\":\"\","
                        + "\"capacityGb\":120,\"autoExpand\":false,\"backupPrefix\":\"\",\"createdAt\":\"2026-01-01T00:00:00Z\","
                        + "\"tags\":{},\"disks\":[]}");
        lose();
        Location place = place();
        Attached back = attach(fresh, place, PASSPHRASE, true);
        assertThat(back.notes()).isEmpty();
        assertThat(back.vault().capacityGb()).isEqualTo(120);
        assertThat(back.vault().disks()).isEmpty();
        assertThat(fresh.console().disks().get(web.id()).name()).isEqualTo("web");
        try (Stream<Path> kept = Files.list(root.resolve("old/place/vault-" + vault.id() + "/desc"))) {
            for (Path each : kept.toList()) {
                Files.delete(each);
            }
        }
        fresh.close();
        fresh = new TestHome(root.resolve("another"));
        Attached again = attach(fresh, place(), PASSPHRASE, true);
        assertThat(codes(again.notes())).containsExactly("attach.undescribed");
        assertThat(again.backups()).isEqualTo(1);
        assertThat(fresh.restored(fresh.again(backup.id()))).isEqualTo(Files.readAllBytes(web.path()));
    }

    @Test
    void namesThatAreTakenGetANumberAndDisksThatServeElsewhereStayThere() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        Policy policy = old.console().policies().list().getFirst();
        old.console().policies().bind(policy.id(), vault.id());
        lose();
        Disk same = fresh.console()
                .disks()
                .addImage(new org.coffer.console.resource.NewImage(web.path(), Optional.of("web"), Disk.Role.DATA));
        Vault mine = fresh.vault("vault_a", same);
        fresh.console()
                .policies()
                .bind(fresh.console().policies().list().getFirst().id(), mine.id());
        Attached back = attach(fresh, place(), PASSPHRASE, true);
        assertThat(codes(back.notes()))
                .containsExactlyInAnyOrder("attach.renamed", "attach.disk", "attach.policy-renamed");
        assertThat(back.vault().name()).isEqualTo("vault_a-2");
        assertThat(back.policy().orElseThrow().name()).isEqualTo(policy.name() + "-2");
        assertThat(back.vault().disks()).isEmpty();
        assertThat(fresh.again(mine).disks()).containsExactly(same.id());
    }

    @Test
    void besideAnOwnerThatGoesOnNothingRunsTwiceAndOnlyTheOwnerDescribes() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        old.console().policies().bind(old.console().policies().list().getFirst().id(), vault.id());
        Attached beside = attach(fresh, place(), PASSPHRASE, false);
        assertThat(beside.policy().orElseThrow().enabled()).isFalse();
        String host = old.console()
                .vaults()
                .memory()
                .of(vault.id())
                .owner()
                .orElseThrow()
                .host();
        assertThat(fresh.again(vault).owner()).contains(host);
        assertThat(old.again(vault).owner()).isEmpty();
        fresh.console().vaults().rename(vault.id(), "theirs", "");
        Backup two = fresh.backUp(fresh.again(vault), web, "two");
        old.console().vaults().rename(vault.id(), "ours", "");
        assertThat(old.console().vaults().memory().of(vault.id()).facts().name())
                .contains("ours");
        old.restart();
        old.console().vaults().open().get(vault.id());
        assertThat(old.restored(old.again(two.id())))
                .as("what one made, the other has")
                .isEqualTo(Files.readAllBytes(web.path()));
    }

    private void emptyTrash() throws InterruptedException {
        fresh.console().trash().housekeeping();
        for (Task task : fresh.console().tasks().open()) {
            fresh.console().tasks().await(task.id());
        }
    }

    @Test
    void besideAnOwnerThatGoesOnNothingGoesByItselfThatTheOwnerMade() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        Backup dated = old.backUp(vault, web, "dated");
        Backup trashed = old.backUp(vault, web, "trashed");
        old.backUp(vault, web, "last");
        old.console().backups().expire(dated.id(), Optional.of(Instant.now().plus(Duration.ofDays(3))));
        old.console().deletion().trash().put(List.of(trashed.id()));
        attach(fresh, place(), PASSPHRASE, false);
        assertThat(fresh.again(trashed.id()).trashedAt()).isPresent();
        Backup mine = fresh.backUp(fresh.again(vault), web, "mine");
        Backup gone = fresh.backUp(fresh.again(vault), web, "gone");
        fresh.console().deletion().trash().put(List.of(gone.id()));
        fresh.edit(
                "update backup set expires_at = 1000 where name in ('dated', 'mine')",
                "update backup set trash_days = 20, trash_seen = '2020-01-01' where trashed_at is not null");
        emptyTrash();
        fresh.backUp(fresh.again(vault), web, "next");
        emptyTrash();
        assertThat(fresh.console().backups().ofVaultWithTrash(vault.id()))
                .extracting(Backup::id)
                .as("what was made here goes, what the owner made stays")
                .contains(dated.id(), trashed.id())
                .doesNotContain(mine.id(), gone.id());
    }

    @Test
    void aVaultInTheTrashIsNotPurgedByItselfWhileItsOwnerGoesOn() throws Exception {
        Vault vault = vault();
        attach(fresh, place(), PASSPHRASE, false);
        fresh.console().trash().delete(vault.id(), "vault_a");
        fresh.edit("update vault set trash_days = 20, trash_seen = '2020-01-01'");
        emptyTrash();
        assertThat(fresh.console().vaults().find(vault.id())).isPresent();
        fresh.console().trash().restore(vault.id());
        fresh.console().attaching().keep(vault.id());
        fresh.console().trash().delete(vault.id(), "vault_a");
        fresh.edit("update vault set trash_days = 20, trash_seen = '2020-01-01'");
        emptyTrash();
        assertThat(fresh.console().vaults().find(vault.id())).isEmpty();
    }

    @Test
    void whoeverIsSaidToBeGoneAndIsNotLeavesTheVaultToTheNewOwner() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        attach(fresh, place(), PASSPHRASE, true);
        fresh.console().vaults().rename(vault.id(), "mine-now", "");
        old.console().vaults().rename(vault.id(), "still-mine", "");
        assertThat(old.console().vaults().memory().of(vault.id()).facts().name())
                .contains("mine-now");
        assertThat(old.again(vault).beside()).isTrue();
        assertThat(old.again(vault).owner()).as("whose it is now").isPresent();
        assertThat(fresh.again(vault).owner()).as("its own").isEmpty();
        assertThat(old.console().audit().firstBrokenLine()).isEmpty();
        assertThat(old.restored(old.backUp(old.again(vault), web, "late")))
                .as("it may still back up")
                .isEqualTo(Files.readAllBytes(web.path()));
    }

    @Test
    void nothingGoesByADateThatCameWhileNobodyKeptTheVault() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        Backup backup = old.backUp(vault, web, "one");
        old.edit("update backup set relabeled = true, expires_at = 1000");
        old.console().vaults().describe(vault.id());
        assertThat(old.again(backup.id()).expiresAt()).isPresent();
        lose();
        attach(fresh, place(), PASSPHRASE, true);
        assertThat(fresh.again(backup.id()).expiresAt()).isEmpty();
    }

    @Test
    void aLocationThatNeverComesBackIsForgottenAndIsBackWithoutAKeyWhenItDoes() throws Exception {
        Disk web = old.image("web", 1);
        Vault vault = vault(web);
        Backup backup = old.backUp(vault, web, "one");
        Location place = old.console().locations().list().getFirst();
        Forgetting forgetting = old.console().forgetting();
        assertThat(Refusals.code(() -> forgetting.forget(place.id()))).isEqualTo("location.reachable");
        Path away = Files.move(root.resolve("old/place"), root.resolve("old/away"));
        forgetting.forget(place.id());
        assertThat(old.console().locations().list()).isEmpty();
        assertThat(old.console().vaults().find(vault.id())).isEmpty();
        assertThat(old.console().audit().firstBrokenLine()).isEmpty();

        Location back = old.console().locations().add(new NewLocation("again", away, ""));
        Stranger found = old.console().attaching().find(back.id()).getFirst();
        assertThat(found.encrypted()).as("needs no key: it is still here").isFalse();
        try (OpenedStranger opened = old.console().attaching().open(found, Optional.empty())) {
            assertThat(old.console().attaching().formerOwner(opened)).isEmpty();
            assertThat(old.console().attaching().attach(opened, true).notes()).isEmpty();
        }
        assertThat(old.again(vault).disks()).containsExactly(web.id());
        assertThat(old.restored(old.again(backup.id()))).isEqualTo(Files.readAllBytes(web.path()));
    }
}
