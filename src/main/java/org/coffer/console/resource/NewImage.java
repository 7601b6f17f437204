package org.coffer.console.resource;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An image file, or a device, to be listed by hand.
 *
 * @param path the file
 * @param name what to call it; empty for the file's name
 * @param role whether it is the system disk of whatever machine it belongs to; empty to leave that as it is known or found
 */
public record NewImage(Path path, Optional<String> name, Optional<Disk.Role> role) {
    /** One whose role is said. */
    public NewImage(Path path, Optional<String> name, Disk.Role role) {
        this(path, name, Optional.of(role));
    }
}
