package org.coffer.engine.vault;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/** What a collector looks at: rules 9 to 12, without a decision. What cannot be read is collected, and forbids deleting. */
final class Survey {
    private final VaultCore core;
    private final Markers markers;
    private final Catalog catalog;
    private final long vaultFeatures;
    private final LostCommits commits;

    Survey(VaultCore core, Markers markers, Catalog catalog, long vaultFeatures) {
        this.core = core;
        this.markers = markers;
        this.catalog = catalog;
        this.vaultFeatures = vaultFeatures;
        this.commits = new LostCommits(core, markers);
    }

    /** What the valid backups use, and which packs lie there, as one look saw it. */
    record Seen(Contents contents, PackSet used, Map<ObjectType, StoredPacks> packs) {
        StoredPacks stored(ObjectType type) {
            return Objects.requireNonNull(packs.get(type));
        }
    }

    /** A condemned object and what it names. */
    record Known(String object, Condemned what) {}

    /** The sessions that have not ended, and those that they adopted. */
    record Open(Set<SessionId> sessions, Set<SessionId> adopted) {}

    /** Rule 12: everything must be readable and understood, or nothing may be deleted. */
    Seen look(List<Damage> blocking) throws IOException {
        Contents contents = catalog.look();
        contents.damaged().stream().filter(damage -> forbids(damage.object())).forEach(blocking::add);
        if ((vaultFeatures & ~Sealing.KNOWN_FEATURES) != 0) {
            blocking.add(newer(Names.HEADER + 1));
        }
        for (String name : core.store().beneath("")) {
            if (!Names.known(name)) {
                blocking.add(newer(name));
            }
        }
        PackSet used = new PackSet();
        catalog.usesAhead(contents.backups().values());
        for (Commit commit : contents.backups().values()) {
            if ((commit.features() & ~Sealing.KNOWN_FEATURES) != 0) {
                blocking.add(newer(Names.COMMIT + commit.id()));
            }
            try {
                Catalog.Uses uses = catalog.used(commit);
                used.addAll(uses.packs());
                if (!uses.understood()) {
                    blocking.add(newer(Names.USES + commit.id()));
                }
            } catch (DamagedException e) {
                // Purged and tidied away since the listing: it uses nothing any more.
                if (e.reason() != Damage.Reason.MISSING || !markers.gone(commit.id())) {
                    unreadable(e, List.of(commit.id()), blocking);
                }
            }
        }
        Map<ObjectType, StoredPacks> packs = new EnumMap<>(ObjectType.class);
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            StoredPacks stored = StoredPacks.list(core.store(), type);
            stored.stranger().map(Survey::newer).ifPresent(blocking::add);
            packs.put(type, stored);
        }
        lookAtMarkers(contents, packs.values(), blocking);
        Set<SessionId> left = commits.left(packs.values());
        left.removeAll(contents.backups().keySet());
        left.removeAll(contents.gone());
        for (SessionId session : left) {
            lookForCommit(session, blocking);
        }
        return new Seen(contents, used, packs);
    }

    private void lookForCommit(SessionId session, List<Damage> blocking) throws IOException {
        try {
            if (commits.lost(session)) {
                blocking.add(new Damage(
                        Names.COMMIT + session,
                        Damage.Reason.VANISHED,
                        List.of(session),
                        "is gone without having been deleted; what it put is there"));
            }
        } catch (DamagedException e) {
            unreadable(e, List.of(session), blocking);
        }
    }

    /** The final markers by which packs are called dead. */
    private void lookAtMarkers(Contents contents, Collection<StoredPacks> packs, List<Damage> blocking)
            throws IOException {
        Set<SessionId> over = new HashSet<>();
        packs.forEach(stored -> stored.ids().forEach(pack -> over.add(pack.session())));
        over.retainAll(contents.gone());
        over.removeAll(contents.backups().keySet());
        for (SessionId session : over) {
            try {
                markers.gone(session);
            } catch (DamagedException e) {
                unreadable(e, List.of(), blocking);
            }
        }
        markers.notUnderstood().forEach(session -> blocking.add(newer(Names.GONE + session)));
    }

    private static Damage newer(String object) {
        return new Damage(object, Damage.Reason.NEWER, List.of(), "has a feature that this version does not know");
    }

    private static void unreadable(DamagedException e, List<SessionId> backups, List<Damage> blocking) {
        if (forbids(e.object())) {
            blocking.add(damage(e, backups));
        }
    }

    /** Whether nothing may be deleted as long as this object cannot be read. */
    static boolean forbids(String unreadable) {
        ObjectType type = Names.type(unreadable);
        return type == null || Protocol.STANDARD.unreadable(type).forbidsDeleting();
    }

    static Damage damage(DamagedException e, List<SessionId> backups) {
        return new Damage(e.object(), e.reason(), backups, String.valueOf(e.getMessage()));
    }

    /** Whether backups were deleted whose traces no collection has finished with. */
    boolean deletedSince(Seen seen) throws StoreException {
        for (StoredObject object : core.store().list(Names.COMMIT)) {
            SessionId session = Names.session(object.name(), Names.COMMIT);
            if (session != null && seen.contents().gone().contains(session)) {
                return true;
            }
        }
        return false;
    }

    /** The packs that deleted backups used of which traces are left; empty if nobody can say which. */
    Optional<PackSet> usedByDeleted(Seen seen) throws IOException {
        PackSet packs = new PackSet();
        for (StoredObject object : core.store().list(Names.COMMIT)) {
            SessionId session = Names.session(object.name(), Names.COMMIT);
            if (session != null && seen.contents().gone().contains(session)) {
                try {
                    packs.addAll(catalog.uses(catalog.commit(session)));
                } catch (DamagedException e) {
                    return Optional.empty();
                } catch (StoreException e) {
                    // Tidied away since the listing, or what it used was.
                    if (e.kind() != StoreException.Kind.MISSING) {
                        throw e;
                    }
                    return Optional.empty();
                }
            }
        }
        return Optional.of(packs);
    }

    /** The backups that use one of these packs, or of which nobody can say so. */
    Set<SessionId> touched(Seen seen, PackSet packs) throws IOException {
        Set<SessionId> touched = new HashSet<>();
        for (Commit commit : seen.contents().backups().values()) {
            try {
                if (catalog.uses(commit).intersects(packs)) {
                    touched.add(commit.id());
                }
            } catch (DamagedException e) {
                touched.add(commit.id());
            }
        }
        return touched;
    }

    /** Rule 11: the listed sessions that have not ended. */
    Open open(List<Damage> blocking) throws IOException {
        Open open = new Open(new HashSet<>(), new HashSet<>());
        for (StoredObject object : core.store().list(Names.SESSION)) {
            SessionId id = Names.session(object.name(), Names.SESSION);
            if (id == null) {
                blocking.add(new Damage(object.name(), Damage.Reason.DAMAGED, List.of(), "is no session's name"));
                continue;
            }
            try {
                boolean commit = markers.present(Names.COMMIT + id);
                if (!Protocol.STANDARD.ended(true, commit, commit || markers.gone(id))) {
                    Markers.Opening session = markers.getSession(id);
                    if (!session.understood()) {
                        blocking.add(newer(object.name()));
                    }
                    open.adopted().addAll(session.adopted());
                    open.sessions().add(id);
                }
            } catch (DamagedException e) {
                unreadable(e, List.of(), blocking);
            } catch (StoreException e) {
                // Ended and tidied away since the listing.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return open;
    }

    /**
     * What there is when everybody who might not know of a condemnation has ended.
     *
     * @param waiting sessions that have not; nothing is dead as long as there are any
     * @param seen what the valid backups use then; null if somebody has to be waited for or something cannot be read
     */
    record Decision(Set<SessionId> waiting, @Nullable Seen seen) {}

    /**
     * Rules 10 to 12 for something that is condemned already: finds out what it takes to say what is dead.
     *
     * @param condemned false if nothing is, so that nobody has to be waited for
     * @param blocking gets what cannot be read, because of which nothing may be called dead
     */
    Decision decide(boolean condemned, Duration lag, List<Damage> blocking, Work work) throws IOException {
        Seen seen = null;
        for (Protocol.Decide step : Protocol.STANDARD.deciding()) {
            switch (step) {
                case LIST_SESSIONS -> {
                    Set<SessionId> waiting = Set.of();
                    if (condemned) {
                        work.rest(lag.multipliedBy(Protocol.STANDARD.lagsBeforeSessions()));
                        waiting = open(blocking).sessions();
                    }
                    if (!waiting.isEmpty()) {
                        return new Decision(waiting, null);
                    }
                }
                case LOOK -> {
                    work.rest(lag.multipliedBy(Protocol.STANDARD.lagsBeforeLook()));
                    seen = look(blocking);
                }
            }
            if (!blocking.isEmpty()) {
                return new Decision(Set.of(), null);
            }
        }
        return new Decision(Set.of(), seen);
    }

    /** The same for somebody who only wants to know; empty if nothing may be called dead. */
    Optional<Seen> settled(Work work) throws IOException {
        Optional<Duration> staleness = core.store().staleness();
        return staleness.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(
                        decide(true, staleness.get(), new ArrayList<>(), work).seen());
    }

    /** Rule 14: what is condemned already, by whomever. */
    List<Known> condemned(List<Damage> blocking) throws IOException {
        List<Known> found = new ArrayList<>();
        for (StoredObject object : core.store().list(Names.CONDEMNED)) {
            try {
                found.add(new Known(object.name(), markers.getCondemned(object.name())));
            } catch (DamagedException e) {
                unreadable(e, List.of(), blocking);
            } catch (StoreException e) {
                // Another collector finished with it.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return found;
    }
}
