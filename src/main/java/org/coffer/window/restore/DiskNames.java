package org.coffer.window.restore;

import java.util.List;
import java.util.stream.Collectors;
import org.coffer.console.resource.Disk;
import org.coffer.window.kit.Kit;

/** Names disks in a sentence: the first few, and how many more. */
public final class DiskNames {
    /** More than these are counted. */
    private static final int MOST_NAMED = 4;

    private DiskNames() {}

    /** The names of {@code disks}, as one list of the kit's language. */
    public static String of(Kit kit, List<Disk> disks) {
        String names = disks.stream()
                .limit(MOST_NAMED)
                .map(Disk::name)
                .collect(Collectors.joining(kit.say("restore.disks.and")));
        return disks.size() <= MOST_NAMED
                ? names
                : kit.say("restore.disks.more", "disks", names, "n", disks.size() - MOST_NAMED);
    }
}
