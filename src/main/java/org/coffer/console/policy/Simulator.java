package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.TrustedTime;
import org.coffer.console.vault.Vault;

/**
 * Tells beforehand what policies will make and let go (P7, P15). It asks {@link Schedule#after} and {@link Keeping} as the
 * scheduler and the cleaner do, slot by slot, so it cannot tell anything else than what they will do if every run succeeds.
 * Nothing is changed.
 */
public final class Simulator {
    /** How far ahead it looks beyond the moment that is shown. */
    static final Duration AHEAD = Duration.ofDays(400);
    /** How many runs it plays at most. */
    static final int MOST_RUNS = 2000;

    private final Policies policies;
    private final Histories histories;
    private final Dues dues;
    private final Backups backups;
    private final ClockWatch watch;
    private final Clock clock;

    /** Looks ahead from {@code clock}, which {@code watch} believes or not. */
    public Simulator(
            Policies policies, Histories histories, Dues dues, Backups backups, ClockWatch watch, Clock clock) {
        this.policies = policies;
        this.histories = histories;
        this.dues = dues;
        this.backups = backups;
        this.watch = watch;
        this.clock = clock;
    }

    /**
     * Which backups an edit lets go. May take a second for thousands of backups. Nothing goes from a vault in the trash, where dates
     * that come are taken away; what the edit lets go once it is taken back is counted too, after the next backup at the earliest.
     *
     * @param plan what would be saved; has no {@linkplain Policies#problems problems}. From which day an interval is counted changes
     *     nothing here
     */
    public EditEffect effect(UUID policy, PolicyPlan plan) {
        Policy before = policies.get(policy);
        Map<UUID, Policy> edit = Map.of(policy, policies.edited(before, plan, false));
        TrustedTime.Reading reading = watch.read();
        Instant now = reading.now();
        List<Backup> atOnce = new ArrayList<>();
        List<Backup> afterNext = new ArrayList<>();
        for (Vault vault : histories.vaultsWith(policy)) {
            List<Histories.Group> groups = groups(vault, Map.of(), reading);
            List<Histories.Group> edited = groups(vault, edit, reading);
            Set<UUID> first = due(edited, now, false);
            Set<UUID> then = due(edited, now, true);
            first.removeAll(due(groups, now, false));
            then.removeAll(due(groups, now, true));
            then.removeAll(first);
            first.stream()
                    .flatMap(id -> backups.find(id).stream())
                    .forEach(vault.trashedAt().isPresent() ? afterNext::add : atOnce::add);
            then.stream().flatMap(id -> backups.find(id).stream()).forEach(afterNext::add);
        }
        return new EditEffect(atOnce, afterNext);
    }

    private List<Histories.Group> groups(Vault vault, Map<UUID, Policy> edit, TrustedTime.Reading reading) {
        List<Histories.Group> groups = histories.groups(vault.id(), edit);
        return vault.trashedAt().isEmpty()
                ? groups
                : groups.stream().map(group -> group.takenBack(reading)).toList();
    }

    /** What goes once a clock that jumped is believed; empty while it is believed. */
    public Optional<ClockDoubt> clockDoubt() {
        return watch.suspected()
                .map(trusted -> new ClockDoubt(
                        clock.instant(),
                        trusted,
                        histories
                                .allVaults()
                                .filter(vault -> vault.trashedAt().isEmpty())
                                .flatMap(vault -> dues.held(vault.id()).stream())
                                .flatMap(id -> backups.find(id).stream())
                                .toList()));
    }

    /** What becomes of the backups of a policy when it is deleted (P8). */
    public Farewell farewell(UUID id) {
        Policy policy = policies.get(id);
        Instant now = clock.instant();
        List<Backup> dated = new ArrayList<>();
        List<Backup> staying = new ArrayList<>();
        for (Vault vault : histories.vaultsWith(id)) {
            for (Backup backup : backups.ofVault(vault.id())) {
                if (backup.finishedAt().isPresent()
                        && backup.automatic()
                                .filter(from -> from.policy().equals(id))
                                .isPresent()) {
                    // In a vault in the trash no date takes anything, and those that came are gone when it is taken
                    // back.
                    boolean past = policy.enabled() && vault.trashedAt().isEmpty();
                    boolean goes = Histories.health(backup) == Item.Health.GOOD
                            && backup.expiresAt()
                                    .filter(at -> past || at.isAfter(now))
                                    .isPresent();
                    (goes ? dated : staying).add(backup);
                }
            }
        }
        return new Farewell(dated, staying);
    }

    /**
     * The backups that are due now.
     *
     * @param next as if each disk that its policy holds were backed up now; that one is newer than all that are there
     */
    private static Set<UUID> due(List<Histories.Group> groups, Instant now, boolean next) {
        Set<UUID> due = new HashSet<>();
        for (Histories.Group group : groups) {
            boolean runs = next && group.runs();
            Instant at = runs ? newer(group, now) : now;
            Histories.Group judged = runs ? group.with(simulated(group.rule(), at)) : group;
            judged.judge(at).stream().filter(Verdict::due).map(Verdict::backup).forEach(due::add);
        }
        return due;
    }

    /** A moment that is newer than each backup that a count may take in, also one of this very moment. */
    private static Instant newer(Histories.Group group, Instant now) {
        return group.items().stream()
                .filter(item -> item.counts() && !group.rule().left(item))
                .map(Item::created)
                .filter(created -> !created.isBefore(now))
                .max(Comparator.naturalOrder())
                .map(created -> created.plusMillis(1))
                .orElse(now);
    }

    private static Item simulated(Rule rule, Instant at) {
        return new Item(
                UUID.randomUUID(),
                true,
                Item.Health.GOOD,
                at,
                at,
                rule.retention().expiry(at, rule.zone()),
                false,
                false,
                false);
    }

    /**
     * The life of the backups of one disk.
     *
     * @param policy whose runs are played if it serves the vault
     * @param plan the policy as edited, or as it is
     * @param asOf the moment to be shown; not before now
     */
    public Simulation look(UUID policy, PolicyPlan plan, UUID vault, UUID disk, Instant asOf) {
        return look(policies.edited(policies.get(policy), plan, false), vault, disk, asOf);
    }

    /**
     * The same.
     *
     * @param edited the policy as {@link Policies#edited} makes it
     */
    public Simulation look(Policy edited, UUID vault, UUID disk, Instant asOf) {
        UUID policy = edited.id();
        UUID where = edited.plan().target().orElse(vault);
        Instant now = clock.instant();
        Instant shown = asOf.isAfter(now) ? asOf : now;
        Life life = new Life(shown);
        boolean played = false;
        for (Histories.Group group : histories.groups(where, Map.of(policy, edited))) {
            if (group.disk().equals(disk)) {
                boolean mine = group.policy().equals(Optional.of(policy));
                played |= mine;
                life.play(group, mine ? Optional.of(edited) : Optional.empty(), now);
            }
        }
        if (!played
                && policies.ofVault(vault, edited.kind())
                        .filter(one -> one.id().equals(policy))
                        .isPresent()) {
            Rule rule =
                    Rule.of(edited.plan().retention(), edited.plan().schedule().zone(), edited.keepsSince());
            life.play(new Histories.Group(disk, Optional.of(policy), List.of(), rule), Optional.of(edited), now);
        }
        return life.told();
    }

    /**
     * The life of the backups that a policy would make if it were made now and served a disk.
     *
     * @param plan the policy; has no {@linkplain Policies#problems problems}
     * @param asOf the moment to be shown; not before now
     */
    public Simulation imagine(PolicyPlan plan, Instant asOf) {
        Instant now = clock.instant();
        Policy made = new Policy(UUID.randomUUID(), plan, now, now, now);
        Rule rule = Rule.of(plan.retention(), plan.schedule().zone(), now);
        Life life = new Life(asOf.isAfter(now) ? asOf : now);
        life.play(
                new Histories.Group(UUID.randomUUID(), Optional.of(made.id()), List.of(), rule),
                Optional.of(made),
                now);
        return life.told();
    }

    /** Plays groups of backups forward. */
    private final class Life {
        private final Instant shown;
        private final Map<UUID, Item> all = new LinkedHashMap<>();
        private final Map<UUID, Instant> goes = new HashMap<>();
        private final Map<UUID, Verdict.Keeper> by = new HashMap<>();
        private final Map<UUID, List<Verdict.Reason>> reasons = new HashMap<>();

        Life(Instant shown) {
            this.shown = shown;
        }

        void play(Histories.Group group, Optional<Policy> runs, Instant now) {
            List<Item> there = new ArrayList<>(group.items());
            Set<UUID> mine = new HashSet<>();
            Set<UUID> stake = new HashSet<>();
            there.stream()
                    .filter(item -> group.policy().isEmpty() || item.automatic())
                    .forEach(item -> {
                        mine.add(item.id());
                        all.put(item.id(), item);
                        if (item.health() == Item.Health.GOOD || item.health() == Item.Health.FAILED) {
                            stake.add(item.id());
                        }
                    });
            judge(group, there, stake, now);
            Iterator<Slot> slots = runs.filter(
                            policy -> policy.enabled() && group.rule().bound())
                    .map(policy -> policies.agenda().nextRuns(policy, now, MOST_RUNS))
                    .orElse(List.of())
                    .iterator();
            boolean told = tell(group, there, mine, !shown.isAfter(now));
            while (slots.hasNext() && !(stake.isEmpty() && told)) {
                Instant at = slots.next().at();
                if (at.isAfter(shown.plus(AHEAD))) {
                    break;
                }
                told |= tell(group, there, mine, at.isAfter(shown));
                Item made = simulated(group.rule(), at);
                there.add(made);
                if (!at.isAfter(shown)) {
                    all.put(made.id(), made);
                    mine.add(made.id());
                    stake.add(made.id());
                }
                judge(group, there, stake, at);
            }
            if (!told) {
                tell(group, there, mine, true);
            }
            // What no run pushes out goes by its date, if it has one.
            there.stream().filter(item -> stake.contains(item.id())).forEach(item -> date(group, item));
        }

        private void judge(Histories.Group group, List<Item> there, Set<UUID> stake, Instant at) {
            for (Verdict verdict : Keeping.judge(there, group.rule(), at)) {
                if (verdict.due()) {
                    boolean dated =
                            verdict.until().filter(date -> !date.isAfter(at)).isPresent();
                    if (stake.remove(verdict.backup())) {
                        goes.put(verdict.backup(), dated ? verdict.until().orElse(at) : at);
                        by.put(verdict.backup(), dated ? Verdict.Keeper.TIME : Verdict.Keeper.COUNT);
                    }
                    there.removeIf(item -> item.id().equals(verdict.backup()));
                }
            }
        }

        /** Notes what keeps each backup at the moment that is shown. */
        private boolean tell(Histories.Group group, List<Item> there, Set<UUID> mine, boolean reached) {
            if (reached) {
                Keeping.judge(there, group.rule(), shown).stream()
                        .filter(verdict -> mine.contains(verdict.backup()))
                        .forEach(verdict -> reasons.putIfAbsent(verdict.backup(), verdict.reasons()));
            }
            return reached;
        }

        private void date(Histories.Group group, Item item) {
            if (group.rule().enabled() || !item.automatic()) {
                Keeping.judge(List.of(item), group.rule(), item.created())
                        .getFirst()
                        .until()
                        .ifPresent(at -> {
                            goes.putIfAbsent(item.id(), at);
                            by.putIfAbsent(item.id(), Verdict.Keeper.TIME);
                        });
            }
        }

        Simulation told() {
            return new Simulation(
                    shown,
                    all.values().stream()
                            .sorted(Comparator.comparing(Item::created).thenComparing(Item::id))
                            .map(this::entry)
                            .toList());
        }

        private Simulation.Entry entry(Item item) {
            Optional<Backup> real = backups.find(item.id());
            Optional<Instant> goesAt = Optional.ofNullable(goes.get(item.id()));
            boolean gone = goesAt.filter(at -> !at.isAfter(shown)).isPresent();
            return new Simulation.Entry(
                    real,
                    item.created(),
                    gone ? List.of() : reasons.getOrDefault(item.id(), List.of()),
                    goesAt,
                    Optional.ofNullable(by.get(item.id())),
                    real.map(backup -> backup.sizes().freesNow()).orElse(0L));
        }
    }
}
