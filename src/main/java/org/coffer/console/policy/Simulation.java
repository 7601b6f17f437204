package org.coffer.console.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.backup.Backup;

/**
 * The backups of one disk in one vault as they are and as they will be (P15), under the policy's rules or under edited ones.
 *
 * @param asOf the moment that is shown
 * @param entries real and simulated backups, oldest first
 */
public record Simulation(Instant asOf, List<Entry> entries) {
    /**
     * One backup.
     *
     * @param backup the real one; empty for one that the policy will make
     * @param created the moment it shows
     * @param reasons what keeps it at the moment that is shown; empty if it is gone by then
     * @param goesAt when it goes; empty if that is not foreseen
     * @param by by which rule it goes: {@link Verdict.Keeper#TIME} by its date, {@link Verdict.Keeper#COUNT} because newer
     *     ones push it out
     * @param frees bytes that go with it at once; an estimate, 0 for simulated ones
     */
    public record Entry(
            Optional<Backup> backup,
            Instant created,
            List<Verdict.Reason> reasons,
            Optional<Instant> goesAt,
            Optional<Verdict.Keeper> by,
            long frees) {
        /** Whether it is there at a moment. */
        public boolean there(Instant moment) {
            return !created.isAfter(moment)
                    && goesAt.filter(at -> !at.isAfter(moment)).isEmpty();
        }

        /** Whether it is damaged or could not be deleted, so that no rule takes it. */
        public boolean broken() {
            return reasons.stream()
                    .map(Verdict.Reason::keeper)
                    .anyMatch(why -> why == Verdict.Keeper.DAMAGED || why == Verdict.Keeper.UNDELETED);
        }
    }

    /** How many are there at the moment that is shown, {@link #broken} ones included. */
    public long kept() {
        return entries.stream().filter(entry -> entry.there(asOf)).count();
    }

    /** How many of {@link #kept} are yet to be made; the others are among those that are {@link #there} now. */
    public long made() {
        return entries.stream()
                .filter(entry -> entry.backup().isEmpty() && entry.there(asOf))
                .count();
    }

    /** How many real backups there are before anything is played: those that are kept, and {@link #gone}. */
    public long there() {
        return entries.stream().filter(entry -> entry.backup().isPresent()).count();
    }

    /** How many of {@link #kept} are damaged or could not be deleted. */
    public long broken() {
        return entries.stream()
                .filter(entry -> entry.there(asOf) && entry.broken())
                .count();
    }

    /** Real backups that go up to the moment that is shown. */
    public List<Backup> gone() {
        return entries.stream()
                .filter(entry -> !entry.there(asOf))
                .flatMap(entry -> entry.backup().stream())
                .toList();
    }

    /** Bytes that go with {@link #gone}, an estimate. */
    public long frees() {
        return gone().stream().mapToLong(backup -> backup.sizes().freesNow()).sum();
    }
}
