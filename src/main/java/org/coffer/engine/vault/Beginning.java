package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.coffer.engine.store.StoreException;

/** Rules 1 and 2: begins a session, and finds out what it may refer to. The order of the steps is the protocol. */
final class Beginning {
    private final VaultCore core;
    private final Markers markers;
    private final Catalog catalog;
    private final BlockIndex index;

    Beginning(VaultCore core, Markers markers, Catalog catalog, BlockIndex index) {
        this.core = core;
        this.markers = markers;
        this.catalog = catalog;
        this.index = index;
    }

    /** A session that has begun, and what the vault held then. */
    record Begun(Session session, Contents contents) {}

    Begun begin(SessionId id, ConsoleId console, Collection<SessionId> adopt, Session.Ended ended) throws IOException {
        List<SessionId> adopted = withTheirs(adopt);
        markers.putSession(id, console, adopted);
        // Only now, and condemned first: whoever condemns after this waits for this session.
        PackSet condemned = new PackSet();
        boolean clear = markers.addCondemned(condemned);
        Contents contents = catalog.look();
        PackSet uses = new PackSet();
        for (Commit commit : contents.backups().values()) {
            addUses(commit, uses);
        }
        keepStored(uses);
        List<PackId> packs = clear ? adoptable(adopted, condemned) : List.of();
        PackSet adoptedPacks = new PackSet();
        packs.forEach(pack -> adoptedPacks.add(ObjectType.DATA, pack));
        Scope scope = clear
                ? Scope.of(id, uses, adoptedPacks, condemned)
                : new Scope(id, new PackSet(), uses, new SessionTable(List.of(id)));
        index.refresh();
        Session session = new Session(core, markers, index, console, scope, adopted, contents.heads(), ended);
        for (PackId pack : packs) {
            adopt(pack, session.blocks());
        }
        return new Begun(session, contents);
    }

    /** Adopting a session means adopting those it had adopted. */
    private List<SessionId> withTheirs(Collection<SessionId> adopt) throws IOException {
        List<SessionId> all = new ArrayList<>();
        List<SessionId> next = new ArrayList<>(adopt);
        while (!next.isEmpty()) {
            SessionId id = next.removeFirst();
            if (all.contains(id) || !markers.gone(id)) {
                continue;
            }
            all.add(id);
            if (markers.present(Names.SESSION + id)) {
                next.addAll(markers.getSession(id).adopted());
            }
        }
        return all;
    }

    private void addUses(Commit commit, PackSet uses) throws IOException {
        try {
            uses.addAll(catalog.uses(commit));
        } catch (DamagedException e) {
            // Without its uses nothing of that backup is referred to; what it shares is stored again.
            return;
        }
    }

    /** Leaves out packs that are lost, so that what they held is stored again instead of referred to. */
    private void keepStored(PackSet uses) throws StoreException {
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            StoredPacks stored = StoredPacks.list(core.store(), type);
            uses.keep(type, stored::contains);
        }
    }

    private List<PackId> adoptable(List<SessionId> adopted, PackSet condemned) throws IOException {
        List<PackId> packs = new ArrayList<>();
        for (SessionId session : adopted) {
            for (PackId pack :
                    StoredPacks.list(core.store(), ObjectType.DATA, session).ids()) {
                if (!condemned.contains(ObjectType.DATA, pack) && !packs.contains(pack)) {
                    packs.add(pack);
                }
            }
        }
        return packs;
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
