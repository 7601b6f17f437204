package org.coffer.console.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
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
        TrustedTime.Reading reading = watch.read();
        // What ran out by the clock while the policy was off stays; so does it in a vault in the trash, once that is
        // taken
        // back.
        var byClock = new TrustedTime.Reading(reading.now(), reading.day(), Optional.empty(), Optional.empty());
        List<Backup> dated = new ArrayList<>();
        List<Backup> staying = new ArrayList<>();
        for (Vault vault : histories.vaultsWith(id)) {
            histories.groups(vault.id(), Map.of()).stream()
                    .filter(group -> group.policy().equals(Optional.of(id)))
                    .map(group -> vault.trashedAt().isPresent() ? group.takenBack(reading) : group)
                    .map(group -> policy.enabled() ? group : group.takenBack(byClock))
                    .map(Histories.Group::orphaned)
                    .flatMap(group -> group.judge(reading.now()).stream())
                    .forEach(verdict -> backups.find(verdict.backup())
                            .filter(backup -> backup.finishedAt().isPresent())
                            .ifPresent(backup -> (verdict.until().isPresent() ? dated : staying).add(backup)));
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
        private final List<Simulation.Entry> entries = new ArrayList<>();

        Life(Instant shown) {
            this.shown = shown;
        }

        void play(Histories.Group group, Optional<Policy> runs, Instant now) {
            Map<UUID, Backup> real = new HashMap<>();
            group.items().forEach(item -> backups.find(item.id()).ifPresent(backup -> real.put(item.id(), backup)));
            Stream<Slot> slots = runs.filter(policy -> group.rule().bound())
                    .map(policy -> policies.agenda().runs(policy, now))
                    .orElse(Stream.empty());
            Foresight foresight = new Foresight(
                            group.items(),
                            item -> group.policy().isEmpty() || item.automatic(),
                            group.rule(),
                            now,
                            shown)
                    .play(now, slots.map(Slot::at).iterator(), at -> simulated(group.rule(), at));
            for (Item item : foresight.all()) {
                Optional<Backup> backup = Optional.ofNullable(real.get(item.id()));
                entries.add(new Simulation.Entry(
                        backup,
                        item.created(),
                        foresight.reasons(item),
                        foresight.goesAt(item),
                        foresight.by(item),
                        backup.map(one -> one.sizes().freesNow()).orElse(0L)));
            }
        }

        Simulation told() {
            return new Simulation(
                    shown,
                    entries.stream()
                            .sorted(Comparator.comparing(Simulation.Entry::created))
                            .toList());
        }
    }
}
