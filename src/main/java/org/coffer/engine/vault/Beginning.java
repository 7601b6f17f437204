package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Rules 1 and 2: begins a session, and finds out what it may refer to. The order of the steps is the protocol.
 *
 * <p><b>Work.</b> In proportion to the backups there are, and to the packs of the sessions that are adopted: the end of each is
 * read, and what it holds remembered as if this session had stored it.
 */
final class Beginning {
    /** Packs to be adopted that are opened side by side, where the way is long; so many contents fit into their cache. */
    private static final int AHEAD = 64;

    private final VaultCore core;
    private final Markers markers;
    private final Catalog catalog;
    private final BlockIndex index;
    private final LostPacks lost;

    Beginning(VaultCore core, Markers markers, Catalog catalog, BlockIndex index, LostPacks lost) {
        this.core = core;
        this.markers = markers;
        this.catalog = catalog;
        this.index = index;
        this.lost = lost;
    }

    /** A session that has begun, and what the vault held then. */
    record Begun(Session session, Contents contents) {}

    /** What the steps of a beginning find out, one after the other. */
    private static final class Found {
        final Condemned condemned = Condemned.none();
        final PackSet uses = new PackSet();
        final PackSet adopted = new PackSet();
        Contents contents = Contents.empty();
        boolean clear;
    }

    /** @param spared not adopted either, though one that is had adopted them */
    Begun begin(
            SessionId id, ConsoleId console, Collection<SessionId> adopt, Set<SessionId> spared, Session.Ended ended)
            throws IOException {
        List<SessionId> sessions = withTheirs(adopt, spared);
        Found found = new Found();
        for (Protocol.Begin step : Protocol.STANDARD.beginning()) {
            switch (step) {
                case PUT_SESSION -> markers.putSession(id, console, sessions);
                case LIST_CONDEMNED -> found.clear = markers.addCondemned(found.condemned);
                case LOOK_AT_BACKUPS ->
                    // The index has only hints, whenever it was looked at.
                    SideBySide.small(core.store(), List.of(() -> look(found), index::refresh));
                case LOOK_AT_ADOPTED -> lookAtAdopted(sessions, found.adopted);
            }
        }
        Scope scope = Scope.of(id, found.uses, found.adopted, found.condemned, found.clear);
        Session session = new Session(core, markers, index, console, scope, sessions, found.contents.heads(), ended);
        adoptAll(
                found.adopted.packs(ObjectType.DATA).stream()
                        .filter(pack -> scope.may(ObjectType.DATA, pack))
                        .toList(),
                session.blocks());
        return new Begun(session, found.contents);
    }

    private void adoptAll(List<PackId> packs, SessionBlocks blocks) throws IOException {
        boolean far = core.store().readsAtOnce() > 1;
        for (int from = 0; from < packs.size(); from += AHEAD) {
            List<PackId> some = packs.subList(from, Math.min(packs.size(), from + AHEAD));
            if (far) {
                List<SideBySide.Act> reads = new ArrayList<>();
                some.forEach(pack -> reads.add(() -> openIfSound(pack)));
                SideBySide.small(core.store(), reads);
            }
            for (PackId pack : some) {
                adopt(pack, blocks);
            }
        }
    }

    private void openIfSound(PackId pack) throws IOException {
        try {
            core.packs().open(ObjectType.DATA, pack);
        } catch (DamagedException e) {
            return; // Whoever adopts it meets it again.
        }
    }

    private void look(Found found) throws IOException {
        found.contents = catalog.look();
        catalog.usesAhead(found.contents.backups().values());
        for (Commit commit : found.contents.backups().values()) {
            addUses(commit, found.uses);
        }
        lost.leaveOut(found.uses);
    }

    /**
     * Adopting a session means adopting those it had adopted, but for those that somebody else goes on with: a run that goes on and dies
     * while it begins leaves a session that names them, before anybody knows whose it is.
     */
    private List<SessionId> withTheirs(Collection<SessionId> adopt, Set<SessionId> spared) throws IOException {
        List<SessionId> all = new ArrayList<>();
        List<SessionId> next = new ArrayList<>(adopt);
        while (!next.isEmpty()) {
            SessionId id = next.removeFirst();
            if (!all.contains(id) && !spared.contains(id) && over(id)) {
                all.add(id);
                next.addAll(markers.adoptedBy(id));
            }
        }
        return all;
    }

    /** Of what cannot be read nobody is certain that it is over: what it stored is stored again. */
    private boolean over(SessionId id) throws IOException {
        try {
            return markers.gone(id);
        } catch (DamagedException e) {
            return false;
        }
    }

    private void addUses(Commit commit, PackSet uses) throws IOException {
        try {
            uses.addAll(catalog.uses(commit));
        } catch (DamagedException e) {
            // Without its uses nothing of that backup is referred to; what it shares is stored again.
            return;
        }
    }

    private void lookAtAdopted(List<SessionId> sessions, PackSet packs) throws IOException {
        for (SessionId session : sessions) {
            Markers.Why why = markers.why(session);
            if (Protocol.STANDARD.mayAdopt(why != null, why == Markers.Why.PURGED, markers.spent(session))) {
                StoredPacks.list(core.store(), ObjectType.DATA, session)
                        .ids()
                        .forEach(pack -> packs.add(ObjectType.DATA, pack));
            }
        }
    }

    private void adopt(PackId pack, SessionBlocks blocks) throws IOException {
        try {
            blocks.adopt(pack, core.packs().open(ObjectType.DATA, pack).trailer());
        } catch (DamagedException e) {
            // A pack cut short by the crash has nothing to adopt.
            return;
        }
    }
}
