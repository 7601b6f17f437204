package org.coffer.engine.vault;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import org.coffer.engine.store.StoredObject;

/** Counts what backups take up, and what purging them would free. Memory: a bit for each block that they use. */
final class SizeCounter {
    private final VaultCore core;
    private final Catalog catalog;
    private final Contents contents;

    SizeCounter(VaultCore core, Catalog catalog, Contents contents) {
        this.core = core;
        this.catalog = catalog;
        this.contents = contents;
    }

    Sizes count(Collection<SessionId> together) throws IOException {
        PackSet mine = new PackSet();
        PackSet others = new PackSet();
        long added = 0;
        catalog.usesAhead(contents.backups().values());
        for (Commit commit : contents.backups().values()) {
            boolean counted = together.contains(commit.id());
            (counted ? mine : others).addAll(catalog.uses(commit));
            added += counted ? commit.added() : 0;
        }
        PackSet alone = new PackSet().addAll(mine).removeAll(others);
        PackSet shared = new PackSet().addAll(mine).removeAll(alone);
        long freed = 0;
        for (ObjectType type : new ObjectType[] {ObjectType.DATA, ObjectType.MAP}) {
            for (SessionId session : alone.sessions()) {
                for (StoredObject object : core.store().list(Names.packs(type, session))) {
                    freed += alone(object, type, session, alone) ? object.size() : 0;
                }
            }
        }
        Liveness mineLive = live(shared, together, true);
        Liveness othersLive = live(shared, together, false);
        return new Sizes(
                added,
                freed,
                freed + wasted(together, shared, othersLive.live()),
                freed + sharedBlocks(mineLive, othersLive));
    }

    private Liveness live(PackSet packs, Collection<SessionId> together, boolean counted) throws IOException {
        Liveness liveness = new Liveness(core, catalog, packs);
        liveness.add(
                contents.backups().values().stream()
                        .filter(commit -> together.contains(commit.id()) == counted)
                        .toList(),
                () -> {});
        return liveness;
    }

    /** What rewriting frees once only the others are there. */
    private long wasted(Collection<SessionId> together, PackSet shared, EntrySet others) throws IOException {
        long bytes = 0;
        for (ObjectType type : new ObjectType[] {ObjectType.DATA, ObjectType.MAP}) {
            for (PackId pack : shared.packs(type)) {
                boolean stays = contents.backups().containsKey(pack.session()) && !together.contains(pack.session());
                if (!stays) {
                    PackTrailer trailer = core.packs().open(type, pack).trailer();
                    BitSet used = others.get(type, pack);
                    bytes += Waste.freed(trailer, Repacking.standard(), ordinal -> used == null || !used.get(ordinal));
                }
            }
        }
        return bytes;
    }

    private static boolean alone(StoredObject object, ObjectType type, SessionId session, PackSet alone) {
        String number = object.name().substring(Names.packs(type, session).length());
        return number.matches("00[0-9a-f]{6}\\..*")
                && alone.contains(type, new PackId(session, java.util.HexFormat.fromHexDigits(number, 0, 8)));
    }

    /** Stored bytes of the blocks that only these backups use, in packs that others use too. */
    private long sharedBlocks(Liveness own, Liveness others) throws IOException {
        double bytes = 0;
        for (PackId pack : own.live().packs(ObjectType.DATA)) {
            BitSet sole = new BitSet();
            BitSet mine = own.live().get(ObjectType.DATA, pack);
            BitSet theirs = others.live().get(ObjectType.DATA, pack);
            if (mine != null) {
                sole.or(mine);
            }
            if (theirs != null) {
                sole.andNot(theirs);
            }
            bytes += stored(pack, sole);
        }
        return Math.round(bytes);
    }

    private double stored(PackId pack, BitSet ordinals) throws IOException {
        if (ordinals.isEmpty()) {
            return 0;
        }
        PackTrailer contentsOfPack = core.packs().open(ObjectType.DATA, pack).trailer();
        double bytes = 0;
        for (int ordinal = ordinals.nextSetBit(0); ordinal >= 0; ordinal = ordinals.nextSetBit(ordinal + 1)) {
            int number = contentsOfPack.frameOf(ordinal);
            if (number >= 0) {
                PackTrailer.Frame frame = contentsOfPack.frame(number);
                bytes += (double) frame.stored()
                        * contentsOfPack.length(ordinal)
                        / Math.max(1, frame.shape().plain());
            }
        }
        return bytes;
    }
}
