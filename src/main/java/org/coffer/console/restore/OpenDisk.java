package org.coffer.console.restore;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backup;
import org.coffer.problem.Problem;

/**
 * A backup that is open as a disk (S6), or of which changes are kept.
 *
 * @param backup what is open
 * @param writable whether it takes writes
 * @param kept nobody can reach it now; what was written is kept until it is opened again or thrown away
 * @param uri its address; empty while it is not served
 * @param clients how many are connected
 * @param problem why it is not served, or what went wrong with it last
 */
public record OpenDisk(
        UUID id,
        Backup backup,
        boolean writable,
        boolean kept,
        Instant openedAt,
        Optional<String> uri,
        int clients,
        Optional<Problem> problem) {}
