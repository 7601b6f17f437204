package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.Console;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Origin;
import org.coffer.console.backup.Unbinding;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.overview.Attention;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.AutoBindRule;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Policies that copy backups (X1), by the schedule and the retention of every policy. It is Monday 2 November 2026, 10:00.
 *
 * <pre>
 *   web ── nightly 02:00 ──▶ near (place) ── away 04:00 ──▶ far (elsewhere)
 * </pre>
 */
class ReplicationPolicyTest {
    @TempDir
    private Path root;

    private PolicyHome home;
    private Disk disk;
    private Vault near;
    private Vault far;

    @BeforeEach
    void makeTwoLocations() throws Exception {
        home = new PolicyHome(root);
        disk = home.home.image("web", 1);
        near = home.home.vault("near", disk);
        far = home.home.elsewhere("far");
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private PolicyPlan away(int n) {
        return PolicyHome.plan("away", PolicyHome.newest(n), "04:00").replicatingTo(far.id());
    }

    private List<String> moments(Vault vault) {
        return home.home.console().backups().ofVault(vault.id()).stream()
                .map(backup -> PolicyHome.local(backup.createdAt()))
                .toList()
                .reversed();
    }

    private List<Backup> replicas() {
        return home.home.console().backups().ofVault(far.id());
    }

    private List<String> fates(Policy policy) {
        return home.scheduler().last(policy.id(), 10).stream()
                .map(run -> run.fate()
                        + run.problem()
                                .map(Refusals::spoken)
                                .map(p -> " " + p.code())
                                .orElse(""))
                .toList();
    }

    @Test
    void copiesWhatWasMadeSinceAndKeepsItsOwnNumber() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(1), "02:00"), near);
        Policy policy = home.bound(away(2), near);
        home.at("2026-11-03T02:00");
        home.at("2026-11-03T04:00");
        assertThat(moments(far)).containsExactly("03T02:00");
        Backup first = replicas().getFirst();
        assertThat(first.origin()).isEqualTo(Origin.REPLICA);
        assertThat(first.automatic().map(Backup.Automatic::policy)).contains(policy.id());

        home.at("2026-11-04T02:00");
        home.at("2026-11-04T04:00");
        home.at("2026-11-05T02:00");
        home.at("2026-11-05T04:00");

        assertThat(moments(near)).as("its own retention").containsExactly("05T02:00");
        assertThat(moments(far)).as("the replicas' retention").containsExactly("04T02:00", "05T02:00");
        assertThat(home.home.restored(replicas().getFirst())).isEqualTo(Files.readAllBytes(disk.path()));
        assertThat(home.reasons(far, replicas().getFirst()))
                .extracting(Verdict.Reason::keeper)
                .containsExactly(Verdict.Keeper.COUNT);
        assertThat(home.home.console().results().last(policy.id(), 9))
                .extracting(RunResult::outcome)
                .containsOnly(Outcome.SUCCEEDED);
    }

    @Test
    void replicasOfADiskThatMovesAwayAndBackStayWhateverTheNumberIsByThen() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), near);
        Policy policy = home.bound(away(9), near);
        for (String day : List.of("03", "04")) {
            home.at("2026-11-" + day + "T02:00");
            home.at("2026-11-" + day + "T04:00");
        }
        Vault other = home.home.vault("other");
        for (Vault to : List.of(other, near)) {
            Vault from = to.equals(near) ? other : near;
            home.home.done(home.home
                    .console()
                    .migrations()
                    .start(from.id(), List.of(disk.id()), to.id())
                    .getFirst());
            home.policies().edit(policy.id(), away(1), false);
        }
        for (String day : List.of("05", "06")) {
            home.at("2026-11-" + day + "T02:00");
            home.at("2026-11-" + day + "T04:00");
        }
        assertThat(moments(far)).containsExactly("03T02:00", "04T02:00", "06T02:00");
    }

    @Test
    void replicasInAVaultThatIsAttachedStayIfTheirPolicyGotItsNumberSince() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), near);
        home.bound(away(9), near);
        home.at("2026-11-03T02:00");
        home.at("2026-11-03T04:00");
        Path place = root.resolve("place-of-far");
        for (boolean since : List.of(false, true)) {
            Path moved = place.resolveSibling("far-" + since);
            Files.move(place, moved);
            place = moved;
            home.home
                    .console()
                    .forgetting()
                    .forget(home.home.console().vaults().get(far.id()).locationId());
            if (since) {
                home.clock.set("2026-12-03T04:00");
                long now = home.clock.instant().toEpochMilli();
                home.sql("update policy set keeps_since = " + now + " where name = 'away'");
            }
            Location found = home.home.console().locations().add(new NewLocation("far-" + since, moved, ""));
            Attaching attaching = home.home.console().attaching();
            try (OpenedStranger opened =
                    attaching.open(attaching.find(found.id()).getFirst(), Optional.empty())) {
                attaching.attach(opened, true);
            }
            assertThat(replicas())
                    .extracting(one -> one.automatic().orElseThrow().left())
                    .containsExactly(since);
        }
    }

    @Test
    void whatAnAttachmentThatWasCutOffLeftToDoIsDoneBeforeAnythingGoesThere() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), near);
        Policy policy = home.bound(away(9), near);
        for (String day : List.of("03", "04", "05")) {
            home.at("2026-11-" + day + "T02:00");
            home.at("2026-11-" + day + "T04:00");
        }
        Path back = root.resolve("back");
        Path away = root.resolve("away");
        Files.move(root.resolve("place-of-far"), back);
        home.home.console().forgetting().forget(far.locationId());
        home.clock.set("2026-12-05T10:00"); // Later than vaults say that they were written to, which no test can set.
        home.policies().edit(policy.id(), away(1), false);
        Location found = home.home.console().locations().add(new NewLocation("back", back, ""));
        Attaching attaching = home.home.console().attaching();
        try (OpenedStranger opened = attaching.open(attaching.find(found.id()).getFirst(), Optional.empty())) {
            Files.move(back, away);
            assertThat(attaching.attach(opened, true).notes())
                    .extracting(note -> Refusals.spoken(note).code())
                    .isNotEmpty();
        }
        assertThat(home.home.console().vaults().attaching(far.id())).isPresent();
        home.home.restart(() -> Files.move(away, back));
        for (String day : List.of("06", "07")) {
            home.at("2026-12-" + day + "T02:00");
            home.at("2026-12-" + day + "T04:00");
        }
        assertThat(home.home.console().vaults().attaching(far.id())).isEmpty();
        assertThat(moments(far)).containsExactly("03T02:00", "04T02:00", "05T02:00", "07T02:00");
    }

    @Test
    void aReplicaWhoseRunWasPausedForLongerThanItIsKeptIsKeptFromWhenItIsThere() throws Exception {
        Disk large = home.home.image("large", 200); // Several packs: each waits for the one before.
        Vault beside = home.home.vault("beside", large);
        home.bound(PolicyHome.nightly(9), beside);
        home.bound(PolicyHome.plan("away", new Retention.ByDays(1), "04:00").replicatingTo(far.id()), beside);
        home.at("2026-11-03T02:00");
        Task run;
        try (var _ = home.home.slowed(far)) {
            home.clock.set("2026-11-03T04:00");
            home.look();
            run = home.home.console().tasks().open().getFirst();
            home.home.awaitPack(far, run);
            home.home.console().tasks().pause(run.id());
        }
        home.clock.set("2026-11-05T10:00");
        home.home.console().tasks().resume(run.id());
        home.home.done(run);
        home.settle();
        assertThat(replicas())
                .singleElement()
                .satisfies(copy -> assertThat(copy.expiresAt()).contains(Instant.parse("2026-11-06T02:00:00Z")));
        home.at("2026-11-07T00:00");
        assertThat(replicas()).as("its date came").isEmpty();
    }

    @Test
    void theFirstRunCopiesTheNewestAndLaterOnesAllThatIsNewer() throws Exception {
        home.clock.set("2026-11-02T11:00");
        home.home.backUp(near, disk, "one");
        home.clock.set("2026-11-02T12:00");
        home.home.backUp(near, disk, "two");
        home.bound(away(9), near);
        home.at("2026-11-03T04:00");
        assertThat(moments(far)).containsExactly("02T12:00");
        home.clock.set("2026-11-03T11:00");
        home.home.backUp(near, disk, "three");
        home.clock.set("2026-11-03T12:00");
        home.home.backUp(near, disk, "four");
        home.at("2026-11-04T04:00");
        assertThat(moments(far)).containsExactly("02T12:00", "03T11:00", "03T12:00");
    }

    @Test
    void copiesOfBackupsMadeByHandNeitherCountNorGo() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), near);
        home.bound(PolicyHome.plan("away", new Retention.ByDays(2), "04:00").replicatingTo(far.id()), near);
        home.at("2026-11-03T02:00");
        home.at("2026-11-03T04:00");
        home.clock.set("2026-11-04T01:00");
        home.home.backUp(near, disk, "one");
        home.at("2026-11-04T02:00");
        home.at("2026-11-04T04:00");
        assertThat(replicas()).extracting(copy -> copy.automatic().isPresent()).containsExactly(true, false, true);
        home.home.restart();
        home.at("2026-11-07T00:30");
        assertThat(moments(far))
                .as("what was made by hand has no date, here as there (P6)")
                .contains("04T01:00")
                .doesNotContain("03T02:00", "04T02:00");
    }

    @Test
    void whereNothingIsNewTheSlotSaysSo() throws Exception {
        home.home.backUp(near, disk, "one");
        Policy policy = home.bound(away(9), near);
        home.at("2026-11-03T04:00");
        home.at("2026-11-04T04:00");
        assertThat(fates(policy)).containsExactly("SKIPPED policy.nothing-new", "STARTED");
        assertThat(moments(far)).hasSize(1);
    }

    @Test
    void copiesWhatIsNewAlsoAfterANightOnWhichTheClockRanAYearAhead() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), near);
        home.bound(away(9), near);
        for (String night : List.of("2026-11-03", "2027-11-04")) {
            home.at(night + "T02:00");
            home.at(night + "T04:00");
        }
        home.at("2026-11-04T01:00");
        for (String night : List.of("2026-11-05", "2026-11-06")) {
            home.at(night + "T02:00");
            home.at(night + "T04:00");
        }
        assertThat(moments(far)).contains("05T02:00", "06T02:00");
    }

    @Test
    void copiesThatFailAreToldOfUntilOneSucceedsWhateverIsBackedUpMeanwhile() throws Exception {
        home.bound(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), near);
        home.bound(away(9), near);
        home.at("2026-11-03T02:00");
        home.at("2026-11-03T04:00");
        Path data = home.home.objects(far).resolve("data");
        Path aside = root.resolve("aside");
        home.at("2026-11-04T02:00");
        Files.move(data, aside);
        Files.writeString(data, "no folder");
        home.at("2026-11-04T04:00");
        Files.delete(data);
        Files.move(aside, data);
        assertThat(failed()).containsExactly("web");
        home.at("2026-11-05T02:00");
        assertThat(failed()).as("backed up, not copied").containsExactly("web");
        home.at("2026-11-05T04:00");
        assertThat(failed()).as("copied").isEmpty();
    }

    @Test
    void aCopyThatFailedIsMadeUpForThoughTheNextOneSucceeded() throws Exception {
        Policy policy = failsToCopyTheFirstOfTwo();
        assertThat(copied()).as("the later one alone").containsExactly("03T03:00", "04T03:00");
        home.at("2026-11-05T04:00");
        assertThat(copied()).containsExactly("03T03:00", "04T02:00", "04T03:00");
        home.at("2026-11-06T04:00");
        assertThat(fates(policy)).as("not twice").startsWith("SKIPPED policy.nothing-new");
    }

    @Test
    void aCopyThatFailedIsNotMadeUpForIfItsPolicyKeepsNewerOnes() throws Exception {
        Policy policy = failsToCopyTheFirstOfTwo();
        home.policies().edit(policy.id(), away(1), false);
        home.at("2026-11-05T04:00");
        assertThat(copied()).doesNotContain("04T02:00");
        assertThat(fates(policy)).startsWith("SKIPPED policy.nothing-new");
    }

    /** Two backups on the fourth, of which only the later one can be read while both are copied. */
    private Policy failsToCopyTheFirstOfTwo() throws Exception {
        Policy twice = home.bound(PolicyHome.plan("twice", PolicyHome.newest(9), "02:00", "03:00"), near);
        Policy policy = home.bound(away(9), near);
        for (String time : List.of("02:00", "03:00", "04:00")) {
            home.at("2026-11-03T" + time);
        }
        Set<Path> before = Set.copyOf(home.home.packs(near));
        home.home.change(disk, 0, 200_000, 1);
        home.at("2026-11-04T02:00");
        List<Path> only = home.home.packs(near).stream()
                .filter(pack -> !before.contains(pack))
                .toList();
        home.home.change(disk, 0, 200_000, 2);
        home.at("2026-11-04T03:00");
        for (Path pack : only) {
            Files.move(pack, root.resolve(pack.getFileName()));
        }
        home.at("2026-11-04T04:00");
        for (Path pack : only) {
            Files.move(root.resolve(pack.getFileName()), pack);
        }
        home.policies().enable(twice.id(), false);
        Console console = home.home.console();
        home.home.done(console.verification().start(near.id(), 100));
        return policy;
    }

    private List<String> copied() {
        return replicas().stream()
                .filter(Backup::restorable)
                .map(copy -> PolicyHome.local(copy.createdAt()))
                .toList()
                .reversed();
    }

    private List<String> failed() {
        return home.home.console().overviews().now().needs().stream()
                .filter(need -> need.kind() == Attention.Kind.BACKUP_FAILED)
                .map(Attention::name)
                .toList();
    }

    @Test
    void waitsForALocationThatIsAwayAndGoesOnWhenItIsBack() throws Exception {
        home.home.backUp(near, disk, "one");
        Policy policy = home.bound(away(9), near);
        Path folder = home.home.objects(far).getParent();
        Path hidden = root.resolve("hidden");
        Files.move(folder, hidden);
        home.clock.set("2026-11-03T04:00");
        home.tick();
        assertThat(fates(policy)).singleElement().asString().startsWith("WAITING location.");
        Files.move(hidden, folder);
        home.clock.set("2026-11-03T04:40");
        home.tick();
        assertThat(fates(policy)).containsExactly("STARTED");
        assertThat(moments(far)).hasSize(1);
    }

    @Test
    void aVaultHasOnePolicyOfEachKindAndTheOneIsLeftWithoutTheOther() throws Exception {
        Policy nightly = home.bound(PolicyHome.nightly(3), near);
        Policy away = home.bound(away(1), near);
        assertThat(home.policies().ofVault(near.id())).contains(nightly);
        assertThat(home.policies().replicationOf(near.id())).contains(away);
        home.at("2026-11-03T02:00");
        home.at("2026-11-03T04:00");
        home.policies().unbind(near.id(), PolicyKind.REPLICATION);
        home.policies().bind(away.id(), near.id());
        home.at("2026-11-04T02:00");
        home.at("2026-11-04T04:00");
        assertThat(moments(far)).as("what it left stays").containsExactly("03T02:00", "04T02:00");
        assertThat(home.policies().ofVault(near.id())).contains(nightly);
    }

    @Test
    void runNowCopiesWhatIsOutstandingByHand() throws Exception {
        home.home.backUp(near, disk, "one");
        Policy policy = home.bound(away(1), near);
        Task task = home.policies().byHand().run(policy.id(), List.of()).getFirst();
        assertThat(home.home.done(task).status()).isEqualTo(TaskStatus.SUCCEEDED);
        assertThat(replicas().getFirst().automatic()).isEmpty();
        assertThat(Refusals.code(() -> home.policies().byHand().run(policy.id(), List.of())))
                .isEqualTo("policy.all-replicated");
        home.at("2026-11-03T04:00");
        assertThat(replicas())
                .as("not twice")
                .hasSize(1)
                .extracting(Backup::status)
                .containsOnly(BackupStatus.AVAILABLE);
    }

    @Test
    void keepsTheLocationThatItCopiesToBusy() throws Exception {
        home.bound(away(1), near);
        Agenda agenda = home.policies().agenda();
        assertThat(agenda.busyHours(far.locationId(), PolicyHome.ZONE, Optional.empty())
                        .get(4))
                .as("one disk on seven days")
                .isEqualTo(7);
        assertThat(agenda.busyHours(near.locationId(), PolicyHome.ZONE, Optional.empty()))
                .as("only read there")
                .containsOnly(0);
    }

    @Test
    void whatCannotBeIsRefused() throws Exception {
        Vault beside = home.home.vault("beside");
        PolicyPlan wrong = PolicyHome.nightly(3).named("wrong").replicatingTo(beside.id());
        Policy made = home.policies().create(wrong);
        assertThat(Refusals.code(() -> home.policies().bind(made.id(), near.id())))
                .isEqualTo("replicate.same-location");
        Policy nightly = home.policies().create(PolicyHome.nightly(3));
        assertThat(Refusals.code(
                        () -> home.policies().edit(nightly.id(), nightly.plan().replicatingTo(far.id()), false)))
                .isEqualTo("policy.kind");
        assertThat(home.policies()
                        .problems(away(1).replicatingTo(java.util.UUID.randomUUID()), Optional.empty())
                        .values())
                .map(Problem::code)
                .containsExactly("vault.unknown");
    }

    /** How a disk that was unbound comes back. */
    enum Back {
        BY_HAND,
        BY_ITSELF
    }

    @ParameterizedTest
    @EnumSource
    void replicasOfADiskThatWasUnboundAreLeftWhenItIsBoundAgain(Back back) throws Exception {
        Policy policy = home.bound(away(9), near);
        for (String day : List.of("03", "04")) {
            home.clock.set("2026-11-" + day + "T01:00");
            home.home.backUp(near, disk, "of-" + day);
            home.at("2026-11-" + day + "T04:00");
        }
        Console console = home.home.console();
        console.unbinding().unbind(near.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
        assertThat(console.simulator().effect(policy.id(), away(1)).count())
                .as("nobody is asked")
                .isZero();
        home.policies().edit(policy.id(), away(1), false);
        home.bound(PolicyHome.nightly(9), near);
        if (back == Back.BY_HAND) {
            console.vaults().bindings().bind(near.id(), List.of(disk.id()));
        } else {
            console.vaults().autoBinding().set(near.id(), Optional.of(new AutoBindRule("web", root.toString())));
        }
        for (String day : List.of("05", "06")) {
            home.at("2026-11-" + day + "T02:00");
            home.at("2026-11-" + day + "T04:00");
        }
        assertThat(moments(far))
                .as("those left, and one of the two since")
                .containsExactly("03T01:00", "04T01:00", "06T02:00");
    }

    /** What becomes of the replicas' vault after their disk was bound again. */
    enum Since {
        NOTHING,
        /** It is forgotten with its location, and attached again: what its own description says of them is from before. */
        FORGOTTEN_AND_ATTACHED
    }

    @ParameterizedTest
    @EnumSource
    void replicasFromBeforeABreakAreLeftForGood(Since since) throws Exception {
        home.bound(PolicyHome.plan("early", PolicyHome.newest(9), "01:00"), near);
        Policy policy = home.bound(away(9), near);
        for (String day : List.of("03", "04")) {
            home.at("2026-11-" + day + "T01:00");
            home.at("2026-11-" + day + "T04:00");
        }
        Console console = home.home.console();
        console.unbinding().unbind(near.id(), List.of(disk.id()), Unbinding.Fate.KEEP);
        home.clock.set("2026-11-04T10:00");
        console.vaults().bindings().bind(near.id(), List.of(disk.id()));
        if (since == Since.FORGOTTEN_AND_ATTACHED) {
            // Commits are dated by the computer's own clock, whatever the clock of this test says.
            home.sql("update binding set bound_at = "
                    + Instant.parse("3000-01-01T00:00:00Z").toEpochMilli());
            Path place = console.locations().get(far.locationId()).folder().orElseThrow();
            Path aside = place.resolveSibling("aside");
            Files.move(place, aside);
            console.forgetting().forget(far.locationId());
            Location found = console.locations().add(new NewLocation("aside", aside, ""));
            try (OpenedStranger opened = console.attaching()
                    .open(console.attaching().find(found.id()).getFirst(), Optional.empty())) {
                console.attaching().attach(opened, true);
            }
        }
        assertThat(console.simulator().effect(policy.id(), away(1)).count())
                .as("asked")
                .isZero();
        home.policies().edit(policy.id(), away(1), false);
        home.at("2026-11-05T00:00");
        for (String day : List.of("05", "06")) {
            home.at("2026-11-" + day + "T01:00");
            home.at("2026-11-" + day + "T04:00");
        }
        assertThat(moments(far)).containsExactly("03T01:00", "04T01:00", "06T01:00");
    }

    @Test
    void aSlotAtWhichTheTargetIsGoneFailedSoThatSomebodySeesToIt() throws Exception {
        Policy policy = home.bound(away(3), near);
        home.home.backUp(near, disk, "one");
        home.home.console().trash().delete(far.id(), "far");
        home.at("2026-11-03T04:00");
        home.home.done(home.home.console().trash().purge(far.id()));
        home.at("2026-11-04T04:00");
        assertThat(home.home.console().results().last(policy.id(), 9))
                .extracting(RunResult::outcome)
                .containsExactly(Outcome.FAILED, Outcome.FAILED);
        assertThat(fates(policy)).contains("SKIPPED policy.target-gone", "SKIPPED vault.trashed");
    }

    @Test
    void oneWhoseTargetIsInTheTrashCanBeEditedAndSwitchedOffButNotOn() {
        Policy policy = home.bound(away(9), near);
        home.home.console().trash().delete(far.id(), "far");
        home.policies().edit(policy.id(), away(8), false);
        assertThat(home.policies().enable(policy.id(), false).enabled()).isFalse();
        assertThat(home.policies().problems(away(8), Optional.of(policy.id())))
                .as("at the field of the form")
                .containsOnlyKeys("to");
        assertThat(Refusals.code(() -> home.policies().enable(policy.id(), true)))
                .isEqualTo("vault.trashed");
    }

    @Test
    void aFailedCopyOfAnOldBackupIsKeptForItsMonth() throws Exception {
        Backup old = home.home.backUp(near, disk, "old");
        home.sql("update backup set created_at = 0 where id = '" + old.id() + "'");
        TestHome.flip(home.home.packs(near).getFirst(), 5000);
        home.bound(away(9), near);
        home.at("2026-11-03T04:00");
        home.at("2026-11-04T00:00");
        assertThat(replicas()).singleElement().satisfies(failed -> {
            assertThat(failed.status()).isEqualTo(BackupStatus.ERROR);
            assertThat(PolicyHome.local(failed.createdAt()))
                    .as("when it failed")
                    .isEqualTo("03T04:00");
        });
    }
}
