package org.coffer.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that stands still until it is set. */
public final class SetClock extends Clock {
    private final ZoneId zone;
    private volatile Instant now;

    /** Shows a moment, such as {@code 2026-11-02T10:00}, on the wall clock of a zone. */
    public SetClock(ZoneId zone, String local) {
        this.zone = zone;
        this.now = moment(local);
    }

    private Instant moment(String local) {
        return java.time.LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    /** Sets it to a moment on the wall clock of its zone. */
    public void set(String local) {
        now = moment(local);
    }

    /** Sets it to a moment. */
    public void set(Instant moment) {
        now = moment;
    }

    /** Sets it ahead, or back. */
    public void push(Duration by) {
        now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return Clock.fixed(now, other);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
