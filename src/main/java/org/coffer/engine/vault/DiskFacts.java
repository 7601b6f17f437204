package org.coffer.engine.vault;

/**
 * What a backup remembers of a disk besides its content.
 *
 * @param identity the stable name by which the disk is recognised, at most 128 characters
 * @param name what people call it, at most 64 characters
 */
public record DiskFacts(String identity, String name) {}
