package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds blocks that a session may refer to: first those it stored itself, then the vault's index. When it remembers too
 * many it writes an index segment and goes on with an empty table; what is in memory stays bounded. Thread-safe.
 */
final class SessionBlocks {
    /** The number of a segment has four hexadecimal digits. */
    private static final int MOST_SEGMENTS = 1 << 16;

    private final VaultCore core;
    private final BlockIndex index;
    private final Scope scope;
    private final PackWriter packs;
    private final OwnBlocks own = new OwnBlocks();
    private int segments;

    SessionBlocks(VaultCore core, BlockIndex index, Scope scope, PackWriter packs) {
        this(core, index, scope, packs, 0);
    }

    /** @param segments how many this session has written already */
    SessionBlocks(VaultCore core, BlockIndex index, Scope scope, PackWriter packs, int segments) {
        this.segments = segments;
        this.core = core;
        this.index = index;
        this.scope = scope;
        this.packs = packs;
    }

    /** The place of a block that may be referred to, or -1. */
    long find(long high, long low, boolean fresh, Workbench bench) throws IOException {
        synchronized (own) {
            long place = own.find(high, low);
            if (place >= 0 && (!fresh || scope.mayFresh(scope.sessions().pack(place), SessionTable.ordinal(place)))) {
                return place;
            }
        }
        return index.find(high, low, hit -> accept(hit, fresh), bench);
    }

    private long accept(Segment.Hit hit, boolean fresh) {
        boolean allowed = fresh
                ? scope.mayFresh(hit.pack(), hit.ordinal())
                : scope.may(ObjectType.DATA, hit.pack(), hit.ordinal());
        return allowed ? scope.sessions().place(hit.pack(), hit.ordinal()) : -1;
    }

    /** Remembers the blocks of a frame that was appended. */
    void stored(Entries what, PackWriter.Placed placed) throws IOException {
        synchronized (own) {
            for (int i = 0; i < what.count; i++) {
                own.add(what.high[i], what.low[i], scope.sessions().place(placed.pack(), placed.first() + i));
            }
            if (own.size() < core.tuning().spill()) {
                return;
            }
        }
        spill();
    }

    /** Remembers all blocks of an adopted pack. */
    void adopt(PackId pack, PackTrailer contents) throws IOException {
        synchronized (own) {
            for (int ordinal = 0; ordinal < contents.entries(); ordinal++) {
                if (contents.has(ordinal) && scope.may(ObjectType.DATA, pack, ordinal)) {
                    BlockId id = contents.id(ordinal);
                    own.add(id.high(), id.low(), scope.sessions().place(pack, ordinal));
                }
            }
            if (own.size() < core.tuning().spill()) {
                return;
            }
        }
        spill();
    }

    private void remember(String segment, ByteBuffer stored) throws IOException {
        try {
            index.add(Segment.of(core, segment, stored));
        } catch (DamagedException e) {
            return; // Only hints: what comes again is stored again.
        }
    }

    /** Puts what is remembered as an index segment, after the packs that it names. */
    void spill() throws IOException {
        synchronized (own) {
            if (own.size() == 0) {
                return;
            }
            // In here, so that nothing joins the segment whose pack is not put. Packs are put without this lock.
            packs.flush();
            if (segments == MOST_SEGMENTS) {
                own.clear(); // Only hints: what comes again is stored again.
                return;
            }
            String name = Names.index(scope.own(), segments++);
            ByteBuffer bytes = new SegmentWriter(core).write(name, own, scope.sessions());
            core.store().put(name, bytes);
            remember(name, bytes);
            own.clear();
        }
    }
}
