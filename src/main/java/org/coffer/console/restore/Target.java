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
    record NewFile(Path path, Format format) implements Target {
        /** A raw image. */
        public NewFile(Path path) {
            this(path, Format.RAW);
        }
    }

    /** What a new image file can be. */
    enum Format {
        /** The bytes of the disk, with holes where it has none. A restore that was cut off goes on where it stopped. */
        RAW,
        /** QEMU's own, version 3; as small as the raw one, also where files cannot have holes. */
        QCOW2
    }
}
