package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** The small objects by which consoles talk to each other: session, gone, ask, spent, condemned. */
final class Markers {
    /** Why something is gone; the order is the code in the format. */
    enum Why {
        ABANDONED,
        PURGED,
        ASKED,
        SETTLED
    }

    /** What a session says of itself. */
    record Opening(SessionId id, ConsoleId console, List<SessionId> adopted, boolean understood) {}

    /** What a final marker says; {@code understood} if it has no feature that this version does not know. */
    private record Gone(Why why, boolean understood) {}

    private final VaultCore core;
    private final Clock clock;
    private final Map<SessionId, Gone> knownGone = new ConcurrentHashMap<>();

    Markers(VaultCore core) {
        this.core = core;
        this.clock = core.clock();
    }

    private FieldWriter signed(ConsoleId console) {
        return new FieldWriter().id(console.high(), console.low()).u64(clock.millis());
    }

    void putSession(SessionId session, ConsoleId console, List<SessionId> adopted) throws StoreException {
        FieldWriter body = signed(console).u16(adopted.size());
        adopted.forEach(body::session);
        core.small().put(ObjectType.SESSION, Names.SESSION + session, body.bytes());
    }

    /** Sessions, with those whose packs they took over. */
    Set<SessionId> withAdopted(Set<SessionId> sessions) throws IOException {
        Set<SessionId> all = new HashSet<>(sessions);
        for (SessionId session : sessions) {
            all.addAll(adoptedBy(session));
        }
        return all;
    }

    /** Those that one took over; none if its object is gone or cannot be read, and then they are nobody's. */
    List<SessionId> adoptedBy(SessionId session) throws IOException {
        try {
            return present(Names.SESSION + session) ? getSession(session).adopted() : List.of();
        } catch (DamagedException e) {
            return List.of();
        }
    }

    Opening getSession(SessionId session) throws IOException {
        String name = Names.SESSION + session;
        SmallObjects.Body body = core.small().get(ObjectType.SESSION, name);
        FieldReader in = new FieldReader(name, body.bytes());
        ConsoleId console = in.console();
        in.time();
        int count = in.u16();
        List<SessionId> adopted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            adopted.add(in.session());
        }
        return new Opening(session, console, adopted, body.understood());
    }

    /** Puts the final marker. That somebody else already did is as good. */
    void putGone(SessionId session, ConsoleId console, Why why) throws IOException {
        String name = Names.GONE + session;
        FieldWriter body =
                new FieldWriter().oneOf(Why.values(), why).raw(signed(console).bytes());
        try {
            core.small().put(ObjectType.GONE, name, body.bytes());
            knownGone.put(session, new Gone(why, true));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.CONFLICT || !gone(session)) {
                throw e;
            }
        }
    }

    /** Whether there is an authentic final marker. @throws DamagedException if there is one that is not */
    boolean gone(SessionId session) throws IOException {
        return why(session) != null;
    }

    /** Why a session is over; null if there is no final marker. @throws DamagedException if it is not authentic */
    @Nullable
    Why why(SessionId session) throws IOException {
        Gone gone = marker(session);
        return gone == null ? null : gone.why;
    }

    /**
     * Whether there is an authentic final marker without a feature that this version does not know.
     *
     * @throws DamagedException if there is one that is not authentic
     */
    boolean goneForAll(SessionId session) throws IOException {
        Gone gone = marker(session);
        return gone != null && gone.understood;
    }

    /** The sessions, of those that were asked about so far, whose final markers have a feature that is not known here. */
    List<SessionId> notUnderstood() {
        return knownGone.entrySet().stream()
                .filter(known -> !known.getValue().understood)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private @Nullable Gone marker(SessionId session) throws IOException {
        Gone known = knownGone.get(session);
        if (known != null) {
            return known;
        }
        String name = Names.GONE + session;
        SmallObjects.Body body;
        try {
            body = core.small().get(ObjectType.GONE, name);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return null;
            }
            throw e;
        }
        Gone gone = new Gone(new FieldReader(name, body.bytes()).oneOf(Why.values()), body.understood());
        knownGone.put(session, gone);
        return gone;
    }

    /** Says that packs of this session were condemned and are deleted, so that nobody adopts any of it. */
    void putSpent(SessionId session, ConsoleId console) throws IOException {
        try {
            core.small()
                    .put(
                            ObjectType.SPENT,
                            Names.SPENT + session,
                            signed(console).bytes());
        } catch (StoreException e) {
            // Another collector said so already.
            if (e.kind() != StoreException.Kind.CONFLICT) {
                throw e;
            }
        }
    }

    /** Whether a session's packs were taken back. What cannot be read counts: to ignore it could cost a backup. */
    boolean spent(SessionId session) throws IOException {
        return presentOrUnreadable(Names.SPENT + session);
    }

    /** Rules 6 and 11: ends a session from outside, unless it has committed. */
    void dismiss(SessionId session, ConsoleId console, Why why) throws IOException {
        for (Protocol.Dismissal step : Protocol.STANDARD.dismissal()) {
            switch (step) {
                case PUT_ASK -> putAsk(session, console);
                case GET_COMMIT -> {
                    if (present(Names.COMMIT + session)) {
                        return;
                    }
                }
                case PUT_GONE -> putGone(session, console, why);
            }
        }
    }

    void putAsk(SessionId session, ConsoleId console) throws IOException {
        try {
            core.small()
                    .put(ObjectType.ASK, Names.ASK + session, signed(console).bytes());
        } catch (StoreException e) {
            // Somebody else asked already: the question stands.
            if (e.kind() != StoreException.Kind.CONFLICT) {
                throw e;
            }
        }
    }

    /** Whether somebody asked. A question that cannot be read counts: to ignore it could cost a backup. */
    boolean asked(SessionId session) throws IOException {
        return presentOrUnreadable(Names.ASK + session);
    }

    /** Whether a session's object is there. One that cannot be read counts: collecting stops at it. */
    boolean marked(SessionId session) throws IOException {
        return presentOrUnreadable(Names.SESSION + session);
    }

    private boolean presentOrUnreadable(String name) throws IOException {
        try {
            return present(name);
        } catch (DamagedException e) {
            return true;
        }
    }

    /** Whether there is such an object. @throws DamagedException if its place cannot read it, so that nobody can say */
    boolean present(String name) throws IOException {
        try {
            Reads.suffix(core.store(), name, 1);
            return true;
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return false;
            }
            throw e;
        }
    }

    String putCondemned(SessionId name, ConsoleId console, Condemned what) throws StoreException {
        FieldWriter body = signed(console);
        what.packs().write(body);
        what.entries().write(body);
        String object = Names.CONDEMNED + name;
        core.small().put(ObjectType.CONDEMNED, object, body.bytes());
        return object;
    }

    /** Adds whatever is condemned; false if something there cannot be read, so that nothing may be referred to. */
    boolean addCondemned(Condemned condemned) throws IOException {
        boolean clear = true;
        for (StoredObject object : core.store().list(Names.CONDEMNED)) {
            try {
                condemned.addAll(getCondemned(object.name()));
            } catch (DamagedException e) {
                clear &= !Protocol.STANDARD.unreadable(ObjectType.CONDEMNED).forbidsSharing();
            } catch (StoreException e) {
                // Removed since the listing: its packs are deleted, and nobody refers to them.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return clear;
    }

    /** What one condemnation names. */
    Condemned getCondemned(String object) throws IOException {
        SmallObjects.Body body = core.small().get(ObjectType.CONDEMNED, object);
        FieldReader in = new FieldReader(object, body.bytes());
        in.console();
        in.time();
        Condemned condemned = new Condemned(PackSet.read(in), EntrySet.read(in));
        if (!body.understood()) {
            throw in.damaged("has a feature that this version does not know");
        }
        return condemned;
    }
}
