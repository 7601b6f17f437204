package org.coffer.window.backup;

import java.util.Locale;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.Consistency;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/** What is said of backups. */
final class BackupWords {
    private BackupWords() {}

    /** The short word of a consistency, which a column has room for. */
    static Sentence consistency(Consistency consistency) {
        return Sentence.of("backups.consistency." + consistency.name().toLowerCase(Locale.ROOT));
    }

    /** When every byte of a backup was last read and found right, in full. */
    static String verified(Kit kit, Backup backup) {
        return backup.verifiedAt().map(kit.formats()::fullTime).orElseGet(() -> kit.say("backups.verified.never"));
    }

    /** Why a backup promises what it promises. */
    static String reason(Kit kit, Backup backup) {
        String key = "consistency.reason." + backup.reason();
        return kit.text().has(key) ? kit.say(key) : backup.reason();
    }
}
