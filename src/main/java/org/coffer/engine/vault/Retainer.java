package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Has the place keep every object that some backups need until they go, and a margin longer: their own small objects, the
 * vault's head, and all copies of the packs they use, whoever wrote these.
 *
 * <p><b>Requests.</b> Later backups need most of what earlier ones do, and each would move the end of all that by a day. So
 * ends are rounded up to whole steps of {@link #STEP}, and what is kept long enough is not asked for again: about one request
 * for each object in ten days, and one more when the process begins, which does not remember.
 *
 * <p><b>Lists.</b> Which copies there are of the packs is listed once a day, two lists of 1,000 names a request. In between only
 * what sessions wrote that are not known yet is listed, two lists for each: after a backup its own. A copy that somebody put
 * since beside those that were listed is kept from its first moment ({@link LockableStore#FIRST}), longer than a list is
 * believed; one that is gone has all of it listed again.
 *
 * <p>Thread-safe.
 */
final class Retainer {
    /** So much longer than needed, so that a clean-up which comes late finds everything still kept. */
    static final Duration MARGIN = Duration.ofDays(3);

    static final Duration STEP = Duration.ofDays(10);

    /** So long a list of the packs is believed, less than {@link LockableStore#FIRST}. */
    static final Duration BELIEVED = Duration.ofDays(1);

    /** If more sessions than this are not known, all is listed: it takes no more requests. */
    private static final int SESSIONS = 16;

    private final VaultCore core;
    private final Catalog catalog;
    /** Until when each object is kept, as far as this process asked for it. */
    private final Map<String, Instant> kept = new ConcurrentHashMap<>();
    /** What was listed; guarded by this. */
    private @Nullable Listed listed;

    /** The packs as they were listed, and those of single sessions that were listed since. */
    private record Listed(Instant at, StoredPacks data, StoredPacks map) {
        StoredPacks of(ObjectType type) {
            return type == ObjectType.DATA ? data : map;
        }
    }

    Retainer(VaultCore core, Catalog catalog) {
        this.core = core;
        this.catalog = catalog;
    }

    /**
     * Has the place keep what these backups need.
     *
     * @param until when each of them goes
     * @return how many objects are kept longer than before
     */
    long retain(Map<Commit, Instant> until, Work work) throws IOException {
        ObjectStore store = core.store();
        if (!store.retains() || until.isEmpty()) {
            return 0;
        }
        synchronized (this) {
            boolean afresh = believed() == null;
            long[] asked = new long[1];
            try {
                ask(store, wanted(packs(until.keySet()), until), asked, work);
            } catch (StoreException e) {
                if (afresh || e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
                listed = null; // A copy went, as when another one took its place.
                ask(store, wanted(packs(until.keySet()), until), asked, work);
            }
            return asked[0];
        }
    }

    private @Nullable Listed believed() {
        Listed known = listed;
        if (known == null) {
            return null;
        }
        Duration age = Duration.between(known.at(), core.clock().instant());
        return age.isNegative() || age.compareTo(BELIEVED) >= 0 ? null : known;
    }

    /** Which copies there are of what these backups use. */
    private Listed packs(Set<Commit> commits) throws IOException {
        Listed known = believed();
        if (known != null) {
            Set<SessionId> strangers = strangers(known, commits);
            if (strangers.size() <= SESSIONS) {
                for (SessionId session : strangers) {
                    known.data().list(core.store(), session);
                    known.map().list(core.store(), session);
                }
                return known;
            }
        }
        Listed all = new Listed(
                core.clock().instant(),
                StoredPacks.list(core.store(), ObjectType.DATA),
                StoredPacks.list(core.store(), ObjectType.MAP));
        listed = all;
        return all;
    }

    /** Sessions that wrote a pack which is used and not known. */
    private Set<SessionId> strangers(Listed known, Set<Commit> commits) throws IOException {
        Set<SessionId> strangers = new HashSet<>();
        for (Commit commit : commits) {
            PackSet uses = catalog.uses(commit);
            for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
                uses.packs(type).forEach(pack -> {
                    if (!known.of(type).contains(pack)) {
                        strangers.add(pack.session());
                    }
                });
            }
        }
        return strangers;
    }

    /** Until when each object is to be kept. */
    private Map<String, Instant> wanted(Listed packs, Map<Commit, Instant> until) throws IOException {
        Map<String, Instant> wanted = new HashMap<>();
        for (Map.Entry<Commit, Instant> one : until.entrySet()) {
            Instant end = one.getValue().plus(MARGIN);
            Commit commit = one.getKey();
            for (String name : List.of(Names.HEADER + 1, Names.HEADER + 2, Names.HEADER + 3)) {
                later(wanted, name, end);
            }
            later(wanted, Names.COMMIT + commit.id(), end);
            later(wanted, Names.USES + commit.id(), end);
            if (commit.about().length() > 0) {
                later(wanted, Names.ABOUT + commit.id(), end);
            }
            PackSet uses = catalog.uses(commit);
            for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
                uses.packs(type).forEach(pack -> {
                    StoredPacks.Stored there = packs.of(type).get(pack);
                    if (there != null) {
                        there.copies().forEach(copy -> later(wanted, copy.object(), end));
                    }
                });
            }
        }
        return wanted;
    }

    private static void later(Map<String, Instant> wanted, String name, Instant end) {
        wanted.merge(name, end, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** @param asked its first element gets one more for each object that is kept longer than before */
    private void ask(ObjectStore store, Map<String, Instant> wanted, long[] asked, Work work) throws IOException {
        for (Map.Entry<String, Instant> one : wanted.entrySet()) {
            Instant known = kept.get(one.getKey());
            if (known == null || known.isBefore(one.getValue())) {
                work.checkpoint();
                Instant end = roundedUp(one.getValue());
                store.retain(one.getKey(), end);
                kept.put(one.getKey(), end);
                asked[0]++;
            }
        }
    }

    static Instant roundedUp(Instant moment) {
        long step = STEP.toSeconds();
        return Instant.ofEpochSecond(Math.ceilDiv(moment.getEpochSecond() + 1, step) * step);
    }
}
