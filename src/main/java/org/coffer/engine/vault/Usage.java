package org.coffer.engine.vault;

/**
 * What a vault takes up in its store.
 *
 * @param bytes everything: backups, what is being stored, what waits to be collected
 * @param objects number of objects
 */
public record Usage(long bytes, long objects) {}
