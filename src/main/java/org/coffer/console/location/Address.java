package org.coffer.console.location;

import java.nio.file.Path;
import java.util.Optional;

/** Where a location is. */
public sealed interface Address {
    /** What kind of place it is. */
    Location.Kind kind();

    /** The address for people: a path. */
    String text();

    /** The folder, if it is one on this computer. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /**
     * A folder on an attached disk or a network mount.
     *
     * @param path its path, made absolute and plain
     */
    record Folder(Path path) implements Address {
        /** Any path of the folder. */
        public Folder {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public Location.Kind kind() {
            return Location.Kind.FOLDER;
        }

        @Override
        public String text() {
            return path.toString();
        }

        @Override
        public Optional<Path> folder() {
            return Optional.of(path);
        }
    }
}
