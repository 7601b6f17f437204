package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.coffer.console.Refusals;
import org.coffer.console.attach.Attached;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two consoles in one vault (V17): nothing goes by itself in the one that the other made, because only that one knows what
 * became of it since.
 *
 * <pre>
 *   a: web ── nightly ──▶ v (a/place) ◀── theirs ── mail :b
 * </pre>
 */
class TwoConsolesTest {
    private static final String[] THREE = {"03T02:00", "04T02:00", "05T02:00"};

    @TempDir
    private Path root;

    private PolicyHome a;
    private PolicyHome b;
    private Disk web;
    private Vault vault;

    @BeforeEach
    void twoHomes() throws Exception {
        a = new PolicyHome(root.resolve("a"));
        b = new PolicyHome(root.resolve("b"));
        web = a.home.image("web", 1);
        vault = a.keyed("v", web);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    private Attached attach(boolean ownerGone) {
        return b.attach(root.resolve("a/place"), ownerGone);
    }

    private static PolicyPlan newest(int n) {
        return PolicyHome.plan("nightly", PolicyHome.newest(n), "02:00");
    }

    private Policy threeNights(PolicyPlan plan) throws Exception {
        Policy policy = a.bound(plan, vault);
        for (String day : List.of("03", "04", "05")) {
            a.at("2026-11-" + day + "T02:00");
        }
        b.clock.set("2026-11-05T10:00");
        return policy;
    }

    /** Takes a backup's date away. */
    private static void keep(PolicyHome home, Backup backup) {
        home.home.console().backups().expire(backup.id(), Optional.empty());
    }

    private static List<Verdict.Keeper> keepers(PolicyHome home, Vault vault) {
        return home.verdicts(vault).values().stream()
                .flatMap(verdict -> verdict.reasons().stream())
                .map(Verdict.Reason::keeper)
                .toList();
    }

    /** Whether a vault that is opened afresh still has a backup. */
    private static boolean holds(PolicyHome home, Vault vault, Backup backup) throws Exception {
        home.home.restart();
        home.home.console().vaults().open().get(vault.id());
        return home.home.console().backups().find(backup.id()).isPresent();
    }

    @Test
    void theOwnerLetsNothingGoThatTheOtherMade() throws Exception {
        attach(false);
        Disk mail = b.home.image("mail", 1);
        b.home.console().vaults().bindings().bind(vault.id(), List.of(mail.id()));
        b.bound(PolicyHome.plan("theirs", new Retention.ByDays(3), "02:00"), b.home.again(vault));
        b.at("2026-11-03T02:00");
        b.at("2026-11-04T02:00");
        Backup theirs = b.rows().getLast();
        keep(b, theirs);
        a.at("2026-11-04T10:00");
        Backup mine = a.home.backUp(a.home.again(vault), web, "mine");
        assertThat(a.rows()).as("learned from the vault").hasSize(5);
        assertThat(keepers(a, vault))
                .as("two of each disk are theirs")
                .hasSize(5)
                .containsOnly(Verdict.Keeper.MANUAL, Verdict.Keeper.ELSEWHERE)
                .containsOnlyOnce(Verdict.Keeper.MANUAL);
        a.at("2026-11-06T03:00");
        a.at("2026-11-08T00:05");
        assertThat(a.rows()).hasSize(5).contains(a.home.again(mine.id()));
        b.clock.set("2026-11-06T04:00");
        assertThat(holds(b, vault, theirs)).isTrue();
    }

    @Test
    void anOwnerThatWasReplacedLetsNothingGoOfWhatTheNewOneKeeps() throws Exception {
        a.bound(PolicyHome.plan("nightly", new Retention.ByDays(3), "02:00"), vault);
        a.at("2026-11-03T02:00");
        a.at("2026-11-04T02:00");
        Backup oldest = a.rows().getLast();
        b.clock.set("2026-11-04T10:00");
        attach(true);
        keep(b, oldest);
        a.at("2026-11-06T00:05");
        assertThat(a.home.console().vaults().beside(vault.id()))
                .as("it looks before the clean-up")
                .isTrue();
        assertThat(keepers(a, vault)).containsOnly(Verdict.Keeper.ELSEWHERE);
        a.at("2026-11-07T02:00");
        b.clock.set("2026-11-06T04:00");
        assertThat(holds(b, vault, oldest)).isTrue();
    }

    @Test
    void whoeverIsSaidToBeGoneIsReplacedAlthoughAttachingWasCutOff() throws Exception {
        threeNights(newest(2));
        Path place = root.resolve("a/place");
        Location found = b.home.console().locations().add(new NewLocation("drive", place, ""));
        Attaching attaching = b.home.console().attaching();
        try (OpenedStranger opened = attaching.open(
                attaching.find(found.id()).getFirst(), Optional.of(PolicyHome.PASSPHRASE.toCharArray()))) {
            Files.move(place, root.resolve("away"));
            attaching.attach(opened, true);
        }
        b.home.restart(() -> Files.move(root.resolve("away"), place));
        b.at("2026-11-06T02:00");
        assertThat(b.home.console().vaults().beside(vault.id())).isFalse();
        assertThat(b.home.console().vaults().attaching(vault.id())).isEmpty();
        assertThat(b.backups()).containsExactly("05T02:00", "06T02:00");
        a.at("2026-11-06T10:00");
        a.at("2026-11-07T02:00");
        assertThat(a.home.console().vaults().beside(vault.id())).isTrue();
    }

    @Test
    void aRunOfAnOwnerThatWasReplacedIsItsOwn() throws Exception {
        threeNights(newest(9));
        attach(true);
        Disk mail = a.home.image("mail", 1);
        a.home.console().vaults().bindings().bind(vault.id(), List.of(mail.id()));
        a.at("2026-11-06T02:00");
        assertThat(a.rows().stream().filter(Backup::madeHere).map(backup -> PolicyHome.local(backup.createdAt())))
                .containsOnly("06T02:00");
    }

    @Test
    void whatLeavesAVaultBesideWhoseOwnerOneWorksIsLeftAndHasNoDate() throws Exception {
        Policy policy = threeNights(newest(9));
        Backup dated = a.home.backUp(a.home.again(vault), web, "dated");
        a.home.console()
                .backups()
                .expire(dated.id(), Optional.of(a.clock.instant().plusSeconds(3 * 86_400)));
        Backup trashed = a.home.backUp(a.home.again(vault), web, "trashed");
        a.home.console().deletion().trash().put(List.of(trashed.id()));
        b.clock.set("2026-11-05T11:00");
        attach(false);
        a.home.console().deletion().trash().takeBack(trashed.id());
        keep(a, dated);
        Vault own = b.home.elsewhere("own");
        b.policies().bind(policy.id(), own.id());
        assertThat(b.home.console().simulator().effect(policy.id(), newest(1)).count())
                .isZero();
        b.policies().edit(policy.id(), newest(1), false);
        assertThat(b.home.console()
                        .migrations()
                        .preview(vault.id(), List.of(web.id()), own.id())
                        .taken())
                .isEqualTo(5);
        b.home.done(b.home.console()
                .migrations()
                .start(vault.id(), List.of(web.id()), own.id())
                .getFirst());
        b.policies().enable(policy.id(), true);
        for (String day : List.of("06", "07", "08", "20", "21")) {
            b.at("2026-11-" + day + "T02:00");
        }
        assertThat(b.backups()).contains(THREE).contains("05T02:00");
        assertThat(b.home.console().backups().find(dated.id())).isPresent();
        assertThat(b.home.again(trashed.id()).trashedAt()).isEmpty();
        assertThat(keepers(b, own)).doesNotContain(Verdict.Keeper.ELSEWHERE);
    }

    @Test
    void farewellCountsNothingAsGoingThatTheOtherMade() throws Exception {
        Policy policy = threeNights(PolicyHome.plan("nightly", new Retention.ByDays(9), "02:00"));
        attach(false);
        Farewell farewell = b.home.console().simulator().farewell(policy.id());
        assertThat(farewell.dated()).isEmpty();
        assertThat(farewell.staying()).hasSize(3);
    }

    @Test
    void whoWorkedBesideKeepsTheVaultOnceTheOwnerIsGone() throws Exception {
        Policy policy = threeNights(PolicyHome.plan("nightly", new Retention.ByDays(9), "02:00"));
        attach(false);
        assertThat(Refusals.code(() -> a.home.console().attaching().keep(vault.id())))
                .isEqualTo("vault.kept");
        b.home.console().attaching().keep(vault.id());
        assertThat(b.home.console().vaults().beside(vault.id())).isFalse();
        assertThat(b.home.console().vaults().attaching(vault.id())).isEmpty();
        assertThat(b.rows())
                .hasSize(3)
                .allMatch(Backup::madeHere)
                .allMatch(backup -> backup.expiresAt().isEmpty());
        assertThat(keepers(b, vault)).containsOnly(Verdict.Keeper.DISABLED);
        b.policies().edit(policy.id(), newest(1), false);
        b.policies().enable(policy.id(), true);
        for (String day : List.of("06", "07")) {
            b.at("2026-11-" + day + "T02:00");
        }
        assertThat(b.backups()).as("nobody was asked").contains(THREE);
        a.at("2026-11-20T02:00");
        assertThat(a.home.console().vaults().beside(vault.id())).isTrue();
    }
}
