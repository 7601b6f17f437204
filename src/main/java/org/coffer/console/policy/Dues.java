package org.coffer.console.policy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which backups go: those that {@link Keeping} says are due. While the clock is under suspicion those from before it jumped go
 * by the trusted time only, which {@link ClockWatch} knows.
 */
public final class Dues {
    private final Histories histories;
    private final ClockWatch watch;
    private final Clock clock;

    /** Judges what {@code histories} knows. */
    public Dues(Histories histories, ClockWatch watch, Clock clock) {
        this.histories = histories;
        this.watch = watch;
        this.clock = clock;
    }

    /** The backups of a vault that go now. */
    List<UUID> now(UUID vault) {
        Instant now = clock.instant();
        return due(histories.verdicts(vault, now), verdict -> !waits(verdict, now));
    }

    /** Those that would go now if counts that were changed did not wait for the next backup. */
    List<UUID> withoutWaiting(UUID vault) {
        Instant now = clock.instant();
        return due(histories.verdictsAtOnce(vault, now), verdict -> !waits(verdict, now));
    }

    /** Those that go besides as soon as the clock is believed. */
    List<UUID> held(UUID vault) {
        Instant now = clock.instant();
        return due(histories.verdicts(vault, now), verdict -> waits(verdict, now));
    }

    private static List<UUID> due(Map<UUID, Verdict> verdicts, Predicate<Verdict> which) {
        return verdicts.values().stream()
                .filter(Verdict::due)
                .filter(which)
                .map(Verdict::backup)
                .toList();
    }

    /** Whether its date has come by the clock, and not by the time that is trusted. */
    private boolean waits(Verdict verdict, Instant now) {
        return byDate(verdict, now) && !byDate(verdict, watch.read().judging(verdict.created()));
    }

    private static boolean byDate(Verdict verdict, Instant now) {
        return verdict.until().filter(date -> !date.isAfter(now)).isPresent();
    }
}
