package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Reads which backups there are. Commits never change, so each is read once. Thread-safe. */
final class Catalog {
    private static final System.Logger LOG = System.getLogger(Catalog.class.getName());

    /** What is kept of an object that is read as a whole. */
    private static final String WHOLE = "whole";

    private static final long USES_CACHE = 4L << 20;

    private final VaultCore core;
    private final Markers markers;
    private final Map<SessionId, Commit> read = new ConcurrentHashMap<>();
    private final LruCache<SessionId, Uses> uses =
            new LruCache<>(USES_CACHE, known -> known.packs().weight());

    /** The packs that a backup refers to, and whether whoever wrote that down used no feature unknown here. */
    record Uses(PackSet packs, boolean understood) {}

    Catalog(VaultCore core, Markers markers) {
        this.core = core;
        this.markers = markers;
    }

    /** Lists gone, then commits, and reads what is new. */
    Contents look() throws IOException {
        List<Damage> damaged = new ArrayList<>();
        Set<SessionId> gone = new HashSet<>();
        for (StoredObject object : core.store().list(Names.GONE)) {
            session(object, Names.GONE, gone, damaged);
        }
        Set<SessionId> listed = new HashSet<>();
        for (StoredObject object : core.store().list(Names.COMMIT)) {
            session(object, Names.COMMIT, listed, damaged);
        }
        readAhead(listed, gone);
        Map<SessionId, Commit> backups = new HashMap<>();
        Map<SessionId, SessionId> unlisted = new TreeMap<>();
        for (SessionId id : listed) {
            if (gone.contains(id) && authenticGone(id, damaged)) {
                continue;
            }
            try {
                Commit commit = commit(id);
                backups.put(id, commit);
                commit.heads().stream()
                        .filter(head -> !listed.contains(head))
                        .forEach(head -> unlisted.putIfAbsent(head, id));
            } catch (DamagedException e) {
                damaged.add(new Damage(e.object(), e.reason(), List.of(id), String.valueOf(e.getMessage())));
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
                // Purged and tidied away between the listing and now; otherwise it should be there.
                if (!authenticGone(id, damaged)) {
                    damaged.add(new Damage(
                            Names.COMMIT + id, Damage.Reason.MISSING, List.of(id), "was listed and is missing"));
                }
            }
        }
        for (Map.Entry<SessionId, SessionId> head : unlisted.entrySet()) {
            vanished(head.getKey(), head.getValue(), damaged);
        }
        return new Contents(backups, gone, damaged);
    }

    /** Reads what is new side by side, from a store that is some way off: each commit is a small object of its own. */
    private void readAhead(Set<SessionId> listed, Set<SessionId> gone) throws IOException {
        if (core.store().readsAtOnce() == 1) {
            return;
        }
        List<SideBySide.Act> reads = new ArrayList<>();
        for (SessionId id : listed) {
            if (!gone.contains(id) && !read.containsKey(id)) {
                reads.add(() -> commitIfReadable(id));
            }
        }
        SideBySide.small(core.store(), reads);
    }

    private void commitIfReadable(SessionId id) throws IOException {
        try {
            commit(id);
        } catch (DamagedException e) {
            return; // Whoever needs it meets it again, and names it.
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
        }
    }

    private static void session(StoredObject object, String prefix, Set<SessionId> found, List<Damage> damaged) {
        SessionId id = Names.session(object.name(), prefix);
        if (id == null) {
            damaged.add(new Damage(object.name(), Damage.Reason.DAMAGED, List.of(), "is no name of such an object"));
        } else {
            found.add(id);
        }
    }

    /** Whether a session is over for certain; a marker that does not open is named, and counts as absent. */
    private boolean authenticGone(SessionId id, List<Damage> damaged) throws IOException {
        try {
            return markers.gone(id);
        } catch (DamagedException e) {
            damaged.add(new Damage(e.object(), e.reason(), List.of(id), String.valueOf(e.getMessage())));
            return false;
        }
    }

    /** Names a commit that another one saw and that is not there, unless it was deleted: garbage for a marker hides none. */
    private void vanished(SessionId head, SessionId witness, List<Damage> damaged) throws IOException {
        if (!authenticGone(head, damaged)) {
            damaged.add(new Damage(
                    Names.COMMIT + head,
                    Damage.Reason.VANISHED,
                    List.of(head),
                    "was seen by " + witness + " and is gone without having been deleted"));
        }
    }

    /** One commit, valid or not. */
    Commit commit(SessionId id) throws IOException {
        Commit known = read.get(id);
        if (known != null) {
            return known;
        }
        String name = Names.COMMIT + id;
        Commit commit = kept(name);
        if (commit == null) {
            byte[] object = Reads.get(core.store(), name, ObjectType.COMMIT.most());
            commit = Commit.read(name, core.small().open(ObjectType.COMMIT, name, object));
            core.near().put(name, WHOLE, object);
        }
        read.put(id, commit);
        return commit;
    }

    /** A commit that was read before; null if it was not, or what was kept of it does not open. */
    private @Nullable Commit kept(String name) {
        byte[] object = core.near().get(name, WHOLE);
        if (object == null) {
            return null;
        }
        try {
            return Commit.read(name, core.small().open(ObjectType.COMMIT, name, object));
        } catch (DamagedException e) {
            core.near().forget(name, WHOLE);
            return null;
        }
    }

    /** Forgets what was read, for a check that reads it anew. */
    void forget() {
        read.clear();
    }

    /** Reads side by side, from a store that is some way off, what will be asked of many backups; what cannot be read is left out. */
    void usesAhead(Collection<Commit> commits) throws IOException {
        if (core.store().readsAtOnce() == 1) {
            return;
        }
        List<SideBySide.Act> reads = new ArrayList<>();
        for (Commit commit : commits) {
            if (uses.get(commit.id()) == null) {
                reads.add(() -> {
                    try {
                        used(commit);
                    } catch (DamagedException e) {
                        return; // Whoever needs it meets it again, and names it.
                    }
                });
            }
        }
        SideBySide.small(core.store(), reads);
    }

    /** The packs that a backup refers to; not to be changed. */
    PackSet uses(Commit commit) throws IOException {
        return used(commit).packs();
    }

    /** The same, and whether all of it is understood. Its hash stands in the commit, so it is read once. */
    Uses used(Commit commit) throws IOException {
        Uses known = uses.get(commit.id());
        if (known == null) {
            known = readUses(commit);
            uses.put(commit.id(), known);
        }
        return known;
    }

    /** The same, from the store. */
    Uses readUses(Commit commit) throws IOException {
        String name = Names.USES + commit.id();
        SmallObjects.Body body = attached(ObjectType.USES, name, commit.uses());
        return new Uses(PackSet.read(new FieldReader(name, body.bytes())), body.understood());
    }

    /** What the console attached to a backup; empty if nothing. */
    byte[] about(Commit commit) throws IOException {
        return commit.about().length() == 0
                ? new byte[0]
                : attached(ObjectType.ABOUT, Names.ABOUT + commit.id(), commit.about())
                        .bytes();
    }

    /** What was attached to each of these, as far as it can be read. */
    Map<SessionId, byte[]> abouts(Collection<Commit> commits) throws IOException {
        Map<SessionId, byte[]> found = new ConcurrentHashMap<>();
        List<SideBySide.Act> reads = new ArrayList<>();
        for (Commit commit : commits) {
            reads.add(() -> {
                try {
                    found.put(commit.id(), about(commit));
                } catch (DamagedException e) {
                    LOG.log(System.Logger.Level.WARNING, "what was attached to a backup is damaged", e);
                }
            });
        }
        SideBySide.small(core.store(), reads);
        return found;
    }

    private SmallObjects.Body attached(ObjectType type, String name, Attachment expected) throws IOException {
        byte[] near = core.near().get(name, WHOLE);
        if (near != null && expected.matches(near)) {
            return core.small().open(type, name, near);
        }
        byte[] object;
        try {
            object = Reads.get(core.store(), name, type.most());
        } catch (StoreException e) {
            throw e.kind() == StoreException.Kind.MISSING
                    ? new DamagedException(name, Damage.Reason.MISSING, "is missing")
                    : e;
        }
        if (!expected.matches(object)) {
            throw new DamagedException(name, "is not what its backup says");
        }
        SmallObjects.Body body = core.small().open(type, name, object);
        core.near().put(name, WHOLE, object);
        return body;
    }
}
