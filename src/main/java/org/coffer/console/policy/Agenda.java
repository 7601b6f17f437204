package org.coffer.console.policy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;

/** What runs next, and when: one look at all policies (P2, P14, M3). */
public final class Agenda {
    /** A run by hand this shortly before a slot is warned of. */
    static final Duration SOON = Duration.ofHours(3);

    private final Policies policies;
    private final Clock clock;

    Agenda(Policies policies, Clock clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * The next moments at which a policy runs, as the scheduler will start it; none while it is off.
     *
     * @param since those after this moment
     */
    public List<Slot> nextRuns(Policy policy, Instant since, int n) {
        return runs(policy, since).limit(n).toList();
    }

    /** The same without end. */
    Stream<Slot> runs(Policy policy, Instant since) {
        if (!policy.enabled()) {
            return Stream.empty();
        }
        Instant from = since.isAfter(policy.runsSince()) ? since : policy.runsSince();
        return policy.plan().schedule().after(from);
    }

    /**
     * A run that is to come.
     *
     * @param at when
     */
    public record Upcoming(Policy policy, Vault vault, Instant at) {}

    /** The next runs of all policies in all vaults, the first one first (M3). */
    public List<Upcoming> upcoming(int n) {
        Instant now = clock.instant();
        return policies.list().stream()
                .flatMap(policy -> {
                    List<Slot> slots = nextRuns(policy, now, n);
                    return slots.isEmpty()
                            ? Stream.empty()
                            : policies.vaultsOf(policy.id()).stream()
                                    .flatMap(vault ->
                                            slots.stream().map(slot -> new Upcoming(policy, vault, slot.at())));
                })
                .sorted(Comparator.comparing(Upcoming::at))
                .limit(n)
                .toList();
    }

    /**
     * How many disks begin to be backed up, or their backups to be copied, in each hour of the coming week to one location, by the hour of the day in a zone:
     * 24 numbers (P2). Policies that are off do not count.
     *
     * @param except a policy that does not count either: one that is being edited
     */
    public List<Integer> busyHours(UUID location, ZoneId zone, Optional<UUID> except) {
        int[] busy = new int[24];
        Instant now = clock.instant();
        Instant end = now.plus(Duration.ofDays(7));
        for (Policy policy : policies.list()) {
            if (!policy.enabled() || except.equals(Optional.of(policy.id()))) {
                continue;
            }
            int disks = disksInto(policy, location);
            if (disks > 0) {
                for (Slot slot : policy.plan().schedule().between(now, end)) {
                    busy[slot.at().atZone(zone).getHour()] += disks;
                }
            }
        }
        return Arrays.stream(busy).boxed().toList();
    }

    /** Of how many disks a policy makes backups, or copies, that lie at a location. */
    private int disksInto(Policy policy, UUID location) {
        boolean here = policies.holding(policy).stream()
                .anyMatch(vault -> vault.locationId().equals(location));
        return policies.vaultsOf(policy.id()).stream()
                .filter(vault -> policy.kind() == PolicyKind.REPLICATION
                        ? here
                        : vault.locationId().equals(location))
                .mapToInt(vault -> vault.disks().size())
                .sum();
    }

    /** What to know before running a policy now: {@code policy.soon} if it runs by itself within three hours. */
    public Optional<Problem> soon(UUID id) {
        Policy policy = policies.get(id);
        Instant now = clock.instant();
        return nextRuns(policy, now, 1).stream()
                .filter(slot -> slot.at().isBefore(now.plus(SOON)))
                .map(slot -> Problem.of("policy.soon", "policy", policy.name(), "time", slot.at()))
                .findFirst();
    }
}
