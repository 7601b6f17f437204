package org.coffer.console.opened;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * A backup that is open as a disk (S6), or of which changes are kept.
 *
 * @param backup what is open; it may have vanished from the catalog
 * @param name what the backup is called, or was called when it was last there
 * @param diskName what was backed up
 * @param vault where the backup is; empty if it vanished
 * @param writable whether it takes writes
 * @param kept nobody can reach it now; what was written is kept until it is opened again or thrown away
 * @param uri its address; empty while it is not served
 * @param clients how many are connected
 * @param mounted the folders where its files are seen on this computer; empty if it is not mounted
 * @param problem why it is not served, or what went wrong with it last
 */
public record OpenDisk(
        UUID id,
        UUID backup,
        String name,
        String diskName,
        Optional<UUID> vault,
        boolean writable,
        boolean kept,
        Instant openedAt,
        Optional<String> uri,
        int clients,
        List<Path> mounted,
        Optional<Problem> problem) {}
