package org.coffer.engine.vault;

/**
 * A backup of this vault and one of another vault with the same content: the one was copied from the other.
 *
 * @param mine the backup of this vault
 * @param other the other vault, open
 * @param theirs its backup
 */
public record Twin(Commit mine, Vault other, Commit theirs) {}
