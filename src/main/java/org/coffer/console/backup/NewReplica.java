package org.coffer.console.backup;

import java.util.UUID;

/**
 * A copy of a backup to be made in another vault.
 *
 * @param backup what is copied
 * @param vault where to; in another location
 * @param name of the copy: as for any backup
 */
public record NewReplica(UUID backup, UUID vault, String name) {}
