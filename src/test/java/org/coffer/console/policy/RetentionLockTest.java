package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.coffer.console.Console;
import org.coffer.console.Refusals;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Deletion;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.policy.Retention.ByCount;
import org.coffer.console.policy.Retention.Periods;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.RetentionLock;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.SessionId;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V16: what a policy made in a locked vault goes by its expiry, and by nothing else; there is no way back. */
class RetentionLockTest {
    @TempDir
    private Path root;

    private static PolicyPlan kept(Retention retention) {
        return PolicyHome.plan("nightly", retention, "02:00");
    }

    /** A vault with two nights of a policy and one backup by hand, locked. */
    private static final class Locked implements AutoCloseable {
        final PolicyHome home;
        final Disk disk;
        final Vault vault;
        final Policy policy;
        final Backup byHand;

        Locked(Path root, Retention retention) throws Exception {
            home = new PolicyHome(root);
            disk = home.home.image("web", 1);
            vault = home.home.vault("a", disk);
            policy = home.bound(kept(retention), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            byHand = home.home.backUp(vault, disk, "by-hand");
            console().vaults().lock(vault.id(), "a");
        }

        Console console() {
            return home.home.console();
        }

        /** The automatic ones, newest first. */
        List<Backup> nights() {
            return console().backups().ofVaultWithTrash(vault.id()).stream()
                    .filter(backup -> backup.automatic().isPresent())
                    .toList();
        }

        UUID oldest() {
            return nights().getLast().id();
        }

        @Override
        public void close() throws IOException {
            home.close();
        }
    }

    @Test
    void nobodyDeletesAnAutomaticBackupByHandAndManualOnesGo() throws Exception {
        try (Locked there = new Locked(root, PolicyHome.newest(9))) {
            Deletion deletion = there.console().deletion();
            assertThat(Refusals.code(() -> deletion.delete(List.of(there.oldest()))))
                    .isEqualTo("lock.backup");
            assertThat(Refusals.code(() -> deletion.trash().put(List.of(there.byHand.id(), there.oldest()))))
                    .isEqualTo("lock.backup");
            assertThat(deletion.preview(List.of(there.byHand.id(), there.oldest()))
                            .problems())
                    .as("what the window says beforehand")
                    .containsOnlyKeys(there.oldest());
            assertThat(Refusals.code(() -> there.console()
                            .unbinding()
                            .unbind(there.vault.id(), List.of(there.disk.id()), Unbinding.Fate.KEEP)))
                    .isEqualTo("lock.unbind");
            assertThat(Refusals.code(() -> there.console().trash().delete(there.vault.id(), "a")))
                    .isEqualTo("lock.vault");
            there.home.home.delete(there.byHand);
            assertThat(there.nights()).hasSize(2).allMatch(backup -> backup.status() == BackupStatus.AVAILABLE);
            assertThat(there.console().backups().find(there.byHand.id())).isEmpty();
        }
    }

    @Test
    void itCannotBeTakenBackNotByARestartEither() throws Exception {
        try (Locked there = new Locked(root, PolicyHome.newest(9))) {
            assertThat(Refusals.code(() -> there.console().vaults().lock(there.vault.id(), "a")))
                    .isEqualTo("lock.set");
            there.home.home.edit("update vault set locked_at = null");
            assertThat(there.console().deletion()).isNotNull();
            there.console().vaults().rename(there.vault.id(), "b", "");
            assertThat(there.console().vaults().get(there.vault.id()).lock())
                    .as(
                            "what stands in the vault counts, whatever the catalog says; in a folder only Coffer keeps to it")
                    .map(RetentionLock::enforced)
                    .contains(false);
            assertThat(Refusals.code(() -> there.console().deletion().delete(List.of(there.oldest()))))
                    .isEqualTo("lock.backup");
        }
    }

    @Test
    void itsNameHasToBeTyped() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a");
            assertThat(Refusals.code(() -> home.home.console().vaults().lock(vault.id(), "A")))
                    .isEqualTo("vault.name-mismatch");
            assertThat(home.home.again(vault).lock()).isEmpty();
        }
    }

    @Test
    void theEngineRefusesToPurgeWhatAPolicyMade() throws Exception {
        try (Locked there = new Locked(root, PolicyHome.newest(9))) {
            var open = there.console().vaults().open().get(there.vault.id());
            ConsoleId me = open.backups().getFirst().console();
            SessionId automatic =
                    SessionId.of(there.nights().getLast().session().orElseThrow());
            assertThat(open.locked()).isTrue();
            assertThat(Refusals.code(() -> open.purge(me, automatic))).isEqualTo("lock.backup");
            open.purge(me, SessionId.of(there.byHand.session().orElseThrow()));
            assertThat(open.backups()).hasSize(2);
        }
    }

    @Test
    void aDeletionThatWasAskedForBeforeTheLockLeavesTheBackupToItsRule() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            home.bound(kept(PolicyHome.newest(1)), vault);
            home.at("2026-11-03T02:00");
            Backup night = home.rows().getFirst();
            // Locked by another console meanwhile: the catalog does not know of it yet.
            var open = home.home.console().vaults().open().get(vault.id());
            open.describe(open.description().orElseThrow().payload(), true);
            Task task =
                    home.home.console().deletion().delete(List.of(night.id())).getFirst();
            assertThat(home.home.failed(task).code()).isEqualTo("lock.backup");
            assertThat(home.home.again(night.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
            home.at("2026-11-04T02:00");
            assertThat(home.backups()).as("its rule lets it go").containsExactly("04T02:00");
        }
    }

    @Test
    void theirExpiryLetsThemGoByCountAndByDate() throws Exception {
        try (Locked there = new Locked(root, PolicyHome.newest(2))) {
            there.home.at("2026-11-05T02:00");
            assertThat(there.nights()).as("by count").hasSize(2);
            assertThat(there.home.backups()).contains("04T02:00", "05T02:00").doesNotContain("03T02:00");
        }
        try (Locked there = new Locked(root.resolve("dated"), new Retention.ByDays(1))) {
            there.home.at("2026-11-05T02:00");
            assertThat(there.home.backups()).as("by date").contains("05T02:00").doesNotContain("03T02:00");
        }
    }

    @Test
    void anExpiryMovesOnlyForward() throws Exception {
        try (Locked there = new Locked(root, new Retention.ByDays(30))) {
            Backup night = there.nights().getFirst();
            Instant date = night.expiresAt().orElseThrow();
            var backups = there.console().backups();
            assertThat(Refusals.code(() -> backups.expire(night.id(), Optional.of(date.minus(Duration.ofDays(1))))))
                    .isEqualTo("lock.expiry");
            backups.expire(night.id(), Optional.of(date.plus(Duration.ofDays(1))));
            backups.expire(night.id(), Optional.empty());
            assertThat(Refusals.code(() -> backups.expire(night.id(), Optional.of(date.plus(Duration.ofDays(9))))))
                    .as("one that is kept for ever gets no date")
                    .isEqualTo("lock.expiry");
            backups.expire(there.byHand.id(), Optional.of(date.minus(Duration.ofDays(20))));
        }
    }

    @Test
    void aPolicyOfItIsNotEditedSoThatBackupsGoEarlier() throws Exception {
        try (Locked there = new Locked(root, new ByCount(9, new Periods(7, 0, 0, 0)))) {
            Policies policies = there.home.policies();
            UUID id = there.policy.id();
            Stream.of(
                            kept(new ByCount(8, new Periods(7, 0, 0, 0))),
                            kept(new ByCount(9, new Periods(6, 0, 0, 0))),
                            PolicyHome.plan("nightly", new ByCount(9, new Periods(7, 0, 0, 0)), "02:00", "14:00"))
                    .forEach(plan -> {
                        assertThat(policies.problems(plan, Optional.of(id)))
                                .as("at the field of the form")
                                .containsOnlyKeys("retention");
                        assertThat(Refusals.code(() -> policies.edit(id, plan, false)))
                                .isEqualTo("lock.policy");
                    });
            policies.edit(id, kept(new ByCount(10, new Periods(7, 1, 0, 0))), false);
            policies.edit(id, kept(new Retention.ByDays(3)), false);
            assertThat(there.nights())
                    .as("those that were counted have no date, and stay")
                    .allMatch(backup -> backup.expiresAt().isEmpty());
            assertThat(Refusals.code(() -> policies.edit(id, kept(PolicyHome.newest(99)), false)))
                    .as("a count where there was none")
                    .isEqualTo("lock.policy");
            policies.enable(id, false);
            policies.unbind(there.vault.id());
            policies.edit(id, kept(PolicyHome.newest(1)), false);
            policies.bind(id, there.vault.id());
            policies.enable(id, true);
            there.home.at("2026-11-05T02:00");
            assertThat(there.nights())
                    .as("what another policy, or an earlier bond, made stays")
                    .hasSize(3);
        }
    }

    @Test
    void aPolicyOfReplicationIsHeldByALockOfItsTargetAndNotOfItsSource() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Console console = home.home.console();
            Vault near = home.home.vault("near", home.home.image("web", 1));
            Vault far = home.home.elsewhere("far");
            Policies policies = home.policies();
            UUID id = home.bound(kept(PolicyHome.newest(9)).replicatingTo(far.id()), near)
                    .id();
            console.vaults().lock(near.id(), "near");
            policies.edit(id, kept(PolicyHome.newest(8)).replicatingTo(far.id()), false);
            console.vaults().lock(far.id(), "far");
            PolicyPlan shorter = kept(PolicyHome.newest(7)).replicatingTo(far.id());
            assertThat(policies.problems(shorter, Optional.of(id))).containsOnlyKeys("retention");
            assertThat(Refusals.code(() -> policies.edit(id, shorter, false))).isEqualTo("lock.policy");
            policies.edit(id, kept(PolicyHome.newest(9)).replicatingTo(far.id()), false);
            policies.unbind(near.id(), PolicyKind.REPLICATION);
            policies.edit(id, shorter, false);
        }
    }

    @Test
    void copiesOfBackupsMadeByHandPushOutNoneThatALockedTargetHolds() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Console console = home.home.console();
            Disk disk = home.home.image("web", 1);
            Vault near = home.home.vault("near", disk);
            Vault far = home.home.elsewhere("far");
            home.bound(kept(PolicyHome.newest(9)), near);
            home.bound(PolicyHome.plan("away", PolicyHome.newest(2), "04:00").replicatingTo(far.id()), near);
            for (String day : List.of("03", "04")) {
                home.at("2026-11-" + day + "T02:00");
                home.at("2026-11-" + day + "T04:00");
            }
            console.vaults().lock(far.id(), "far");
            for (String hour : List.of("10", "11", "12")) {
                home.clock.set("2026-11-04T" + hour + ":00");
                home.home.backUp(near, disk, "by-hand-" + hour);
            }
            home.policies()
                    .enable(home.policies().ofVault(near.id()).orElseThrow().id(), false);
            home.at("2026-11-05T04:00");
            home.at("2026-11-06T04:00");
            List<Backup> copies = console.backups().ofVault(far.id());
            assertThat(copies)
                    .extracting(backup -> PolicyHome.local(backup.createdAt()))
                    .as("all that was made by hand travelled once, and what the policy made is held")
                    .containsExactly("04T12:00", "04T11:00", "04T10:00", "04T02:00", "03T02:00");
            Backup byHand = copies.getFirst();
            assertThat(byHand.automatic()).isEmpty();
            assertThat(home.reasons(far, byHand))
                    .extracting(Verdict.Reason::keeper)
                    .containsExactly(Verdict.Keeper.MANUAL);
            console.deletion().delete(List.of(byHand.id()));
            home.settle();
            assertThat(console.backups().ofVault(far.id()))
                    .as("by hand it goes as ever")
                    .hasSize(4);
            assertThat(Refusals.code(() ->
                            console.deletion().delete(List.of(copies.getLast().id()))))
                    .as("the others are locked")
                    .isEqualTo("lock.backup");
        }
    }

    @Test
    void aLockedVaultWithoutAutomaticBackupsCanBeDeleted() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("a", disk);
            home.home.backUp(vault, disk, "by-hand");
            Console console = home.home.console();
            console.vaults().lock(vault.id(), "a");
            console.trash().delete(vault.id(), "a");
            console.trash().restore(vault.id());
            console.trash().delete(vault.id(), "a");
            home.home.done(console.trash().purge(vault.id()));
            assertThat(console.vaults().find(vault.id())).isEmpty();
        }
    }

    @Test
    void whatAnotherConsoleLockedMeanwhileIsShortenedNeitherByAnEditNorByADate() throws Exception {
        Path a = root.resolve("a");
        try (PolicyHome mine = new PolicyHome(a);
                PolicyHome other = new PolicyHome(root.resolve("b"))) {
            Vault vault = mine.keyed("v", mine.home.image("web", 1));
            Policy policy = mine.bound(kept(PolicyHome.newest(9)), vault);
            mine.at("2026-11-03T02:00");
            mine.at("2026-11-04T02:00");
            other.clock.set("2026-11-04T10:00");
            other.attach(a.resolve("place"), false);
            other.home.console().vaults().lock(vault.id(), "v");

            mine.clock.set("2026-11-04T11:00");
            Files.move(a.resolve("place"), a.resolve("unplugged"));
            Problem unread =
                    Refusals.problem(() -> mine.policies().edit(policy.id(), kept(PolicyHome.newest(1)), false));
            assertThat(unread.code()).as("nobody can tell").isEqualTo("lock.unread");
            for (Language language : Language.values()) {
                Text.Explanation said = Text.of(language, Clock.systemUTC()).explain(unread);
                assertThat(said.line())
                        .as("which policy, which vault, what to do, in " + language)
                        .contains("nightly", " v", mine.home.again(vault).locationName());
            }
            mine.policies().edit(policy.id(), kept(PolicyHome.newest(10)), false);
            Files.move(a.resolve("unplugged"), a.resolve("place"));
            assertThat(mine.home.again(vault).lock()).as("not known yet").isEmpty();
            assertThat(Refusals.code(() -> mine.policies().edit(policy.id(), kept(PolicyHome.newest(1)), false)))
                    .isEqualTo("lock.policy");
            assertThat(mine.home.again(vault).lock()).isPresent();
            mine.home.edit("update vault set locked_at = null");
            assertThat(Refusals.code(() -> mine.home
                            .console()
                            .backups()
                            .expire(
                                    mine.rows().getFirst().id(),
                                    Optional.of(mine.clock.instant().plusSeconds(60)))))
                    .isEqualTo("lock.expiry");
            mine.at("2026-11-05T02:00");
            assertThat(mine.backups()).containsExactly("03T02:00", "04T02:00", "05T02:00");
        }
    }

    private static PolicyPlan every(int days, String... times) {
        PolicyPlan plan = PolicyHome.plan("nightly", PolicyHome.newest(9), times);
        return plan.on(new Schedule(
                PolicyHome.ZONE, plan.schedule().times(), new Days.Every(days, LocalDate.parse("2026-11-04"))));
    }

    private static PolicyPlan within(PolicyPlan plan, String from, String until) {
        return PolicyHome.with(
                plan,
                new Conditions(
                        false,
                        false,
                        Optional.of(new Conditions.Hours(LocalTime.parse(from), LocalTime.parse(until)))));
    }

    private static boolean shortens(PolicyPlan before, PolicyPlan after, String now) {
        return Shortening.possible(
                before, after, LocalDateTime.parse(now).atZone(PolicyHome.ZONE).toInstant());
    }

    @Test
    void runsThatComeSoonerShortenWhatACountKeepsHoweverFewTheyAreInTheLongRun() {
        String[] hourly = IntStream.range(0, 24)
                .mapToObj(hour -> String.format("%02d:00", hour))
                .toArray(String[]::new);
        String now = "2026-11-04T02:30";
        PolicyPlan nightly = every(1, "02:00");
        assertThat(shortens(nightly, every(25, hourly), now))
                .as("24 within the day, and then none for long")
                .isTrue();
        assertThat(shortens(nightly, every(1, "14:00"), now))
                .as("one more today")
                .isTrue();
        assertThat(shortens(nightly, every(1, "14:00"), "2026-11-04T15:00"))
                .as("later each day")
                .isFalse();
        assertThat(shortens(nightly, every(2, "02:00"), now)).isFalse();
        assertThat(shortens(every(1, "02:00", "14:00"), every(1, "14:00"), now)).isFalse();
        assertThat(shortens(every(1, "02:00", "14:00"), every(1, "02:00", "15:00"), now))
                .isFalse();
        assertThat(shortens(every(1, "02:00", "14:00"), every(1, "02:00", "13:00"), now))
                .isTrue();
    }

    @Test
    void hoursInWhichNoRunMightBeMayKeepRunsApart() {
        String now = "2026-11-04T02:30";
        PolicyPlan often = every(1, "02:00", "08:00", "14:00", "20:00");
        PolicyPlan night = within(often, "22:00", "06:00");
        assertThat(shortens(night, often, now)).isTrue();
        assertThat(shortens(night, within(often, "22:00", "07:00"), now)).isTrue();
        assertThat(shortens(night, within(often, "23:00", "06:00"), now)).isFalse();
        assertThat(shortens(often, night, now)).isFalse();
        assertThat(shortens(night, night, now)).isFalse();
    }

    @Test
    void daysThatHoldARunSoonerShortenWhatPeriodsKeep() {
        String now = "2026-11-04T00:30";
        Retention daily = new ByCount(1, new Periods(7, 0, 0, 0));
        PolicyPlan burst = every(25, "02:00", "08:00", "14:00", "20:00").keeping(daily);
        PolicyPlan nightly = every(7, "21:00").keeping(daily);
        assertThat(shortens(burst, nightly, now))
                .as("a day of runs every 25 days")
                .isTrue();
        assertThat(shortens(nightly, burst, now)).as("a run earlier today").isTrue();
        assertThat(shortens(nightly, every(14, "21:00").keeping(daily), now)).isFalse();
    }
}
