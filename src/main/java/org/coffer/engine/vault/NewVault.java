package org.coffer.engine.vault;

/**
 * How a new vault is to be.
 *
 * @param encrypted false leaves the key in the vault, for anybody who can read it
 * @param program the version of the program that makes it, at most 24 ASCII characters
 */
public record NewVault(boolean encrypted, String program) {}
