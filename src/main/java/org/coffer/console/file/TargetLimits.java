package org.coffer.console.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.coffer.engine.volume.Node;
import org.coffer.engine.volume.NodeKind;
import org.coffer.problem.Problem;

/**
 * What cannot be at a target, as far as its file system tells beforehand by the name of its kind; what others refuse is met when it is written.
 * Sources: {@code vfat} and {@code exfat} of the Linux kernel; <em>FAT32 File System Specification</em> and <em>exFAT file system
 * specification</em> by Microsoft.
 *
 * @param names which names can be given
 * @param largest bytes of the largest file
 * @param links whether links can be
 * @param holes whether what was never written takes no room
 * @param times which times of files it surely holds
 */
record TargetLimits(TargetNames names, long largest, boolean links, boolean holes, HeldTimes times) {
    /** The length of a file on FAT has 32 bits. */
    private static final long FAT_LARGEST = 0xFFFF_FFFFL;

    /** Those of a folder, or of where it will be made. */
    static TargetLimits at(Path folder) {
        try {
            Path there = folder.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return of(Files.getFileStore(there).type());
        } catch (IOException e) {
            return of(""); // Who writes there is told.
        }
    }

    /** @param type of a file system, as the system mounts it */
    static TargetLimits of(String type) {
        TargetNames here = TargetNames.here();
        TargetNames fat = here.isWindows() ? here : new TargetNames(TargetNames.Rules.FAT);
        return switch (type) {
            case "vfat", "FAT", "FAT32" -> new TargetLimits(fat, FAT_LARGEST, false, false, HeldTimes.FAT);
            case "exfat", "exFAT" -> new TargetLimits(fat, Long.MAX_VALUE, false, false, HeldTimes.FAT);
            case "ext2", "ext3", "ext4", "xfs" -> new TargetLimits(here, Long.MAX_VALUE, true, true, HeldTimes.SIGNED);
            default -> new TargetLimits(here, Long.MAX_VALUE, true, true, HeldTimes.EVERYWHERE);
        };
    }

    /** Why something cannot be there under a name. */
    Optional<Problem> refusal(FilePath path, String name, Node node) {
        if (!names.possible(name)) {
            return Optional.of(Problem.of("files.name", "path", path.text()));
        }
        if (node.kind() == NodeKind.LINK && !links) {
            return Optional.of(Problem.of("files.link", "path", path.text()));
        }
        if (node.kind() == NodeKind.FILE && node.size() > largest) {
            return Optional.of(Problem.of("files.large", "path", path.text(), "size", node.size()));
        }
        return Optional.empty();
    }
}
