package org.coffer.console.vault;

import java.time.Instant;

/**
 * The retention lock of a vault (V16): its automatic backups go by their expiry only. Nobody can take it back.
 *
 * @param since when it was set
 * @param enforced whether the place itself keeps objects from being deleted; else only Coffer does, and whoever can write
 *     there by other means can delete what lies there
 */
public record RetentionLock(Instant since, boolean enforced) {}
