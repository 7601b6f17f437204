package org.coffer.console.policy;

import java.time.Instant;
import java.util.List;
import org.coffer.console.backup.Backup;

/**
 * What there is to know before a clock that jumped is believed.
 *
 * @param now what it says
 * @param trusted what it would say, going on from before it jumped
 * @param gone the backups that go once it is believed, because their dates have come by it and not by the trusted time
 */
public record ClockDoubt(Instant now, Instant trusted, List<Backup> gone) {
    /** Bytes that go with them at once, an estimate. */
    public long frees() {
        return gone.stream().mapToLong(backup -> backup.sizes().freesNow()).sum();
    }
}
