package org.coffer.console.restore;

import java.util.UUID;

/**
 * A restore to be made.
 *
 * @param backup which backup
 * @param target where to
 * @param verify read everything back afterwards and compare it with the backup's hashes
 */
public record NewRestore(UUID backup, Target target, boolean verify) {}
