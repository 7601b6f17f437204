package org.coffer.window.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The part of the calendar of a policy that is seen: 42 days from a Monday to a Sunday.
 *
 * @param last the Sunday
 * @param back how many times six weeks it lies before the moment that is shown; 0 for the part with that moment
 * @param most the largest {@code back}: that part holds the oldest backup
 */
record SixWeeks(LocalDate last, int back, int most) {
    /** So many days. */
    static final int DAYS = 42;

    /**
     * The part with or before a day.
     *
     * @param shown the day of the moment that is shown
     * @param oldest the day of the oldest backup; {@code shown} if there is none
     * @param wanted how many times six weeks before; kept between 0 and the part with the oldest backup
     */
    static SixWeeks of(LocalDate shown, LocalDate oldest, int wanted) {
        LocalDate end = shown.with(DayOfWeek.SUNDAY);
        int most = (int) Math.max(0, ChronoUnit.DAYS.between(oldest, end) / DAYS);
        int back = Math.clamp(wanted, 0, most);
        return new SixWeeks(end.minusDays((long) back * DAYS), back, most);
    }

    /** The Monday. */
    LocalDate first() {
        return last.minusDays(DAYS - 1L);
    }
}
