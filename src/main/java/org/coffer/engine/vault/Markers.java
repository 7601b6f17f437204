package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;

/** The small objects by which consoles talk to each other: session, gone, ask, condemned. */
final class Markers {
    /** Why something is gone; the order is the code in the format. */
    enum Why {
        ABANDONED,
        PURGED,
        ASKED,
        SETTLED
    }

    /** What a session says of itself. */
    record Opening(SessionId id, ConsoleId console, List<SessionId> adopted) {}

    private final VaultCore core;
    private final Clock clock;
    private final Set<SessionId> knownGone = ConcurrentHashMap.newKeySet();

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

    Opening getSession(SessionId session) throws IOException {
        String name = Names.SESSION + session;
        FieldReader in =
                new FieldReader(name, core.small().get(ObjectType.SESSION, name).bytes());
        ConsoleId console = in.console();
        in.time();
        int count = in.u16();
        List<SessionId> adopted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            adopted.add(in.session());
        }
        return new Opening(session, console, adopted);
    }

    /** Puts the final marker. That somebody else already did is as good. */
    void putGone(SessionId session, ConsoleId console, Why why) throws IOException {
        String name = Names.GONE + session;
        FieldWriter body =
                new FieldWriter().oneOf(Why.values(), why).raw(signed(console).bytes());
        try {
            core.small().put(ObjectType.GONE, name, body.bytes());
            knownGone.add(session);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.CONFLICT || !gone(session)) {
                throw e;
            }
        }
    }

    /** Whether there is an authentic final marker. @throws DamagedException if there is one that is not */
    boolean gone(SessionId session) throws IOException {
        if (knownGone.contains(session)) {
            return true;
        }
        String name = Names.GONE + session;
        try {
            core.small().get(ObjectType.GONE, name);
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return false;
            }
            throw e;
        }
        knownGone.add(session);
        return true;
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
    boolean asked(SessionId session) throws StoreException {
        return present(Names.ASK + session);
    }

    boolean present(String name) throws StoreException {
        try {
            core.store().suffix(name, 1);
            return true;
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return false;
            }
            throw e;
        }
    }

    String putCondemned(SessionId name, ConsoleId console, PackSet packs) throws StoreException {
        FieldWriter body = signed(console);
        packs.write(body);
        body.u32(0);
        String object = Names.CONDEMNED + name;
        core.small().put(ObjectType.CONDEMNED, object, body.bytes());
        return object;
    }

    /** Adds whatever is condemned; false if something there cannot be read, so that nothing may be referred to. */
    boolean addCondemned(PackSet condemned) throws IOException {
        boolean clear = true;
        for (StoredObject object : core.store().list(Names.CONDEMNED)) {
            try {
                condemned.addAll(getCondemned(object.name()));
            } catch (DamagedException e) {
                clear = false;
            } catch (StoreException e) {
                // Removed since the listing: its packs are deleted, and nobody refers to them.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return clear;
    }

    /** The packs named by a condemnation; of single blocks the whole pack. */
    PackSet getCondemned(String object) throws IOException {
        SmallObjects.Body body = core.small().get(ObjectType.CONDEMNED, object);
        FieldReader in = new FieldReader(object, body.bytes());
        in.console();
        in.time();
        PackSet packs = PackSet.read(in);
        int singles = in.count(1 << 24);
        for (int i = 0; i < singles; i++) {
            ObjectType type = in.u8() == 2 ? ObjectType.MAP : ObjectType.DATA;
            packs.add(type, new PackId(in.session(), in.count(PackId.MAX_NUMBER)));
            int ordinals = in.count(PackTrailer.MAX_ENTRIES);
            in.raw(2 * ordinals);
        }
        if (!body.understood()) {
            throw in.damaged("has a feature that this version does not know");
        }
        return packs;
    }
}
