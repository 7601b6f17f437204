package org.coffer.console.vault;

import java.util.List;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;

/** Removes everything that a vault keeps in its location. */
public final class VaultObjects {
    private VaultObjects() {}

    /**
     * Deletes all objects. The header goes last: as long as it is there, the rest can still be found and deleted.
     *
     * @param objects the vault's own part of its location
     * @param work told the bytes deleted; may cancel
     */
    public static void delete(ObjectStore objects, Work work) throws StoreException {
        List<StoredObject> all = objects.list("");
        work.expect(all.stream().mapToLong(StoredObject::size).sum());
        for (boolean headers : new boolean[] {false, true}) {
            for (StoredObject object : all) {
                if (object.name().startsWith("header-") == headers) {
                    work.checkpoint();
                    objects.delete(object.name());
                    work.advance(object.size());
                }
            }
            objects.syncDeletes();
        }
    }
}
