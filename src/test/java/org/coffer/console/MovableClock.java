package org.coffer.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that runs as the system's does and can be pushed, as users and batteries do. */
public final class MovableClock extends Clock {
    private final ZoneId zone;
    private volatile Duration pushed = Duration.ZERO;

    /** In UTC, right. */
    public MovableClock() {
        this(ZoneOffset.UTC);
    }

    private MovableClock(ZoneId zone) {
        this.zone = zone;
    }

    /** Pushes it; negative durations push it back. */
    public void push(Duration by) {
        pushed = pushed.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return Clock.offset(Clock.system(other), pushed);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(pushed);
    }
}
