package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Schedule;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P1 to P5, P7, P15 in the form: refused while it is typed, shown beforehand, asked before anything is deleted. */
class PolicyFormModelTest {
    private final TestDesk desk = new TestDesk();
    private Days days;

    @BeforeEach
    void open(@TempDir Path root) throws Exception {
        days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"));
    }

    @AfterEach
    void close() {
        days.close();
    }

    private Policies policies() {
        return days.console().policies();
    }

    private PolicyFormModel form(Optional<Policy> edited) {
        return new PolicyFormModel(DaysServices.of(days), desk.desk(days.clock()), edited, Optional.empty());
    }

    private static String code(PolicyFormModel form, String field) {
        return form.problem(field).getValue().map(Sentence::key).orElse("");
    }

    @Test
    void aPolicyOfAnotherZoneSaysSoAndCanBeBroughtHere() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZoneId here = days.clock().getZone();
        assertThat(form(Optional.empty()).draft().zones()).as("a new one").containsExactly(here);
        PolicyPlan usual = form(Optional.empty()).draft().read().plan();
        Schedule abroad = new Schedule(
                berlin, List.of(LocalTime.of(2, 0)), usual.schedule().days());
        Policy policy = policies().create(usual.on(abroad).named("abroad"));
        assertThat(new PolicyWords(Text.of(Language.ENGLISH, days.clock())).briefLine(policy.plan()))
                .startsWith("Every day 02:00 (Europe/Berlin) · ");
        assertThat(new PolicyWords(Text.of(Language.CHINESE, days.clock())).schedule(abroad))
                .isEqualTo("每天 02:00（Europe/Berlin）");
        assertThat(new PolicyWords(Text.of(Language.ENGLISH, days.clock())).schedule(usual.schedule()))
                .doesNotContain("(");

        PolicyFormModel form = form(Optional.of(policy));
        assertThat(form.draft().zones()).containsExactly(berlin, here);
        assertThat(form.runs().get().getFirst().at()).isEqualTo(Instant.parse("2027-03-12T01:00:00Z"));
        form.draft().zone.set(here);
        assertThat(form.runs().get().getFirst().at()).isEqualTo(Instant.parse("2027-03-11T18:00:00Z"));
        form.save();
        assertThat(policies().get(policy.id()).plan().schedule().zone()).isEqualTo(here);
    }

    @Test
    void aNewOneRunsEveryNightAndKeepsThirty() {
        PolicyFormModel form = form(Optional.empty());
        assertThat(form.draft().name.get()).startsWith(Policies.PREFIX);
        assertThat(form.runs().get()).hasSize(PolicyFormModel.RUNS);
        assertThat(form.stays().outlook().get().orElseThrow().now()).isEmpty();
        form.save();
        Policy made = policies().list().stream()
                .filter(policy -> policy.name().equals(form.draft().name.get()))
                .findFirst()
                .orElseThrow();
        assertThat(made.plan().retention()).isEqualTo(new Retention.ByCount(30, Retention.Periods.NONE));
        assertThat(made.plan().schedule().times()).containsExactly(LocalTime.of(2, 0));
    }

    @Test
    void oneThatCopiesNeedsAVaultElsewhereAndKeepsTheCopiesByItsOwnRule() throws Exception {
        Vault near = days.vault("near");
        Vault far = days.vaultElsewhere("far");
        PolicyFormModel form = form(Optional.empty());
        assertThat(form.targets()).extracting(Vault::id).containsExactlyInAnyOrder(near.id(), far.id());
        form.draft().fullEvery.set("x");
        form.draft().kind.set(PolicyKind.REPLICATION);
        assertThat(code(form, "to")).isEqualTo("!policy.target-none");
        assertThat(code(form, "full")).as("copies are never full by plan").isEmpty();
        form.draft().target.set(Optional.of(far.id()));
        assertThat(code(form, "to")).isEmpty();
        form.draft().count.set("7");
        form.save();
        Policy made = policies().list(PolicyKind.REPLICATION).getFirst();
        assertThat(made.plan().target()).contains(far.id());
        assertThat(made.plan().retention()).isEqualTo(new Retention.ByCount(7, Retention.Periods.NONE));

        policies().bind(made.id(), near.id());
        PolicyFormModel again = form(Optional.of(made));
        assertThat(again.draft().kind.get()).isEqualTo(PolicyKind.REPLICATION);
        again.draft().target.set(Optional.of(near.id()));
        assertThat(code(again, "to")).as("beside what it copies").isEqualTo("!replicate.same-location");
        PolicyFormModel back = form(Optional.empty());
        back.draft().kind.set(PolicyKind.REPLICATION);
        back.draft().target.set(Optional.of(far.id()));
        back.draft().kind.set(PolicyKind.BACKUP);
        assertThat(back.draft().read().plan().target())
                .as("one of backups goes nowhere")
                .isEmpty();
    }

    @Test
    void whatIsImpossibleIsSaidAtItsFieldWhileItIsTyped() {
        PolicyFormModel form = form(Optional.empty());
        form.draft().add(LocalTime.of(2, 59));
        assertThat(code(form, "times")).isEqualTo("!policy.times-close");
        form.draft().remove(LocalTime.of(2, 59));
        assertThat(code(form, "times")).isEmpty();
        form.draft().add(LocalTime.of(1, 30));
        assertThat(code(form, "times")).isEqualTo("!policy.times-close");
        form.draft().times.set(List.of(LocalTime.of(23, 30), LocalTime.of(0, 29)));
        assertThat(code(form, "times")).as("across midnight").isEqualTo("!policy.times-close");
        form.draft().times.set(List.of(LocalTime.of(23, 30), LocalTime.of(0, 30)));
        assertThat(code(form, "times")).isEmpty();
        form.draft()
                .times
                .set(IntStream.range(0, 25)
                        .mapToObj(i -> LocalTime.MIN.plusMinutes(57L * i))
                        .toList());
        assertThat(code(form, "times")).isEqualTo("!policy.times-many");
        form.draft().times.set(List.of());
        assertThat(code(form, "times")).isEqualTo("!policy.times-none");
        form.draft().add(LocalTime.of(2, 0));
        for (String wrong : new String[] {"0", "31"}) {
            form.draft().interval.set(wrong);
            assertThat(code(form, "days")).isEqualTo("!policy.days-range");
        }
        form.draft().interval.set("x");
        assertThat(code(form, "days")).isNotEmpty();
        form.draft().daysKind.set(Drafted.DaysKind.WEEKLY);
        assertThat(code(form, "days")).isEqualTo("!policy.days-none");
        form.draft().choose(DayOfWeek.MONDAY, true);
        assertThat(code(form, "days")).isEmpty();
        form.draft().count.set("0");
        assertThat(code(form, "retention")).isEqualTo("!policy.keep-count");
        form.draft().count.set("30");
        form.draft().fullEvery.set("30");
        assertThat(code(form, "full")).isEqualTo("!policy.full-count");
        form.draft().fullEvery.set("101");
        assertThat(code(form, "full")).isEqualTo("!policy.full-range");
        form.draft().fullEvery.set("6");
        assertThat(code(form, "full")).isEmpty();
        form.draft().keepKind.set(Drafted.KeepKind.TIME);
        form.draft().months.set(0);
        form.draft().keepDays.set("100000");
        assertThat(code(form, "retention")).isEqualTo("!policy.keep-days");
        form.draft().keepDays.set("many");
        assertThat(code(form, "retention")).isEqualTo("!number.unreadable");
        form.draft().keepDays.set("90");
        form.draft().from.set("25:00");
        assertThat(code(form, "conditions")).isEqualTo("!policy.time-unreadable");
    }

    @Test
    void whatCannotBeReadIsNotSavedAsSomethingElse() {
        for (String count : List.of("", "3o", "0")) {
            PolicyFormModel form = form(Optional.empty());
            int before = policies().list().size();
            form.draft().count.set(count);
            form.save();
            assertThat(policies().list()).as("count '%s'", count).hasSize(before);
            assertThat(code(form, "retention")).isNotEmpty();
            form.draft().count.set("3");
            form.save();
            assertThat(policies().list()).as("mended").hasSize(before + 1);
        }
    }

    @Test
    void aTimeThatIsTypedAndNotAddedIsSavedToo() {
        PolicyFormModel form = form(Optional.empty());
        int before = policies().list().size();
        form.draft().typedTime.set("14:");
        form.save();
        assertThat(policies().list()).hasSize(before);
        assertThat(code(form, "times")).isEqualTo("!policy.time-unreadable");
        form.draft().typedTime.set("14");
        assertThat(code(form, "times")).as("said only when it is saved").isEmpty();
        form.draft().typedTime.set("02:30");
        form.save();
        assertThat(policies().list()).as("judged as any other").hasSize(before);
        assertThat(code(form, "times")).isEqualTo("!policy.times-close");
        form.draft().remove(LocalTime.of(2, 30));
        form.draft().typedTime.set("14:30");
        form.save();
        assertThat(policies().list().getLast().plan().schedule().times())
                .containsExactly(LocalTime.of(2, 0), LocalTime.of(14, 30));
    }

    @Test
    void whatWasChangedElsewhereMeanwhileIsNotOverwrittenWithoutAQuestion() {
        Policy nightly = policies().list().getFirst();
        PolicyFormModel form = form(Optional.of(nightly));
        policies().edit(nightly.id(), nightly.plan().enabled(false), false);
        form.draft().name.set("renamed");
        desk.answer(false);
        form.save();
        assertThat(desk.questions())
                .extracting(question -> question.title().key())
                .containsExactly("policy.form.meanwhile.title");
        assertThat(policies().get(nightly.id()).enabled()).isFalse();
        assertThat(policies().get(nightly.id()).name()).isEqualTo(nightly.name());
        assertThat(form.draft().name.get()).as("what was typed stays").isEqualTo("renamed");
        desk.answer(true);
        form.save();
        assertThat(policies().get(nightly.id()).name()).isEqualTo("renamed");
    }

    @Test
    void theHoursOfOtherPoliciesAreShown() throws Exception {
        assertThat(form(Optional.empty()).busy().places().get())
                .as("without a vault")
                .isEmpty();
        Policy nightly = policies().list().getFirst();
        Vault office = days.vault("office", days.image("web", 1, Disk.Role.DATA), days.image("db", 1, Disk.Role.DATA));
        policies().bind(nightly.id(), office.id());
        Busy fresh = form(Optional.empty()).busy();
        assertThat(fresh.chosen().get().map(Busy.Place::name)).contains("Backup drive");
        assertThat(fresh.hours().get()).hasSize(24);
        assertThat(fresh.hours().get().get(2)).as("two disks on seven days").isEqualTo(14);
        assertThat(fresh.hours().get().get(3)).isZero();
        Busy own = form(Optional.of(nightly)).busy();
        assertThat(own.hours().get())
                .as("its own runs are no others'")
                .hasSize(24)
                .containsOnly(0);
    }

    @Test
    void theHoursAreThoseOfThePlaceThatCopiesGoTo() throws Exception {
        Policy nightly = policies().list().getFirst();
        Vault office = days.vault("office", days.image("web", 1, Disk.Role.DATA));
        policies().bind(nightly.id(), office.id());
        Vault far = days.vaultElsewhere("remote");
        PolicyFormModel form = form(Optional.empty());
        assertThat(place(form)).contains("Backup drive");
        form.draft().kind.set(PolicyKind.REPLICATION);
        form.draft().target.set(Optional.of(far.id()));
        assertThat(place(form)).contains("place of remote");
        assertThat(form.busy().hours().get()).as("nothing runs there").containsOnly(0);
        form.draft().kind.set(PolicyKind.BACKUP);
        assertThat(place(form)).as("it makes backups after all").contains("Backup drive");
        assertThat(form.busy().hours().get().get(2)).isEqualTo(7);

        PolicyPlan away = nightly.plan().named("away").replicatingTo(far.id());
        assertThat(place(new PolicyFormModel(
                        DaysServices.of(days), desk.desk(days.clock()), Optional.empty(), Optional.of(away))))
                .as("a duplicate")
                .contains("place of remote");
    }

    private static Optional<String> place(PolicyFormModel form) {
        return form.busy().chosen().get().map(Busy.Place::name);
    }

    @Test
    void timesAreReadAsPeopleTypeThem() {
        assertThat(TypedTimes.one("2")).contains(LocalTime.of(2, 0));
        assertThat(TypedTimes.one(" 02:05 ")).contains(LocalTime.of(2, 5));
        assertThat(TypedTimes.one("14：30")).contains(LocalTime.of(14, 30));
        for (String wrong : Set.of("", "24:00", "2:5", "noon", "-1")) {
            assertThat(TypedTimes.one(wrong)).as(wrong).isEmpty();
        }
        assertThat(TypedTimes.all("8, 12:30  18"))
                .contains(List.of(LocalTime.of(8, 0), LocalTime.of(12, 30), LocalTime.of(18, 0)));
        assertThat(TypedTimes.all("8，20：15")).contains(List.of(LocalTime.of(8, 0), LocalTime.of(20, 15)));
        assertThat(TypedTimes.all("8, noon")).isEmpty();
        assertThat(TypedTimes.all("")).isEmpty();
    }

    @Test
    void anEditThatDeletesAsksWithTheCountAndOnlyThenSaves() throws Exception {
        Policy nightly = policies().list().getFirst();
        Disk web = days.image("web", 2, Disk.Role.DATA);
        Vault vault = days.vault("office", web);
        policies().bind(nightly.id(), vault.id());
        for (int day = 0; day < 5; day++) {
            days.change(web, 0, 1000);
            days.dayOfPolicies();
        }
        PolicyFormModel form = form(policies().find(nightly.id()));
        assertThat(form.title().getValue().key()).isEqualTo("policy.form.save");
        form.draft().count.set("2");
        assertThat(form.deletes().getValue()).isTrue();
        int goes = form.stays().outlook().get().orElseThrow().effect().count();
        assertThat(goes)
                .as("of five, once the next is there that two are kept with")
                .isEqualTo(4);
        assertThat(form.title().getValue()).isEqualTo(Sentence.of("policy.form.save-and-delete", "n", goes));

        form.stays().days().set(7);
        Stays.Outlook week = form.stays().outlook().get().orElseThrow();
        List<Compared> sideBySide = Compared.of(week.now().orElseThrow(), week.then());
        assertThat(sideBySide)
                .as("each backup as it is and as it would be, those that change first")
                .hasSize(5)
                .allMatch(Compared::changed)
                .allMatch(one -> one.before().there(week.then().asOf())
                        && !one.after().there(week.then().asOf()));
        assertThat(Compared.of(week.then(), week.then())).noneMatch(Compared::changed);
        form.stays().days().set(0);

        desk.answer(false);
        form.save();
        assertThat(desk.questions()).hasSize(1);
        assertThat(desk.questions().getFirst().dangerous()).isTrue();
        assertThat(policies().get(nightly.id()).plan().retention())
                .isEqualTo(new Retention.ByCount(30, Retention.Periods.NONE));

        desk.answer(true);
        form.save();
        assertThat(policies().get(nightly.id()).plan().retention())
                .isEqualTo(new Retention.ByCount(2, Retention.Periods.NONE));
    }

    /** A policy that made {@code n} backups, one a day. */
    private Policy after(int n) throws Exception {
        Policy nightly = policies().list().getFirst();
        Disk web = days.image("web", 2, Disk.Role.DATA);
        policies().bind(nightly.id(), days.vault("office", web).id());
        for (int day = 0; day < n; day++) {
            days.change(web, 0, 100_000);
            days.dayOfPolicies();
        }
        return nightly;
    }

    @Test
    void anEditThatDeletesNamesTheVaultThatCannotBeReadAndKeepsWhatWasTyped() throws Exception {
        Policy nightly = after(3);
        PolicyFormModel form = form(policies().find(nightly.id()));
        form.draft().count.set("1");
        Files.move(days.root().resolve("place"), days.root().resolve("unplugged"));
        desk.answer(true);
        form.save();
        Problem unread = desk.problems().getLast();
        assertThat(unread.code()).isEqualTo("lock.unread");
        assertThat(unread.args()).containsEntry("vault", "office").containsKeys("policy", "location");
        assertThat(form.draft().count.get()).isEqualTo("1");
        assertThat(policies().get(nightly.id()).plan().retention())
                .isEqualTo(new Retention.ByCount(30, Retention.Periods.NONE));
        Files.move(days.root().resolve("unplugged"), days.root().resolve("place"));
        form.save();
        assertThat(policies().get(nightly.id()).plan().retention())
                .isEqualTo(new Retention.ByCount(1, Retention.Periods.NONE));
    }

    @Test
    void earlierBackupsAreOfferedADateWhenTheirPolicyKeepsByTime() throws Exception {
        Policy nightly = after(3);
        PolicyFormModel form = form(policies().find(nightly.id()));
        form.draft().keepKind.set(Drafted.KeepKind.TIME);
        form.draft().months.set(0);
        form.draft().keepDays.set("2");
        desk.answer(true);
        form.save();
        assertThat(desk.questions())
                .extracting(question -> question.title().key())
                .containsExactly("policy.undated.title");
        Instant tomorrow = days.clock().instant().plus(Duration.ofDays(1));
        assertThat(days.console()
                        .backups()
                        .ofVault(policies().vaultsOf(nightly.id()).getFirst().id()))
                .hasSize(3)
                .allSatisfy(backup -> assertThat(backup.expiresAt())
                        .as("none goes at once")
                        .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(tomorrow)));
        form(policies().find(nightly.id())).save();
        assertThat(desk.questions()).as("nothing is left to be asked").hasSize(1);
    }

    @Test
    void onlyWhatCanBeGivenADateIsOfferedOne() throws Exception {
        Policy nightly = after(2);
        Path image = days.root().resolve("web.img");
        Files.move(image, days.root().resolve("away.img"));
        days.dayOfPolicies();
        Files.move(days.root().resolve("away.img"), image);
        Disk mail = days.image("mail", 1, Disk.Role.DATA);
        Vault locked = days.vault("locked", mail);
        policies().bind(nightly.id(), locked.id());
        days.dayOfPolicies();
        days.console().vaults().lock(locked.id(), locked.name());
        assertThat(days.console().backups().ofVault(locked.id())).hasSize(1);
        PolicyFormModel form = form(policies().find(nightly.id()));
        form.draft().keepKind.set(Drafted.KeepKind.TIME);
        form.draft().months.set(12);
        desk.answer(true);
        form.save();
        assertThat(desk.questions())
                .singleElement()
                .satisfies(question -> assertThat(question.title())
                        .isEqualTo(Sentence.of("policy.undated.title", "n", 3, "policy", nightly.name())));
        assertThat(desk.told()).contains(Sentence.of("policy.undated.done", "n", 3));
    }

    @Test
    void whetherTheVaultWillHoldItIsForetold() throws Exception {
        Policy nightly = after(3);
        PolicyFormModel form = form(policies().find(nightly.id()));
        Room now = form.stays().outlook().get().orElseThrow().room().orElseThrow();
        assertThat(now.over()).isFalse();
        form.draft().count.set("99999");
        form.stays().days().set(365);
        Room later = form.stays().outlook().get().orElseThrow().room().orElseThrow();
        assertThat(later.bytes() - now.bytes())
                .as("a year of 100 KB a day, and what frames and maps add")
                .isBetween(30_000_000L, 80_000_000L);
        assertThat(new Room("office", 101, 100).over()).isTrue();
    }

    @Test
    void aFormFilledFromAPolicyGivesThatPolicyBack() {
        Policy nightly = policies().list().getFirst();
        assertThat(form(Optional.of(nightly)).draft().read().plan()).isEqualTo(nightly.plan());
    }

    @Test
    void aSpeedLimitIsTypedInMegabytesAndRefusedWhereItIsNone() {
        PolicyFormModel form = form(Optional.empty());
        form.draft().limit.set("20");
        assertThat(form.problem("limit").getValue()).isEmpty();
        assertThat(form.draft().read().plan().conditions().limit()).isEqualTo(20);
        for (String wrong : List.of("x", "2.5", "-1", "999999999")) {
            form.draft().limit.set(wrong);
            assertThat(form.problem("limit").getValue()).as(wrong).isPresent();
        }
        form.draft().limit.set(" ");
        form.save();
        Policy saved = policies().list().getLast();
        assertThat(saved.plan().conditions().limit()).as("none").isZero();
        PolicyPlan limited = new PolicyPlan(
                saved.name(),
                true,
                saved.plan().schedule(),
                saved.plan().retention(),
                OptionalInt.empty(),
                saved.plan().missed(),
                saved.plan().conditions().limited(35));
        Policy edited = policies().edit(saved.id(), limited, false);
        assertThat(form(Optional.of(edited)).draft().limit.get()).isEqualTo("35");
    }
}
