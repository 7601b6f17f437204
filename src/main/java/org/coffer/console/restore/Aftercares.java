package org.coffer.console.restore;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Receipt.Aftercare;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.volume.SourceBytes;
import org.coffer.engine.volume.Volume;
import org.coffer.engine.volume.Volumes;
import org.coffer.problem.ProblemException;

/** Looks at what was restored and tells what may be left to do (S9): by the volumes that begin on it, and by where it is now. */
final class Aftercares {
    private static final System.Logger LOG = System.getLogger(Aftercares.class.getName());

    private Aftercares() {}

    /** After a backup was restored into a new file. */
    static List<String> of(BlockSource target, Backup backup) {
        return names(target, backup, false, false);
    }

    /** After a backup was restored onto a disk, all of which is used if what comes last on it was {@code grown}. */
    static List<String> of(BlockSource target, Backup backup, UUID disk, boolean grown) {
        return names(target, backup, disk.equals(backup.diskId()), grown);
    }

    private static List<String> names(BlockSource target, Backup backup, boolean original, boolean grown) {
        Set<Aftercare> found = EnumSet.noneOf(Aftercare.class);
        Set<String> contents = contents(target);
        if (contents.contains("ntfs")) {
            found.add(Aftercare.WINDOWS_OFFLINE);
        }
        if (contents.contains("lvm")) {
            found.add(Aftercare.LVM_ACTIVATE);
        }
        if (contents.contains("luks") || contents.contains("bitlocker")) {
            found.add(Aftercare.ENCRYPTED);
        }
        if (!original && contents.contains("xfs")) {
            found.add(Aftercare.XFS_IDENTITY);
        }
        if (!original && !contents.isEmpty()) {
            found.add(Aftercare.SAME_IDENTITY);
        }
        if (backup.role() == Disk.Role.SYSTEM) {
            found.add(Aftercare.PASSWORDS);
            if (!original) {
                found.add(Aftercare.NETWORK_CARD);
            }
        }
        if (!grown && target.size() > backup.sizes().capacity()) {
            found.add(Aftercare.GROW);
        }
        return found.stream().map(Enum::name).toList();
    }

    private static Set<String> contents(BlockSource target) {
        try {
            return Volumes.of(new SourceBytes(target)).stream()
                    .map(Volume::content)
                    .filter(content -> !content.isEmpty())
                    .collect(Collectors.toSet());
        } catch (IOException | ProblemException e) {
            // The restore is done and right; only the advice is shorter.
            LOG.log(System.Logger.Level.WARNING, "looking at what was restored", e);
            return Set.of();
        }
    }
}
