package org.coffer.window.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far back the record is shown. */
enum Span {
    ALL("audit.span.all", Duration.ZERO),
    DAY("audit.span.day", Duration.ofDays(1)),
    WEEK("audit.span.week", Duration.ofDays(7)),
    MONTH("audit.span.month", Duration.ofDays(30));

    private final String key;
    private final Duration length;

    Span(String key, Duration length) {
        this.key = key;
        this.length = length;
    }

    /** Its name. */
    String key() {
        return key;
    }

    /** Where it begins, seen from {@code now}; empty for everything. */
    Optional<Instant> since(Instant now) {
        return length.isZero() ? Optional.empty() : Optional.of(now.minus(length));
    }
}
