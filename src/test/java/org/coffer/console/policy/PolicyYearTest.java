package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.coffer.console.Victim;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a policy with real backups of tiny disks into two real vaults, in a zone with daylight saving: edits of what it keeps and
 * of its times, backups by hand, a vault and a disk that are unbound and bound again, a disk that comes later, another policy in
 * its place and back, sleeps over slots, restarts, and processes that are killed with SIGKILL in the middle of a run. A third
 * policy copies what comes into the first vault to one in another location, by a number of its own.
 *
 * <p>When something runs says {@link ScheduleLawsTest#walk}, which goes minute by minute, and what is there afterwards says
 * {@link NaiveLife}: they are told what happened and know nothing of the scheduler, the cleaner, {@link Schedule#after} or
 * {@link Keeping}. After every step the backups are those that they name.
 */
class PolicyYearTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    /** The first slot is left out by the clock one night in March, and shown twice one night in October. */
    private static final List<LocalTime> TWICE = List.of(LocalTime.of(2, 30), LocalTime.of(14, 0));

    /** When backups are copied, which is never made up for: nothing else runs then. */
    private static final LocalTime COPYING = LocalTime.of(6, 0);

    private static final List<LocalTime> LOOKS =
            List.of(LocalTime.of(0, 5), LocalTime.of(2, 30), COPYING, LocalTime.of(14, 0));

    /** One that was looked at as it came, and with two that were not: they are late when somebody looks. */
    private static final List<LocalTime> SELDOM = TWICE.subList(1, 2);

    private static final List<LocalTime> OFTEN =
            List.of(LocalTime.of(2, 30), LocalTime.of(9, 0), LocalTime.of(14, 0), LocalTime.of(23, 30));

    private static final List<Retention> RULES = List.of(
            new Retention.ByCount(4, new Retention.Periods(3, 2, 2, 1)),
            new Retention.ByCount(3, Retention.Periods.NONE),
            new Retention.ByDays(4),
            new Retention.ByMonths(1),
            new Retention.ByCount(6, new Retention.Periods(0, 3, 0, 0)));
    private static final Retention OF_COPIES = new Retention.ByCount(2, new Retention.Periods(4, 2, 1, 0));
    /** Of the policy that takes the place of the other in one vault. */
    private static final Retention OF_SPARE = new Retention.ByCount(2, Retention.Periods.NONE);

    private static final Duration CHANGING = Duration.ofHours(3);
    /** In looks; shorter than what makes a clock suspicious. */
    private static final int LONGEST_SLEEP = 15;
    /** Milliseconds after its process began to look what is due; by then all is done on a quiet machine. */
    private static final int LATEST_CRASH = 600;

    @TempDir
    private Path root;

    @Test
    void threeWeeksOfMarchEndWithTheBackupsThatTheRulesName() throws Exception {
        live(LocalDate.parse("2027-03-16"), 21, 5, 1);
    }

    @Test
    @Tag("long")
    void aYearEndsWithTheBackupsThatTheRulesName() throws Exception {
        live(LocalDate.parse("2026-11-03"), 365, 7, 2);
    }

    /** @param changes how many changes of the clock to or from daylight saving lie in these days */
    private void live(LocalDate first, int days, long seed, int changes) throws Exception {
        List<Instant> looks = first.datesUntil(first.plusDays(days))
                .flatMap(day -> LOOKS.stream().flatMap(time -> moments(day, time)))
                .toList();
        assertThat(Stream.of(first, first.plusDays(days))
                        .map(day -> day.atStartOfDay(ZONE).getOffset())
                        .distinct())
                .hasSize(changes % 2 + 1);
        try (Life life = new Life(new PolicyHome(root, ZONE), first, seed)) {
            for (int i = 0; i < looks.size(); i++) {
                life.step(looks.get(i), i / (double) looks.size());
            }
            life.over(days);
        }
    }

    /** When the wall clock shows a time, or what it shows instead where it leaves that out. */
    private static Stream<Instant> moments(LocalDate day, LocalTime time) {
        List<ZoneOffset> offsets = ZONE.getRules().getValidOffsets(day.atTime(time));
        return offsets.isEmpty()
                ? Stream.of(ZONE.getRules().getTransition(day.atTime(time)).getInstant())
                : offsets.stream().map(offset -> day.atTime(time).toInstant(offset));
    }

    /** A disk in a vault, and what should be there of it. */
    private static final class Member {
        final Vault vault;
        final Disk disk;
        final NaiveLife naive;
        boolean bound = true;

        Member(Vault vault, Disk disk, Retention retention) {
            this.vault = vault;
            this.disk = disk;
            this.naive = new NaiveLife(ZONE, retention);
        }

        boolean has(Backup backup) {
            return backup.vaultId().equals(vault.id()) && backup.diskId().equals(disk.id());
        }
    }

    private final class Life implements AutoCloseable {
        private final PolicyHome home;
        private final Random random;
        private PolicyPlan plan;
        private final Policy policy;
        private final Policy spare;
        private final Vault one;
        private final Vault other;
        private final Vault far;
        private final List<Member> members = new ArrayList<>();
        /** By vault, as long as the policy serves it: up to when its slots were looked at. */
        private final Map<Vault, Instant> served = new LinkedHashMap<>();
        /** What was on the disk, by backup. */
        private final Map<UUID, Long> contents = new LinkedHashMap<>();
        /** What happens when this share of the days is over, in this order. */
        private final Map<Double, Act> acts = new LinkedHashMap<>();

        private Retention rule = RULES.getFirst();
        private LocalDate cleaned;
        private int asleep;
        private boolean certain = true;
        private long written;
        private int runs;
        private int crashes;
        private long skipped;
        private boolean shifted;
        /** Whether the other policy serves the other vault. */
        private boolean spared;
        /** By disk, what should be there of it in the vault with copies. */
        private final Map<UUID, NaiveLife> copies = new LinkedHashMap<>();
        /** By disk, the moment of the newest backup that was copied: of those that a policy made, if there is one. */
        private final Map<UUID, Instant> reached = new LinkedHashMap<>();

        private final Set<UUID> copied = new HashSet<>();

        private int copying;

        @FunctionalInterface
        private interface Act {
            void at(Instant now) throws IOException;
        }

        Life(PolicyHome home, LocalDate first, long seed) throws IOException {
            this.home = home;
            this.random = new Random(seed);
            this.cleaned = first.minusDays(1);
            home.clock.set(cleaned.atTime(15, 0).atZone(ZONE).toInstant());
            home.home.restart(); // Where it was made the clock showed another day.
            Disk web = home.home.image("web", 1);
            Disk mail = home.home.image("mail", 1);
            Disk books = home.home.image("books", 1);
            this.one = home.home.vault("vault_a", web, mail);
            this.other = home.home.vault("vault_b", books);
            members.addAll(List.of(new Member(one, web, rule), new Member(one, mail, rule)));
            members.add(new Member(other, books, rule));
            this.plan = plan("twice", TWICE, rule, Missed.ONCE);
            this.policy = home.bound(plan, one, other);
            this.spare = home.bound(plan("spare", SELDOM, OF_SPARE, Missed.ONCE));
            this.far = home.home.elsewhere("far");
            home.bound(plan("away", List.of(COPYING), OF_COPIES, Missed.SKIP).replicatingTo(far.id()), one);
            of(one).forEach(member -> copies.put(member.disk.id(), new NaiveLife(ZONE, OF_COPIES)));
            served.put(one, home.clock.instant());
            served.put(other, home.clock.instant());
            Member leaving = members.get(1);
            acts.put(0.2, _ -> unbindVault());
            acts.put(0.3, _ -> bindDisk(leaving, false));
            acts.put(0.4, _ -> runAt(SELDOM));
            acts.put(0.45, _ -> runAt(OFTEN));
            acts.put(0.5, this::bindVault);
            acts.put(0.6, _ -> bindDisk(leaving, true));
            acts.put(0.7, _ -> newDisk());
            acts.put(0.8, _ -> runAt(TWICE));
            acts.put(0.84, this::replace);
            acts.put(0.92, this::replace);
        }

        private static PolicyPlan plan(String name, List<LocalTime> times, Retention retention, Missed missed) {
            return new PolicyPlan(
                    name,
                    true,
                    new Schedule(ZONE, times, new Days.Every(1, LocalDate.EPOCH)),
                    retention,
                    java.util.OptionalInt.empty(),
                    missed,
                    Conditions.NONE);
        }

        /** Another policy takes the other vault over, or gives it back: what the one before made there is left. */
        private void replace(Instant now) {
            Policy next = spared ? policy : spare;
            assertThat(home.policies().bind(next.id(), other.id()))
                    .map(Policy::name)
                    .contains((spared ? spare : policy).name());
            spared = !spared;
            served.put(other, now);
            of(other).forEach(member -> member.naive.replaced(spared ? OF_SPARE : rule));
        }

        /** Whether the policy that is edited serves a member's vault. */
        private boolean mine(Member member) {
            return !spared || !member.vault.equals(other);
        }

        /** What was due at other times is done, and what comes at the new ones counts from now on. */
        private void runAt(List<LocalTime> times) {
            plan = plan.on(new Schedule(ZONE, times, plan.schedule().days()));
            home.policies().edit(policy.id(), plan.keeping(rule), false);
        }

        private void unbindVault() {
            home.policies().unbind(other.id());
            served.remove(other);
            of(other).forEach(member -> member.naive.bind(false));
        }

        private void bindVault(Instant now) {
            home.policies().bind(policy.id(), other.id());
            served.put(other, now);
            of(other).forEach(member -> member.naive.bind(true));
        }

        private void bindDisk(Member member, boolean bound) {
            List<UUID> disk = List.of(member.disk.id());
            if (bound) {
                home.home.console().vaults().bindings().bind(member.vault.id(), disk);
            } else {
                home.home.console().vaults().bindings().unbind(member.vault.id(), disk);
            }
            member.bound = bound;
            member.naive.bind(bound);
            copiesOf(member.disk.id()).bind(bound);
        }

        private void newDisk() throws IOException {
            Disk late = home.home.image("late", 1);
            home.home.console().vaults().bindings().bind(other.id(), List.of(late.id()));
            members.add(new Member(other, late, rule));
        }

        private Stream<Member> of(Vault vault) {
            return members.stream().filter(member -> member.vault.equals(vault));
        }

        /** @param over the share of all looks that is over */
        void step(Instant now, double over) throws Exception {
            boolean copies = now.atZone(ZONE).toLocalTime().equals(COPYING);
            if ((asleep > 0 && !nearAChange(now)) || (copies && (!certain || late(now)))) {
                asleep = Math.max(0, asleep - 1);
                return;
            }
            home.clock.set(now);
            boolean edited = certain && random.nextInt(15) == 0 && edit(RULES.get(random.nextInt(RULES.size())));
            if (random.nextInt(12) == 0) {
                byHand(members.get(random.nextInt(members.size())), now);
            }
            if (random.nextInt(8) == 0) {
                home.home.restart();
            }
            for (Member member : members) {
                home.home.change(member.disk, random.nextInt(400_000), 5_000, written++);
            }
            Set<Vault> due = due(now);
            boolean crash = !due.isEmpty() && !edited && random.nextInt(8) == 0;
            if (crash) {
                long after = random.nextInt(LATEST_CRASH);
                var cut = new AtomicBoolean();
                home.home.restart(() -> cut.set(killed(now, after)));
                crashes += cut.get() ? 1 : 0;
            }
            Set<Backup> toCopy = copies ? toCopy() : Set.of();
            home.tick();
            boolean newDay = !LocalDate.ofInstant(now, ZONE).equals(cleaned);
            cleaned = LocalDate.ofInstant(now, ZONE);
            ran(due, newDay, now);
            wereCopied(toCopy, newDay || copies, now);
            // A process that is killed may have cleaned up or not: the next clean-up makes up for that.
            certain = !crash && (certain || newDay || due.equals(served.keySet()));
            if (certain) {
                assertThat(there()).as("%s", now).isEqualTo(named());
                act(over, now);
            }
            asleep = random.nextInt(10) == 0 ? random.nextInt(LONGEST_SLEEP) : 0;
        }

        /** A few hours before and after the wall clock changes it is awake. */
        private static boolean nearAChange(Instant now) {
            ZoneRules rules = ZONE.getRules();
            return !rules.getOffset(now.minus(CHANGING)).equals(rules.getOffset(now.plus(CHANGING)));
        }

        private boolean edit(Retention next) {
            if (next.equals(rule)) {
                return false;
            }
            rule = next;
            home.policies().edit(policy.id(), plan.keeping(next), false);
            members.stream().filter(this::mine).forEach(member -> member.naive.edited(next));
            return true;
        }

        private void byHand(Member member, Instant now) throws Exception {
            if (member.bound) {
                of(member.vault).forEach(each -> each.naive.clean(now));
                Backup made = home.home.backUp(member.vault, member.disk, "by_hand");
                member.naive.madeByHand(made.id());
                contents.put(made.id(), content(member.disk));
                home.settle();
                of(member.vault).forEach(each -> each.naive.clean(now));
            }
        }

        /** The vaults of which a slot came since the last look. */
        private Set<Vault> due(Instant now) {
            Set<Vault> due = new HashSet<>();
            served.replaceAll((vault, since) -> {
                List<Slot> slots = slots(vault, since, now);
                if (!slots.isEmpty()) {
                    due.add(vault);
                    skipped += slots.size() - 1;
                    shifted |= slots.getLast().shifted() && slots.getLast().at().equals(now);
                }
                return now;
            });
            return due;
        }

        private List<Slot> slots(Vault vault, Instant since, Instant now) {
            List<LocalTime> times =
                    spared && vault.equals(other) ? SELDOM : plan.schedule().times();
            return ScheduleLawsTest.walk(
                    new Schedule(ZONE, times, plan.schedule().days()), since, now);
        }

        /** Whether a backup would be made up for now. */
        private boolean late(Instant now) {
            return served.entrySet().stream()
                    .anyMatch(vault ->
                            !slots(vault.getKey(), vault.getValue(), now).isEmpty());
        }

        /** Of each disk what is newer than the newest that was copied; the newest alone of one of which nothing was. */
        private Set<Backup> toCopy() {
            Map<UUID, List<Backup>> whole = home.rows().stream()
                    .filter(backup -> backup.vaultId().equals(one.id()) && backup.restorable())
                    .collect(Collectors.groupingBy(Backup::diskId));
            Set<Backup> chosen = new HashSet<>();
            whole.forEach((disk, newestFirst) -> newestFirst.stream()
                    .filter(backup -> reached.containsKey(disk)
                            ? backup.createdAt().isAfter(reached.get(disk)) && !copied.contains(backup.id())
                            : backup.equals(newestFirst.getFirst()))
                    .forEach(chosen::add));
            return chosen;
        }

        /**
         * Tells the naive lives of the copies what came: each original once, the oldest first. A copy that the number lets go as soon as
         * newer ones are there is not seen any more.
         */
        private void wereCopied(Set<Backup> originals, boolean cleaned, Instant now) {
            Set<UUID> known = copies.values().stream()
                    .flatMap(life -> life.there().stream())
                    .collect(Collectors.toSet());
            Map<String, Backup> come = home.rows().stream()
                    .filter(row -> row.vaultId().equals(far.id()) && !known.contains(row.id()))
                    .collect(Collectors.toMap(Life::what, row -> row));
            assertThat(come.values()).as("copies made at %s", now).allMatch(Backup::restorable);
            assertThat(originals.stream().map(Life::what))
                    .as("copied at %s", now)
                    .containsAll(come.keySet());
            if (cleaned) {
                copies.values().forEach(life -> life.clean(now));
            }
            originals.stream()
                    .sorted(Comparator.comparing(Backup::createdAt))
                    .forEach(original -> wasCopied(original, Optional.ofNullable(come.get(what(original)))));
            if (cleaned) {
                copies.values().forEach(life -> life.clean(now));
            }
        }

        private void wasCopied(Backup original, Optional<Backup> copy) {
            UUID id = copy.map(Backup::id).orElseGet(UUID::randomUUID);
            contents.put(id, Objects.requireNonNull(contents.get(original.id())));
            if (original.automatic().isPresent()) {
                copiesOf(original.diskId()).made(id, original.createdAt());
                reached.put(original.diskId(), original.createdAt());
            } else {
                copiesOf(original.diskId()).madeByHand(id);
                reached.putIfAbsent(original.diskId(), original.createdAt());
            }
            copied.add(original.id());
            copying++;
        }

        private NaiveLife copiesOf(UUID disk) {
            return Objects.requireNonNull(copies.get(disk));
        }

        private static String what(Backup backup) {
            return backup.diskName() + " of " + backup.createdAt()
                    + (backup.automatic().isPresent() ? "" : " by hand");
        }

        /** Tells the naive lives what became of the slots: there is exactly one run of each disk for which one was due. */
        private void ran(Set<Vault> due, boolean newDay, Instant now) throws IOException {
            List<Backup> rows = home.rows().stream()
                    .filter(backup ->
                            backup.automatic().isPresent() && backup.createdAt().equals(now))
                    .toList();
            int expected = 0;
            for (Member member : members) {
                if (newDay || due.contains(member.vault)) {
                    member.naive.clean(now);
                }
                if (!due.contains(member.vault)) {
                    continue;
                }
                if (member.bound) {
                    expected++;
                    List<Backup> mine = rows.stream().filter(member::has).toList();
                    assertThat(mine)
                            .as("runs of %s at %s", member.disk.name(), now)
                            .hasSize(1);
                    Backup made = mine.getFirst();
                    if (made.finishedAt().isPresent()) {
                        member.naive.made(made.id(), now);
                        contents.put(made.id(), content(member.disk));
                    } else {
                        member.naive.failed(made.id(), now);
                    }
                }
                member.naive.clean(now);
            }
            assertThat(rows).as("runs at %s", now).hasSize(expected);
            runs += expected;
        }

        /** Does what it is time for, one act a look, when all that was due is done. */
        private void act(double over, Instant now) throws IOException {
            var next = acts.entrySet().stream().findFirst().filter(act -> act.getKey() <= over);
            if (next.isPresent()) {
                next.get().getValue().at(now);
                acts.remove(next.get().getKey());
                assertThat(there()).as("no act deletes, %s", now).isEqualTo(named());
            }
        }

        private Set<UUID> there() {
            return home.rows().stream().map(Backup::id).collect(Collectors.toSet());
        }

        private Set<UUID> named() {
            return Stream.concat(members.stream().map(member -> member.naive), copies.values().stream())
                    .flatMap(naive -> naive.there().stream())
                    .collect(Collectors.toSet());
        }

        void over(int days) throws Exception {
            assertThat(acts).as("all happened").isEmpty();
            assertThat(runs).isGreaterThan(2 * days);
            assertThat(crashes).isPositive();
            assertThat(copying).isGreaterThan(days / 2);
            assertThat(skipped).isPositive();
            assertThat(shifted).as("a time that does not exist ran").isTrue();
            assertThat(home.tasks().stream()
                            .filter(task ->
                                    task.startsWith(TaskStatus.SKIPPED.name().toLowerCase(java.util.Locale.ROOT))))
                    .as("every slot that did not run is a task")
                    .hasSize((int) skipped);
            for (Backup backup : home.rows()) {
                if (backup.restorable()) {
                    assertThat(crc(home.home.restored(backup)))
                            .as("%s is what was on its disk", backup.name())
                            .isEqualTo(contents.get(backup.id()));
                }
            }
        }

        @Override
        public void close() {
            home.close();
        }
    }

    /** Kills the process that does what is due now so many milliseconds after it began; says whether it was still at it. */
    private boolean killed(Instant now, long after) throws IOException {
        try {
            return Victim.killedAtSlot(root, now, ZONE, Victim.after(after));
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static long content(Disk disk) throws IOException {
        return crc(Files.readAllBytes(disk.path()));
    }

    private static long crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
