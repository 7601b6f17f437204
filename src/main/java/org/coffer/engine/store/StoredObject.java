package org.coffer.engine.store;

/**
 * An object in a listing.
 *
 * @param name its full name within the store
 * @param size its length in bytes
 */
public record StoredObject(String name, long size) {}
