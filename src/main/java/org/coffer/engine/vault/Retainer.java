package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.work.Work;

/**
 * Has the place keep every object that some backups need until they go, and a margin longer: their own small objects, the
 * vault's head, and all copies of the packs they use, whoever wrote these.
 *
 * <p><b>Requests.</b> Later backups need most of what earlier ones do, and each would move the end of all that by a day. So
 * ends are rounded up to whole steps of {@link #STEP}, and what is kept long enough is not asked for again: about one request
 * for each object in ten days, and one more when the process begins, which does not remember. The packs are listed once
 * each time.
 */
final class Retainer {
    /** So much longer than needed, so that a clean-up which comes late finds everything still kept. */
    static final Duration MARGIN = Duration.ofDays(3);

    static final Duration STEP = Duration.ofDays(10);

    private final VaultCore core;
    private final Catalog catalog;
    /** Until when each object is kept, as far as this process asked for it. */
    private final Map<String, Instant> kept = new ConcurrentHashMap<>();

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
        Map<String, Instant> wanted = new HashMap<>();
        Map<ObjectType, StoredPacks> packs = Map.of(
                ObjectType.DATA, StoredPacks.list(store, ObjectType.DATA),
                ObjectType.MAP, StoredPacks.list(store, ObjectType.MAP));
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
            packs.forEach((type, stored) -> uses.packs(type).forEach(pack -> {
                StoredPacks.Stored there = stored.get(pack);
                if (there != null) {
                    there.copies().forEach(copy -> later(wanted, copy.object(), end));
                }
            }));
        }
        return ask(store, wanted, work);
    }

    private static void later(Map<String, Instant> wanted, String name, Instant end) {
        wanted.merge(name, end, (a, b) -> a.isAfter(b) ? a : b);
    }

    private long ask(ObjectStore store, Map<String, Instant> wanted, Work work) throws IOException {
        long asked = 0;
        for (Map.Entry<String, Instant> one : wanted.entrySet()) {
            Instant known = kept.get(one.getKey());
            if (known == null || known.isBefore(one.getValue())) {
                work.checkpoint();
                Instant end = roundedUp(one.getValue());
                store.retain(one.getKey(), end);
                kept.put(one.getKey(), end);
                asked++;
            }
        }
        return asked;
    }

    static Instant roundedUp(Instant moment) {
        long step = STEP.toSeconds();
        return Instant.ofEpochSecond(Math.ceilDiv(moment.getEpochSecond() + 1, step) * step);
    }
}
