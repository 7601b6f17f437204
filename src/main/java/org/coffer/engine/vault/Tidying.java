package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/** The small objects that a collector removes along with packs: index segments, condemnations, what is left of the gone. */
final class Tidying {
    /** No put that is alive leaves its file alone for so long. */
    private static final Duration DEAD = Duration.ofDays(1);

    private final VaultCore core;
    private final Markers markers;
    private final Survey.Seen seen;
    private final ConsoleId console;
    private final Set<SessionId> spared;

    /** @param spared sessions that somebody goes on with: their objects name those whose packs they took over */
    Tidying(VaultCore core, Markers markers, Survey.Seen seen, ConsoleId console, Set<SessionId> spared) {
        this.core = core;
        this.markers = markers;
        this.seen = seen;
        this.console = console;
        this.spared = spared;
    }

    /** Segments of sessions of which nothing is left. Entries of others that became stale are harmless: only hints. */
    long dropIndex(PackSet dead) throws StoreException {
        Set<SessionId> alive = new HashSet<>();
        seen.packs()
                .forEach((type, packs) -> packs.ids().forEach(pack -> {
                    if (!dead.contains(type, pack)) {
                        alive.add(pack.session());
                    }
                }));
        long freed = 0;
        for (StoredObject object : core.store().list(Names.INDEX)) {
            for (SessionId session : dead.sessions()) {
                if (object.name().startsWith(Names.INDEX + session) && !alive.contains(session)) {
                    core.store().delete(object.name());
                    freed += object.size();
                }
            }
        }
        return freed;
    }

    /** Rule 13: takes a condemnation back when it is done with. What is still in use stays condemned. */
    void lift(Survey.Known known) throws IOException {
        if (!Protocol.STANDARD.mayLift(
                known.what().packs().intersects(seen.used()),
                stored(known.what().entries()))) {
            return;
        }
        for (SessionId session : known.what().packs().sessions()) {
            if (!spend(session)) {
                return;
            }
        }
        core.store().delete(known.object());
    }

    /** Makes sure that nobody adopts from a session; false if nobody can say why it is over, so that its packs stay condemned. */
    private boolean spend(SessionId session) throws IOException {
        try {
            if (Protocol.STANDARD.mustBeSpent(markers.why(session) == Markers.Why.PURGED)) {
                markers.putSpent(session, console);
            }
            return true;
        } catch (DamagedException e) {
            return false;
        }
    }

    private boolean stored(EntrySet entries) throws StoreException {
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            for (PackId pack : entries.packs(type)) {
                if (seen.stored(type).get(pack) != null
                        || !core.store().list(Names.copies(type, pack)).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Small objects of gone sessions; their final markers stay for ever.
     *
     * @param commits whether those of deleted backups go too: while they are there, collections look for what is dead in
     *     packs
     */
    long tidy(boolean commits) throws IOException {
        Set<SessionId> withPacks = new HashSet<>();
        seen.packs().values().forEach(packs -> packs.ids().forEach(pack -> withPacks.add(pack.session())));
        long freed = 0;
        for (ObjectType type : Protocol.STANDARD.tidied()) {
            String prefix = prefix(type);
            for (StoredObject object : core.store().list(prefix)) {
                SessionId session = Names.session(object.name(), prefix);
                if (session == null || !seen.contents().gone().contains(session) || !over(session)) {
                    continue;
                }
                // A session that still has packs can be adopted, for which its object is needed. One that is gone on
                // with
                // may have none yet.
                boolean keep =
                        type == ObjectType.SESSION ? withPacks.contains(session) || spared.contains(session) : !commits;
                if (!keep) {
                    core.store().delete(object.name());
                    freed += object.size();
                    if (!withPacks.contains(session)) {
                        for (String written : Names.writtenBy(session)) {
                            core.store().sweep(written);
                        }
                    }
                }
            }
        }
        return freed;
    }

    /**
     * What was being put when its process died: a copy of a pack, a condemnation, a marker. What a session writes that has
     * not ended stays.
     */
    void sweep() throws StoreException {
        Instant before = core.clock().instant().minus(DEAD);
        core.store().sweep(before, name -> {
            SessionId writer = Names.writer(name);
            return writer == null
                    || seen.contents().gone().contains(writer)
                    || seen.contents().backups().containsKey(writer);
        });
    }

    /** Whether a session is over; what its marker says may be unreadable or unknown, and then all of it stays. */
    private boolean over(SessionId session) throws IOException {
        try {
            return markers.goneForAll(session);
        } catch (DamagedException e) {
            return false;
        }
    }

    private static String prefix(ObjectType type) {
        return switch (type) {
            case USES -> Names.USES;
            case ABOUT -> Names.ABOUT;
            case COMMIT -> Names.COMMIT;
            case SESSION -> Names.SESSION;
            default -> throw new IllegalStateException(type + " is never tidied away");
        };
    }
}
