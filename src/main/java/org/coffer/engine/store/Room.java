package org.coffer.engine.store;

import java.util.OptionalLong;

/**
 * How much a store can still hold, in bytes; empty where the store cannot say.
 *
 * @param free what may still be written
 * @param total the size of the whole place
 */
public record Room(OptionalLong free, OptionalLong total) {
    /** For stores without a limit that anybody knows. */
    public static Room unknown() {
        return new Room(OptionalLong.empty(), OptionalLong.empty());
    }
}
