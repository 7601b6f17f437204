package org.coffer.console.backup;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the rules let go, at one reading of the clock; it only looks into the catalog, so it can be asked with nobody between. */
public interface Due {
    /** Nothing. */
    Due NOTHING = new Due() {
        @Override
        public List<UUID> of(UUID vault) {
            return List.of();
        }

        @Override
        public boolean still(Backup going, Set<UUID> together) {
            return false;
        }
    };

    /** The backups of a vault that go. */
    List<UUID> of(UUID vault);

    /**
     * Whether a backup that is being deleted because it was due is still due.
     *
     * @param together the IDs of all that are being deleted with it and are still there
     */
    boolean still(Backup going, Set<UUID> together);
}
