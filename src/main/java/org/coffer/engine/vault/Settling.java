package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/** Rule 6: brings every session that a console left behind to a certain end. */
final class Settling {
    private final VaultCore core;
    private final Markers markers;

    Settling(VaultCore core, Markers markers) {
        this.core = core;
        this.markers = markers;
    }

    /** @param live sessions of this process that are still running */
    Settlement settle(ConsoleId console, Set<SessionId> live) throws IOException {
        List<SessionId> committed = new ArrayList<>();
        List<SessionId> adoptable = new ArrayList<>();
        List<Damage> unclear = new ArrayList<>();
        for (StoredObject object : core.store().list(Names.SESSION)) {
            try {
                SessionId id = SessionId.of(object.name().substring(Names.SESSION.length()));
                if (!live.contains(id) && markers.getSession(id).console().equals(console)) {
                    (settle(id, console) ? committed : adoptable).add(id);
                }
            } catch (IllegalArgumentException e) {
                unclear.add(new Damage(object.name(), Damage.Reason.DAMAGED, List.of(), "is no session's name"));
            } catch (DamagedException e) {
                unclear.add(new Damage(e.object(), e.reason(), List.of(), String.valueOf(e.getMessage())));
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        core.store().syncDeletes();
        return new Settlement(committed, adoptable, unclear);
    }

    /** True if the session is a backup. */
    private boolean settle(SessionId id, ConsoleId console) throws IOException {
        if (markers.gone(id)) {
            return false;
        }
        if (markers.present(Names.COMMIT + id) && !markers.asked(id)) {
            core.store().delete(Names.SESSION + id);
            return true;
        }
        markers.putGone(id, console, Markers.Why.SETTLED);
        return false;
    }
}
