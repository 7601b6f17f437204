package org.coffer.engine.vault;

/**
 * What a home remembers of a vault, so that no other vault, and no older form of it, can be put in its place.
 *
 * @param vault the vault's id
 * @param fingerprint 32 hexadecimal digits that only the right key gives
 * @param version the format version
 */
public record Pin(VaultId vault, String fingerprint, int version) {}
