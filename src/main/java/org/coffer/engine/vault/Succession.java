package org.coffer.engine.vault;

import java.io.IOException;
import java.util.List;

/**
 * Has one copy of a pack take the place of those below it: rule 13, for whoever rewrites a pack and for whoever heals one.
 *
 * <p>Whoever stops in between leaves copies of which every one that opens is as good as before.
 */
final class Succession {
    private final VaultCore core;

    Succession(VaultCore core) {
        this.core = core;
    }

    /** How one copy comes to be. */
    interface Heir {
        /** Puts it, if it is not there yet. */
        void put() throws IOException;

        /** Reads every byte of it. @throws DamagedException if it is not sound; then nothing is deleted */
        void readBack() throws IOException;
    }

    /**
     * Brings a copy about, and deletes those that it supersedes.
     *
     * @param others the other copies; one that was put since they were listed stays for the next collection
     * @return bytes of the copies that were deleted
     * @throws DamagedException if the copy is not sound
     */
    long succeed(PackId pack, ObjectType type, Copy mine, List<StoredPacks.Named> others, Heir heir)
            throws IOException {
        long deleted = 0;
        for (Protocol.Rewrite step : Protocol.STANDARD.rewriting()) {
            switch (step) {
                case PUT_COPY -> heir.put();
                case READ_BACK -> heir.readBack();
                case DELETE_LOWER -> {
                    core.packs().forget(type, pack);
                    for (StoredPacks.Named copy : others) {
                        if (Protocol.STANDARD.superseded(copy.copy(), mine)) {
                            core.store().delete(copy.object());
                            deleted += copy.size();
                        }
                    }
                }
            }
        }
        return deleted;
    }
}
