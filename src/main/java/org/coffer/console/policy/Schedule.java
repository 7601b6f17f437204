package org.coffer.console.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a policy runs (P2, P3), and the one function that says so: the scheduler, the form's next runs, the preview of the
 * command line and the tests all ask {@link #after}.
 *
 * <p><b>Daylight saving.</b> A time of day is reached when the wall clock shows it, or shows a later one, for the first
 * time. So a time that a change of the clock leaves out runs at the moment of the change, together with others that were
 * left out or that fall on it; and one that the clock shows twice runs the first time.
 *
 * @param zone whose wall clock counts
 * @param times 1 to 24 times of day, to the minute, at least an hour apart, in their order
 * @param days on which days
 */
public record Schedule(ZoneId zone, List<LocalTime> times, Days days) {
    /** The most times a day. */
    public static final int MOST_TIMES = 24;
    /** Less than this may not lie between two times, across midnight too. */
    public static final Duration CLOSEST = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);

    /** Keeps the times in their order. */
    public Schedule {
        times = times.stream().sorted().toList();
    }

    /** Whether the wall clock of another zone shows the same as this one's at every moment. */
    public boolean isOn(ZoneId other) {
        return zone.getRules().equals(other.getRules());
    }

    /**
     * The moments at which it runs after a given one, in their order and without end; none if it has no times or days.
     *
     * @param since runs at this very moment are left out
     */
    public Stream<Slot> after(Instant since) {
        LocalDate from = LocalDate.ofInstant(since, zone).minusDays(2); // A change may have put off what was due then.
        boolean ever = from.datesUntil(from.plusDays(Days.LONGEST + 2)).anyMatch(days::include);
        if (!ever || times.isEmpty()) {
            return Stream.empty();
        }
        var last = new Object() {
            Instant at = since;
        };
        return Stream.iterate(from, day -> day.plusDays(1))
                .filter(days::include)
                .flatMap(day -> times.stream().map(day::atTime))
                .map(this::slot)
                .filter(slot -> {
                    boolean later = slot.at().isAfter(last.at);
                    last.at = later ? slot.at() : last.at;
                    return later;
                });
    }

    /** The first of {@link #after}. */
    public Optional<Slot> next(Instant since) {
        return after(since).findFirst();
    }

    /** Those of {@link #after} up to and including {@code until}. */
    public List<Slot> between(Instant since, Instant until) {
        return after(since).takeWhile(slot -> !slot.at().isAfter(until)).toList();
    }

    private Slot slot(LocalDateTime planned) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(planned);
        if (offsets.isEmpty()) {
            return new Slot(zone.getRules().getTransition(planned).getInstant(), planned, true);
        }
        return new Slot(planned.toInstant(offsets.getFirst()), planned, false);
    }

    /** The shortest time between two runs on a wall clock that nobody changes. */
    public Duration shortestSpacing() {
        Duration shortest =
                Duration.between(times.getFirst(), times.getLast()).negated().plus(DAY.multipliedBy(days.closest()));
        for (int i = 1; i < times.size(); i++) {
            Duration gap = Duration.between(times.get(i - 1), times.get(i));
            shortest = gap.compareTo(shortest) < 0 ? gap : shortest;
        }
        return shortest;
    }
}
