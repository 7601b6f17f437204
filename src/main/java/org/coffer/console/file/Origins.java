package org.coffer.console.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.coffer.console.resource.Disks;

/** Where the files of a backup were on this computer: their volume is found again by where on the disk it begins. */
final class Origins {
    private final Disks disks;
    private final TargetNames names = TargetNames.here();

    Origins(Disks disks) {
        this.disks = disks;
    }

    /** Where the volume of a path is mounted now; empty if it is not. */
    Optional<Path> volume(OpenBackup backup, FilePath path) {
        return disks.mountPoint(
                backup.backup().diskId(), backup.volume(path.volume()).start());
    }

    /** Where something was; empty if its volume is not mounted, or its names cannot be here. */
    Optional<Path> of(OpenBackup backup, FilePath path) {
        if (!path.names().stream().allMatch(names::possible)) {
            return Optional.empty();
        }
        try {
            return volume(backup, path).map(point -> {
                Path at = point;
                for (String name : path.names()) {
                    at = at.resolve(name);
                }
                return at;
            });
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
