package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;

/**
 * Frees what nothing needs any more: rules 9 to 14 of the protocol, for whole packs.
 *
 * <p>The order of the steps is what makes deleting safe; {@code docs/vault-format.md} has the argument. Any number of
 * collectors may run at once and stop anywhere: what one condemned another takes over. Nothing waits for a running
 * session here; the report names it, and the next run goes on from there.
 */
final class Collector {
    private final VaultCore core;
    private final Markers markers;
    private final Catalog catalog;
    private final long vaultFeatures;

    Collector(VaultCore core, Markers markers, Catalog catalog, long vaultFeatures) {
        this.core = core;
        this.markers = markers;
        this.catalog = catalog;
        this.vaultFeatures = vaultFeatures;
    }

    /** What the valid backups use, as one look saw it. */
    private record Seen(Contents contents, PackSet used, List<Damage> blocking) {}

    /** A condemned object and the packs that it names. */
    private record Condemned(String object, PackSet packs) {}

    /** The sessions that have not ended, and those that they adopted. */
    private record Open(Set<SessionId> sessions, Set<SessionId> adopted) {}

    CollectReport collect(ConsoleId console, Work work) throws IOException {
        work.stage(Stage.COLLECTING);
        Optional<Duration> staleness = core.store().staleness();
        if (staleness.isEmpty()) {
            return blocked(List.of(new Damage(
                    core.store().where(),
                    Damage.Reason.MISSING,
                    List.of(),
                    "this location does not say how far its listings lag")));
        }
        Seen first = look();
        if (!first.blocking().isEmpty()) {
            return blocked(first.blocking());
        }
        List<Damage> blocking = new ArrayList<>();
        Open open = open(blocking);
        List<Condemned> condemned = condemned(blocking);
        if (!blocking.isEmpty()) {
            return blocked(blocking);
        }
        PackSet candidates = candidates(first, open, condemned);
        if (!candidates.isEmpty()) {
            String object = markers.putCondemned(SessionId.random(core.random()), console, candidates);
            condemned.add(new Condemned(object, candidates));
        }
        work.checkpoint();
        pause(staleness.get().multipliedBy(2));
        // Rules 10 and 11: whoever might not have seen the condemnation is in this list, and must end first.
        Set<SessionId> still = condemned.isEmpty() ? Set.of() : open(blocking).sessions();
        if (!still.isEmpty() || !blocking.isEmpty()) {
            return new CollectReport(
                    0, 0, List.copyOf(still), blocking, core.place().vault());
        }
        pause(staleness.get());
        Seen second = look();
        if (!second.blocking().isEmpty()) {
            return blocked(second.blocking());
        }
        return delete(second, condemned, staleness.get(), work);
    }

    private CollectReport blocked(List<Damage> blocking) {
        return new CollectReport(0, 0, List.of(), blocking, core.place().vault());
    }

    private static void pause(Duration lag) throws IOException {
        if (lag.isZero()) {
            return;
        }
        try {
            Thread.sleep(lag);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while waiting for the store");
        }
    }

    /** Rule 12: everything must be readable and understood, or nothing may be deleted. */
    private Seen look() throws IOException {
        Contents contents = catalog.look();
        List<Damage> blocking = new ArrayList<>(contents.damaged());
        if ((vaultFeatures & ~Sealing.KNOWN_FEATURES) != 0) {
            blocking.add(newer(Names.HEADER + 1));
        }
        core.store().list("ledger/").forEach(object -> blocking.add(newer(object.name())));
        PackSet used = new PackSet();
        for (Commit commit : contents.backups().values()) {
            if ((commit.features() & ~Sealing.KNOWN_FEATURES) != 0) {
                blocking.add(newer(Names.COMMIT + commit.id()));
            }
            try {
                used.addAll(catalog.uses(commit));
            } catch (DamagedException e) {
                blocking.add(damage(e, List.of(commit.id())));
            }
        }
        return new Seen(contents, used, blocking);
    }

    private static Damage newer(String object) {
        return new Damage(object, Damage.Reason.NEWER, List.of(), "has a feature that this version does not know");
    }

    private static Damage damage(DamagedException e, List<SessionId> backups) {
        return new Damage(e.object(), e.reason(), backups, String.valueOf(e.getMessage()));
    }

    private Open open(List<Damage> blocking) throws IOException {
        Open open = new Open(new HashSet<>(), new HashSet<>());
        for (StoredObject object : core.store().list(Names.SESSION)) {
            try {
                SessionId id = SessionId.of(object.name().substring(Names.SESSION.length()));
                if (!markers.present(Names.COMMIT + id) && !markers.gone(id)) {
                    open.adopted().addAll(markers.getSession(id).adopted());
                    open.sessions().add(id);
                }
            } catch (IllegalArgumentException e) {
                blocking.add(new Damage(object.name(), Damage.Reason.DAMAGED, List.of(), "is no session's name"));
            } catch (DamagedException e) {
                blocking.add(damage(e, List.of()));
            } catch (StoreException e) {
                // Ended and tidied away since the listing.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return open;
    }

    private List<Condemned> condemned(List<Damage> blocking) throws IOException {
        List<Condemned> found = new ArrayList<>();
        for (StoredObject object : core.store().list(Names.CONDEMNED)) {
            try {
                found.add(new Condemned(object.name(), markers.getCondemned(object.name())));
            } catch (DamagedException e) {
                blocking.add(damage(e, List.of()));
            } catch (StoreException e) {
                // Another collector finished with it.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return found;
    }

    /** Rule 9. */
    private PackSet candidates(Seen seen, Open open, List<Condemned> condemned) throws IOException {
        PackSet candidates = new PackSet();
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            for (PackId pack : StoredPacks.list(core.store(), type).ids()) {
                SessionId session = pack.session();
                boolean over = seen.contents().gone().contains(session)
                        && !seen.contents().backups().containsKey(session)
                        && !open.sessions().contains(session)
                        && !open.adopted().contains(session)
                        && markers.gone(session);
                if (over && !seen.used().contains(type, pack)) {
                    candidates.add(type, pack);
                }
            }
        }
        condemned.forEach(known -> candidates.removeAll(known.packs()));
        return candidates;
    }

    /** Rules 13 and 14: index segments, packs, condemnations, in this order, each durable before the next. */
    private CollectReport delete(Seen seen, List<Condemned> condemned, Duration lag, Work work) throws IOException {
        PackSet dead = new PackSet();
        condemned.forEach(known -> dead.addAll(known.packs()));
        dead.removeAll(seen.used());
        Map<ObjectType, StoredPacks> stored = new EnumMap<>(ObjectType.class);
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            stored.put(type, StoredPacks.list(core.store(), type));
        }
        long freed = dropIndex(stored, dead);
        core.store().syncDeletes();
        int count = 0;
        for (Map.Entry<ObjectType, StoredPacks> kind : stored.entrySet()) {
            for (PackId pack : dead.packs(kind.getKey())) {
                work.checkpoint();
                StoredPacks.Stored kept = kind.getValue().remove(pack);
                if (kept != null) {
                    for (String copy : kept.copies()) {
                        core.store().delete(copy);
                    }
                    core.packs().forget(kind.getKey(), pack);
                    freed += kept.size();
                    count++;
                    work.advance(kept.size());
                }
            }
        }
        core.store().syncDeletes();
        pause(lag);
        for (Condemned known : condemned) {
            // What is still in use stays condemned, so that the next backup moves away from it.
            if (!known.packs().intersects(seen.used())) {
                core.store().delete(known.object());
            }
        }
        freed += tidy(seen, stored);
        core.store().syncDeletes();
        return new CollectReport(
                freed, count, List.of(), List.of(), core.place().vault());
    }

    /** Segments of sessions of which nothing is left. Entries of others that became stale are harmless: only hints. */
    private long dropIndex(Map<ObjectType, StoredPacks> stored, PackSet dead) throws StoreException {
        Set<SessionId> alive = new HashSet<>();
        stored.forEach((type, packs) -> packs.ids().forEach(pack -> {
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

    /** Small objects of gone sessions; their final markers stay for ever. */
    private long tidy(Seen seen, Map<ObjectType, StoredPacks> stored) throws IOException {
        Set<SessionId> withPacks = new HashSet<>();
        stored.values().forEach(packs -> packs.ids().forEach(pack -> withPacks.add(pack.session())));
        long freed = 0;
        for (String prefix : List.of(Names.USES, Names.ABOUT, Names.COMMIT, Names.ASK, Names.SESSION)) {
            for (StoredObject object : core.store().list(prefix)) {
                SessionId session = session(object.name().substring(prefix.length()));
                if (session == null || !seen.contents().gone().contains(session) || !markers.gone(session)) {
                    continue;
                }
                // A session that still has packs can be adopted, for which its object is needed.
                if (!prefix.equals(Names.SESSION) || !withPacks.contains(session)) {
                    core.store().delete(object.name());
                    core.store().sweep(Names.packs(ObjectType.DATA, session));
                    core.store().sweep(Names.packs(ObjectType.MAP, session));
                    freed += object.size();
                }
            }
        }
        return freed;
    }

    private static @org.jspecify.annotations.Nullable SessionId session(String text) {
        return text.matches("[0-9a-f]{32}") ? SessionId.of(text) : null;
    }
}
