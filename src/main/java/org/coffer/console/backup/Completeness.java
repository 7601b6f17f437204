package org.coffer.console.backup;

import java.util.UUID;
import org.coffer.console.location.Locations;
import org.coffer.console.vault.Vaults;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.vault.SessionId;
import org.coffer.engine.vault.Vault;
import org.jspecify.annotations.Nullable;

/** Tells a location from an older copy of it: all its vaults must be there, each with the newest backup known here. */
public final class Completeness implements Locations.Witness {
    private final BackupStore store;
    private final Vaults vaults;

    /** Goes by what the catalog knows. */
    public Completeness(Backups backups, Vaults vaults) {
        this.store = backups.store();
        this.vaults = vaults;
    }

    @Override
    public boolean complete(UUID location, ObjectStore folder) {
        return vaults.prefixes(location).entrySet().stream()
                .allMatch(vault -> reaches(folder.within(vault.getValue()), newest(vault.getKey())));
    }

    private static boolean reaches(ObjectStore vault, @Nullable SessionId newest) {
        try {
            return Vault.reaches(vault, newest);
        } catch (StoreException e) {
            // What cannot be read cannot be trusted to be complete either.
            return false;
        }
    }

    private @Nullable SessionId newest(UUID vault) {
        return store.newestSession(vault).map(SessionId::of).orElse(null);
    }
}
