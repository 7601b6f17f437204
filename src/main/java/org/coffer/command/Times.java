package org.coffer.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BiFunction;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Moments as they are typed: ISO-8601 with a zone, or without one in the caller's, or a day, which is its start. */
final class Times {
    private static final List<BiFunction<String, Clock, Instant>> WAYS = List.of(
            (typed, clock) -> OffsetDateTime.parse(typed).toInstant(),
            (typed, clock) -> LocalDateTime.parse(typed.replace(' ', 'T'))
                    .atZone(clock.getZone())
                    .toInstant(),
            (typed, clock) ->
                    LocalDate.parse(typed).atStartOfDay(clock.getZone()).toInstant());

    private Times() {}

    /**
     * Reads a moment.
     *
     * @param clock knows the zone
     * @throws ProblemException {@code time.invalid}
     */
    static Instant moment(String typed, Clock clock) {
        for (BiFunction<String, Clock, Instant> way : WAYS) {
            try {
                return way.apply(typed.strip(), clock);
            } catch (DateTimeException e) {
                // The next way may be the right one.
            }
        }
        throw new ProblemException(Problem.of("time.invalid", "time", typed));
    }
}
