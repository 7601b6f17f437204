package org.coffer.console.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** On which days a policy runs (P3), in the calendar of its zone. */
public sealed interface Days {
    /** The longest interval, in days. */
    int LONGEST = 30;

    /** Whether it runs on a day. */
    boolean include(LocalDate day);

    /** The fewest days between two days on which it runs, 1 to 30. */
    int closest();

    /** On these weekdays, every week. */
    record Weekly(Set<DayOfWeek> weekdays) implements Days {
        /** Keeps the weekdays in their order, Monday first. */
        public Weekly {
            weekdays = java.util.Collections.unmodifiableSet(sorted(weekdays));
        }

        private static Set<DayOfWeek> sorted(Collection<DayOfWeek> days) {
            return days.isEmpty() ? EnumSet.noneOf(DayOfWeek.class) : EnumSet.copyOf(days);
        }

        @Override
        public boolean include(LocalDate day) {
            return weekdays.contains(day.getDayOfWeek());
        }

        @Override
        public int closest() {
            int fewest = 7;
            for (DayOfWeek day : weekdays) {
                int gap = 1;
                while (!weekdays.contains(day.plus(gap))) {
                    gap++;
                }
                fewest = Math.min(fewest, gap);
            }
            return fewest;
        }
    }

    /**
     * Every so many days, counted from a day on which it runs.
     *
     * @param days 1 to 30
     * @param anchor the day of creation, or the one from which the count was started again
     */
    record Every(int days, LocalDate anchor) implements Days {
        @Override
        public boolean include(LocalDate day) {
            return Math.floorMod(day.toEpochDay() - anchor.toEpochDay(), (long) days) == 0;
        }

        @Override
        public int closest() {
            return days;
        }
    }

    /**
     * Every so many days, counted afresh from the 1st of each month: every 3 are the 1st, the 4th, … the 31st.
     *
     * @param days 1 to 30
     */
    record OfMonth(int days) implements Days {
        private static final Set<Integer> LENGTHS = new TreeSet<>(Set.of(28, 29, 30, 31));

        @Override
        public boolean include(LocalDate day) {
            return (day.getDayOfMonth() - 1) % days == 0;
        }

        @Override
        public int closest() {
            int fewest = days;
            for (int length : LENGTHS) {
                int last = 1 + (length - 1) / days * days;
                fewest = Math.min(fewest, length + 1 - last);
            }
            return fewest;
        }
    }
}
