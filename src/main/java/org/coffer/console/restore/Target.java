package org.coffer.console.restore;

import java.nio.file.Path;
import java.util.UUID;

/** Where a disk is restored to. */
public sealed interface Target {
    /** Back onto the disk that the backup was made of. */
    record Original() implements Target {}

    /** Onto another disk that is on the list. */
    record OtherDisk(UUID disk) implements Target {}

    /** Into a new image file. */
    record NewFile(Path path) implements Target {}
}
