package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.Refusals;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Origin;
import org.coffer.console.event.Event;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making, editing and binding policies (P1, P3, P8, P9, P14). It is Monday 2 November 2026, 10:00. */
class PoliciesTest {
    @TempDir
    private Path root;

    private static PolicyPlan every(int days) {
        PolicyPlan plan = PolicyHome.plan("p", PolicyHome.newest(3), "02:00");
        return plan.on(
                new Schedule(plan.schedule().zone(), plan.schedule().times(), new Days.Every(days, LocalDate.EPOCH)));
    }

    private static List<String> next(PolicyHome home, Policy policy, int n) {
        return home.policies().agenda().nextRuns(policy, home.clock.instant(), n).stream()
                .map(slot -> PolicyHome.local(slot.at()))
                .toList();
    }

    @Test
    void aFirstStartHoldsOnePolicyThatCanBeDeletedForGood() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy first = home.policies().list().getFirst();
            assertThat(first.name()).isEqualTo("Policy-0200");
            assertThat(next(home, first, 2)).containsExactly("03T02:00", "04T02:00");
            assertThat(first.plan().retention()).isEqualTo(PolicyHome.newest(30));
            home.policies().delete(first.id());
            home.home.restart();
            assertThat(home.policies().list()).isEmpty();
        }
    }

    @Test
    void anIntervalIsCountedFromTheDayOfCreationAndAnEditKeepsThat() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.policies().create(every(7));
            assertThat(next(home, policy, 1)).containsExactly("09T02:00");
            home.clock.set("2026-11-05T10:00");
            Policy five = home.policies().edit(policy.id(), every(5), false);
            assertThat(next(home, five, 2)).as("in two days").containsExactly("07T02:00", "12T02:00");
            Policy again = home.policies().edit(policy.id(), every(5), true);
            assertThat(next(home, again, 1)).as("from today").containsExactly("10T02:00");
            assertThat(home.policies().get(policy.id())).isEqualTo(again);
        }
    }

    @Test
    void namesAreUniqueAndThereAreAtMostThirtyTwo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.policies().create(every(1));
            assertThat(Refusals.code(() -> home.policies().create(every(2)))).isEqualTo("name.taken");
            assertThat(home.policies().edit(policy.id(), every(2), false).name())
                    .isEqualTo("p");
            for (int i = home.policies().list().size(); i < Policy.MOST; i++) {
                home.policies().create(every(1).named(home.policies().suggestName()));
            }
            assertThat(Refusals.code(() -> home.policies().create(every(2).named("more"))))
                    .isEqualTo("policy.many");
            assertThat(Refusals.code(() -> home.policies().edit(policy.id(), every(31), false)))
                    .isEqualTo("policy.days-range");
        }
    }

    @Test
    void aVaultIsNotMadeWithoutThePolicyThatIsToServeIt() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault beside = home.home.vault("beside");
            Policy copies = home.policies().create(every(1).replicatingTo(beside.id()));
            assertThat(Refusals.code(() -> home.policies().createVault(home.home.newVault("v"), copies.id())))
                    .isEqualTo("replicate.same-location");
            assertThat(home.home.console().vaults().list(VaultFilter.ALL)).containsExactly(home.home.again(beside));
        }
    }

    @Test
    void whatIsDeletedWhileItIsEditedStaysDeleted() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.policies().create(every(1));
            Thread deleting = new Thread(() -> home.policies().delete(policy.id()));
            AtomicBoolean began = new AtomicBoolean();
            home.policies().beforeEnd((_, _) -> {
                if (began.compareAndSet(false, true)) {
                    deleting.start();
                    while (!Set.of(Thread.State.TERMINATED, Thread.State.WAITING)
                            .contains(deleting.getState())) {
                        Thread.onSpinWait();
                    }
                }
            });
            home.policies().edit(policy.id(), every(1).enabled(false), false);
            deleting.join();
            assertThat(home.policies().find(policy.id())).isEmpty();
        }
    }

    @Test
    void servesManyVaultsAndAVaultHasOne() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy one = home.policies().create(every(1));
            Policy two = home.policies().create(every(1).named("two"));
            Vault a = home.home.vault("a");
            Vault b = home.policies().createVault(home.home.newVault("b"), one.id());
            assertThat(home.policies().bind(one.id(), a.id())).isEmpty();
            assertThat(home.policies().vaultsOf(one.id()))
                    .extracting(Vault::name)
                    .containsExactly("a", "b");
            assertThat(home.policies().bind(two.id(), a.id()).map(Policy::name))
                    .as("left")
                    .contains("p");
            assertThat(home.policies().bind(two.id(), a.id())).as("once more").isEmpty();
            assertThat(Policies.state(home.policies().ofVault(a.id()))).isEqualTo(PolicyState.ENABLED);
            home.policies().enable(two.id(), false);
            assertThat(Policies.state(
                            Optional.ofNullable(home.policies().byVault().get(a.id()))))
                    .isEqualTo(PolicyState.DISABLED);
            home.policies().unbind(a.id());
            assertThat(Policies.state(home.policies().ofVault(a.id()))).isEqualTo(PolicyState.NONE);
            assertThat(Refusals.code(() -> home.policies().unbind(a.id()))).isEqualTo("policy.none");
            home.policies().delete(one.id());
            assertThat(home.policies().ofVault(b.id())).isEmpty();
            assertThat(Refusals.code(() -> home.policies().get(one.id()))).isEqualTo("policy.unknown");
            assertThat(home.home.console().audit().list(AuditFilter.ALL, 0, 20))
                    .extracting(line -> line.event().apiName())
                    .startsWith("deletePolicy", "dissociatePolicy", "updatePolicy", "associatePolicy");
        }
    }

    @Test
    void aFrozenVaultTakesNoPolicy() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.policies().create(every(1));
            Vault vault = home.home.vault("a");
            Files.move(root.resolve("place"), root.resolve("away"));
            home.clock.push(Duration.ofMinutes(1));
            Problem refusal =
                    Problem.of("vault.frozen-policy", "vault", vault.name(), "location", vault.locationName());
            assertThatThrownBy(() -> home.policies().bind(policy.id(), vault.id()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem()).isEqualTo(refusal));
            assertThat(home.policies()
                            .refusal(policy, home.home.console().vaults().get(vault.id())))
                    .as("before anybody tries, in the sheet of vaults")
                    .contains(refusal);
            assertThat(home.policies().ofVault(vault.id())).isEmpty();
        }
    }

    @Test
    void runsByHandMakeManualBackupsAlsoOfAPolicyThatIsOff() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk web = home.home.image("web", 1);
            Disk db = home.home.image("db", 1);
            Policy policy = home.policies().create(every(1).enabled(false));
            assertThat(Refusals.code(() -> home.policies().byHand().run(policy.id(), List.of())))
                    .isEqualTo("policy.nothing");
            home.policies().bind(policy.id(), home.home.vault("a", web).id());
            home.policies().bind(policy.id(), home.home.vault("b", db).id());
            assertThat(home.policies().byHand().run(policy.id(), List.of())).hasSize(2);
            home.settle();
            assertThat(home.policies().byHand().run(policy.id(), List.of(db.id())))
                    .hasSize(1);
            home.settle();
            assertThat(home.rows()).hasSize(3).extracting(Backup::origin).containsOnly(Origin.MANUAL);
            assertThat(home.policies().agenda().soon(policy.id()))
                    .as("it is off")
                    .isEmpty();
            home.policies().enable(policy.id(), true);
            home.clock.set("2026-11-02T22:59");
            assertThat(home.policies().agenda().soon(policy.id())).isEmpty();
            home.clock.set("2026-11-02T23:01");
            assertThat(home.policies().agenda().soon(policy.id()).map(Refusals::spoken))
                    .isPresent();
        }
    }

    @Test
    void aRunByHandStartsInAllVaultsOrInNone() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk web = home.home.image("web", 1);
            Disk db = home.home.image("db", 4);
            Policy policy = home.policies().create(every(1));
            home.policies().bind(policy.id(), home.home.vault("a", web).id());
            Vault second = home.home.vault("b", db);
            home.policies().bind(policy.id(), second.id());
            home.home.edit("update vault set status = 'ERROR' where id = '" + second.id() + "'");
            assertThat(Refusals.code(() -> home.policies().byHand().run(policy.id(), List.of())))
                    .isNotEmpty();
            home.settle();
            assertThat(home.tasks()).isEmpty();
        }
    }

    @Test
    void aRunByHandOfADiskThatThePolicyDoesNotBackUpStartsNothing() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk in = home.home.image("in", 1);
            Disk out = home.home.image("out", 1);
            Policy policy = home.policies().create(every(1));
            home.policies().bind(policy.id(), home.home.vault("a", in).id());
            home.home.vault("b", out);
            Problem refused =
                    Refusals.problem(() -> home.policies().byHand().run(policy.id(), List.of(in.id(), out.id())));
            assertThat(refused.code()).isEqualTo("policy.disk-elsewhere");
            assertThat(refused.args()).containsEntry("disk", "out");
            home.settle();
            assertThat(home.tasks()).isEmpty();
        }
    }

    @Test
    void anotherZoneActsAsAnEditOnlyWherePeriodsAreCounted() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            for (Retention keep :
                    List.of(PolicyHome.newest(3), new Retention.ByCount(1, new Retention.Periods(7, 0, 0, 0)))) {
                boolean counted = !keep.equals(PolicyHome.newest(3));
                PolicyPlan plan = PolicyHome.plan(counted ? "days" : "newest", keep, "02:00");
                Policy before = home.policies().create(plan);
                home.clock.push(Duration.ofHours(1));
                Schedule there = new Schedule(
                        java.time.ZoneId.of("Europe/Berlin"),
                        plan.schedule().times(),
                        plan.schedule().days());
                Policy after = home.policies().edited(before, plan.on(there), false);
                assertThat(after.keepsSince().isAfter(before.keepsSince())).isEqualTo(counted);
            }
        }
    }

    @Test
    void deletingAPolicyDeletesNoBackupButDatesStillCount() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.home.vault("a", home.home.image("web", 1));
            Policy dated = home.policies().create(PolicyHome.plan("dated", new Retention.ByDays(5), "02:00"));
            home.policies().bind(dated.id(), vault.id());
            home.at("2026-11-03T02:00");
            Policy counted = home.policies().create(PolicyHome.plan("counted", PolicyHome.newest(1), "02:00"));
            home.policies().bind(counted.id(), vault.id());
            home.at("2026-11-04T02:00");
            home.policies().delete(dated.id());
            home.policies().delete(counted.id());
            home.at("2026-11-08T00:00");
            assertThat(home.backups()).containsExactly("03T02:00", "04T02:00");
            home.at("2026-11-09T00:00");
            assertThat(home.backups()).as("that with a date went").containsExactly("04T02:00");
        }
    }

    @Test
    void anExpiryCanBeGivenByHandAndTakenBack() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk disk = home.home.image("web", 1);
            Vault vault = home.home.vault("a", disk);
            Backup one = home.home.backUp(vault, disk, "one");
            Backup two = home.home.backUp(vault, disk, "two");
            Instant tomorrow = home.clock.instant().plus(Duration.ofHours(12));
            assertThat(Refusals.code(
                            () -> home.home.console().backups().expire(one.id(), Optional.of(home.clock.instant()))))
                    .isEqualTo("backup.expiry-past");
            home.home.console().backups().expire(one.id(), Optional.of(tomorrow));
            home.home.console().backups().expire(two.id(), Optional.of(tomorrow));
            home.home.console().backups().expire(two.id(), Optional.empty());
            home.tick();
            home.at("2026-11-03T00:00");
            assertThat(home.rows()).extracting(Backup::name).containsExactly("two");
        }
    }

    @Test
    void everyChangeIsToldAfterItIsWritten() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            List<Event> told = new CopyOnWriteArrayList<>();
            home.home.console().events().subscribe(told::add);
            Policy policy = home.policies().create(every(1));
            assertThat(told).contains(new Event.PolicyChanged(policy.id()));
        }
    }
}
