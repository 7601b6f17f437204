package org.coffer.engine.vault;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/**
 * Backups whose commits are not there although nobody deleted them: a folder of the vault was moved away, or lost.
 *
 * <p>What a backup uses is put before its commit and after its session, goes only once it is deleted, and the session goes only once there
 * is an end. So where {@code uses} is left alone, the commit was there and is not any more.
 */
final class LostCommits {
    private final VaultCore core;
    private final Markers markers;

    LostCommits(VaultCore core, Markers markers) {
        this.core = core;
        this.markers = markers;
    }

    /** Whether it is written down of a session what its backup uses: only then can it have come to its commit. */
    boolean mayHaveCommitted(SessionId session) throws IOException {
        return markers.present(Names.USES + session);
    }

    /** The sessions of which it is written down what their backups use. */
    Set<SessionId> users() throws StoreException {
        return sessions(Names.USES);
    }

    /**
     * Whether a session's commit is lost. Who ends meanwhile is no false alarm, because this is asked in the order in which things
     * come.
     *
     * @throws DamagedException if its final marker cannot be read
     */
    boolean lost(SessionId session) throws IOException {
        return !markers.present(Names.SESSION + session)
                && !markers.present(Names.COMMIT + session)
                && !markers.gone(session)
                && mayHaveCommitted(session);
    }

    /** Whether any is lost, by listings of its own. */
    boolean any() throws IOException {
        Set<SessionId> published = users();
        published.removeAll(sessions(Names.COMMIT));
        published.removeAll(sessions(Names.GONE));
        for (SessionId session : published) {
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
