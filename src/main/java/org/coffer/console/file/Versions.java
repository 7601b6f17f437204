package org.coffer.console.file;

import java.util.ArrayList;
import java.util.List;
import org.coffer.console.backup.Backup;

/** The distinct states of one place, as backups are looked into from the newest to the oldest. */
final class Versions {
    private Versions() {}

    /** These versions, and what an older backup has. */
    static List<FileVersion> with(List<FileVersion> known, FileEntry entry, Backup backup) {
        List<FileVersion> all = new ArrayList<>(known);
        for (int i = 0; i < all.size(); i++) {
            FileVersion one = all.get(i);
            if (same(one.entry(), entry)) {
                all.set(i, new FileVersion(one.entry(), one.newest(), one.backups() + 1));
                return all;
            }
        }
        all.add(new FileVersion(entry, backup, 1));
        return all;
    }

    private static boolean same(FileEntry one, FileEntry other) {
        // Of one that cannot be read nothing is known but that.
        return one.kind() == other.kind()
                && one.size() == other.size()
                && one.modified().equals(other.modified())
                && one.problem().isPresent() == other.problem().isPresent();
    }
}
