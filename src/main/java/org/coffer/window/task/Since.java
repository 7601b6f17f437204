package org.coffer.window.task;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** How far back a list goes. */
public enum Since {
    TODAY(0),
    WEEK(7),
    MONTH(30),
    QUARTER(90),
    YEAR(365);

    private final int days;

    Since(int days) {
        this.days = days;
    }

    /** The earliest moment it includes. */
    public Instant from(Clock clock) {
        return this == TODAY
                ? LocalDate.ofInstant(clock.instant(), clock.getZone())
                        .atStartOfDay(clock.getZone())
                        .toInstant()
                : clock.instant().minus(Duration.ofDays(days));
    }

    /** The message that names it. */
    public String key() {
        return "since." + name().toLowerCase(Locale.ROOT);
    }
}
