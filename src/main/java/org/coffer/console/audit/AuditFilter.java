package org.coffer.console.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of the record to show; all conditions hold together.
 *
 * @param event only this kind
 * @param from only by this way in
 * @param since only at or after this moment
 * @param text only lines whose object's name or ID, or whose account, contains this; empty for all
 */
public record AuditFilter(
        Optional<AuditEvent> event, Optional<Caller.From> from, Optional<Instant> since, String text) {
    /** Everything. */
    public static final AuditFilter ALL = new AuditFilter(Optional.empty(), Optional.empty(), Optional.empty(), "");
}
