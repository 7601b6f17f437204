package org.coffer.engine.vault;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/**
 * Backups whose commits are not there although nobody deleted them: a folder of the vault was moved away, or lost.
 *
 * <p>What a backup uses, what it says of itself and its packs are put before its commit and after its session; they go only once it is
 * deleted, or was ended, of which the final marker stays for ever; and the session goes only once there is an end. So where anything of a
 * run is left and neither its session nor its end, its commit was there and is not any more.
 */
final class LostCommits {
    private final VaultCore core;
    private final Markers markers;

    LostCommits(VaultCore core, Markers markers) {
        this.core = core;
        this.markers = markers;
    }

    /**
     * Whether a session can have come to its commit: only if it is written down what its backup uses. Where that is written down of nobody,
     * it may have been moved away together with the commits.
     */
    boolean mayHaveCommitted(SessionId session) throws IOException {
        return markers.present(Names.USES + session)
                || core.store().list(Names.USES).isEmpty();
    }

    /** The sessions of which there is what only a run that is alive, committed or ended has. */
    Set<SessionId> left(Collection<StoredPacks> packs) throws StoreException {
        Set<SessionId> left = sessions(Names.USES);
        left.addAll(sessions(Names.ABOUT));
        packs.forEach(stored -> stored.ids().forEach(pack -> left.add(pack.session())));
        return left;
    }

    /**
     * Whether the commit of a session of which something is left is lost. Who ends meanwhile is no false alarm, because this is asked in
     * the order in which things come.
     *
     * @throws DamagedException if its final marker cannot be read
     */
    boolean lost(SessionId session) throws IOException {
        return !markers.present(Names.SESSION + session)
                && !markers.present(Names.COMMIT + session)
                && !markers.gone(session);
    }

    /** Whether any is lost, by listings of its own. */
    boolean any() throws IOException {
        Set<SessionId> left = left(List.of(
                StoredPacks.list(core.store(), ObjectType.DATA), StoredPacks.list(core.store(), ObjectType.MAP)));
        left.removeAll(sessions(Names.COMMIT));
        left.removeAll(sessions(Names.GONE));
        for (SessionId session : left) {
            if (lost(session)) {
                return true;
            }
        }
        return false;
    }

    private Set<SessionId> sessions(String prefix) throws StoreException {
        Set<SessionId> sessions = new HashSet<>();
        for (StoredObject object : core.store().list(prefix)) {
            SessionId session = Names.session(object.name(), prefix);
            if (session != null) {
                sessions.add(session);
            }
        }
        return sessions;
    }
}
