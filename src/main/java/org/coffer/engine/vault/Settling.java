package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Rule 6: brings every session that a console left behind to a certain end. */
final class Settling {
    private static final System.Logger LOG = System.getLogger(Settling.class.getName());

    private final VaultCore core;
    private final Markers markers;
    private final LostCommits commits;
    private @Nullable Boolean someLost;

    Settling(VaultCore core, Markers markers) {
        this.core = core;
        this.markers = markers;
        this.commits = new LostCommits(core, markers);
    }

    /** @param live sessions of this process that are still running */
    Settlement settle(ConsoleId console, Set<SessionId> live) throws IOException {
        List<SessionId> committed = new ArrayList<>();
        List<SessionId> adoptable = new ArrayList<>();
        List<SessionId> asked = new ArrayList<>();
        List<Damage> unclear = new ArrayList<>();
        for (StoredObject object : core.store().list(Names.SESSION)) {
            SessionId id = Names.session(object.name(), Names.SESSION);
            if (id == null) {
                unclear.add(new Damage(object.name(), Damage.Reason.DAMAGED, List.of(), "is no session's name"));
                continue;
            }
            try {
                if (!live.contains(id) && markers.getSession(id).console().equals(console)) {
                    if (outOfSight(id)) {
                        unclear.add(new Damage(
                                Names.COMMIT + id,
                                Damage.Reason.VANISHED,
                                List.of(id),
                                "may lie where others do that are gone"));
                        continue;
                    }
                    switch (settle(id, console)) {
                        case BACKUP -> committed.add(id);
                        case OVER -> adoptable.add(id);
                        default -> asked.add(id);
                    }
                }
            } catch (DamagedException e) {
                unclear.add(new Damage(e.object(), e.reason(), List.of(), String.valueOf(e.getMessage())));
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        core.store().syncDeletes();
        return new Settlement(committed, adoptable, asked, unclear);
    }

    /** Rule 11 for every session of others that has not ended; a session object that cannot be read is left alone. */
    int dismissOthers(ConsoleId console) throws IOException {
        int ended = 0;
        for (StoredObject object : core.store().list(Names.SESSION)) {
            SessionId id = Names.session(object.name(), Names.SESSION);
            try {
                if (id != null && !markers.getSession(id).console().equals(console) && left(id) == Protocol.Left.OPEN) {
                    markers.dismiss(id, console, Markers.Why.ASKED);
                    ended += markers.gone(id) ? 1 : 0;
                }
            } catch (DamagedException e) {
                LOG.log(System.Logger.Level.WARNING, "not ended: " + object.name(), e);
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return ended;
    }

    /**
     * Whether a run that came as far as its commit, which is not there, had better wait: other commits are not there either although nobody
     * deleted them, so it may have one among them, and the final marker would outlive their coming back.
     */
    private boolean outOfSight(SessionId id) throws IOException {
        if (left(id) != Protocol.Left.OPEN || !commits.mayHaveCommitted(id)) {
            return false;
        }
        if (someLost == null) {
            someLost = commits.any();
        }
        return someLost;
    }

    private Protocol.Left settle(SessionId id, ConsoleId console) throws IOException {
        Protocol.Left left = left(id);
        if (left == Protocol.Left.OPEN) {
            // It may live on in a process that was taken for dead: so it is asked, like anybody else's.
            markers.dismiss(id, console, Markers.Why.SETTLED);
            left = left(id);
        }
        if (left == Protocol.Left.BACKUP) {
            core.store().delete(Names.SESSION + id);
        }
        // What it was writing when it died takes room, and no listing shows it to anybody.
        for (String written : Names.writtenBy(id)) {
            core.store().sweep(written);
        }
        return left;
    }

    private Protocol.Left left(SessionId id) throws IOException {
        Set<Protocol.Look> seen = EnumSet.noneOf(Protocol.Look.class);
        for (Protocol.Look look : Protocol.STANDARD.looking()) {
            boolean there = switch (look) {
                case GET_COMMIT -> markers.present(Names.COMMIT + id);
                case GET_ASK -> markers.asked(id);
                case GET_GONE -> markers.gone(id);
            };
            if (there) {
                seen.add(look);
            }
        }
        return Protocol.STANDARD.left(
                seen.contains(Protocol.Look.GET_COMMIT),
                seen.contains(Protocol.Look.GET_ASK),
                seen.contains(Protocol.Look.GET_GONE));
    }
}
