package org.coffer.window.wizard;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** When the harm was first noticed: what comes back is the last backup from before that day. */
enum Noticed {
    TODAY(0),
    YESTERDAY(1),
    /** On a day that is typed. */
    EARLIER(-1);

    private final int daysAgo;

    Noticed(int daysAgo) {
        this.daysAgo = daysAgo;
    }

    /** Its day; empty if that is typed. */
    Optional<LocalDate> day(LocalDate today) {
        return daysAgo < 0 ? Optional.empty() : Optional.of(today.minusDays(daysAgo));
    }

    String key() {
        return "wizard.noticed." + name().toLowerCase(Locale.ROOT);
    }
}
