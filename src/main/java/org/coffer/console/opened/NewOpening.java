package org.coffer.console.opened;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A backup that is to be opened as a disk.
 *
 * @param writable whether it takes writes, which are kept apart from the backup
 * @param address where clients find it
 */
public record NewOpening(UUID backup, boolean writable, Address address) {
    /** Where an open disk is served. */
    public sealed interface Address {
        /** A Unix socket of Coffer's choice. */
        record Anywhere() implements Address {}

        /** A Unix socket at a path where nothing is. */
        record Socket(Path path) implements Address {}

        /** A port that only this computer reaches; 0 for any that is free. */
        record Port(int number) implements Address {}
    }
}
