package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.coffer.engine.work.Work;

/**
 * Makes a damaged data pack whole again with blocks that lie elsewhere too: what a later backup of the same disk stored
 * anew heals the earlier ones that need it, and so does another vault that holds a copy of a backup, or what it was copied
 * from.
 *
 * <p>The new copy of the pack keeps the ordinals, so that no tree has to change, and has every block that some copy still
 * gives right or that is found elsewhere. It is put, and read back, before a lower copy is deleted (rule 13). A block that
 * cannot be had is left out only if it is dead (rule 12): the pack was condemned when its damage was found, everybody who
 * might not have known has ended, and no backup needs it. If a needed one cannot be had, nothing is changed.
 *
 * <p>Memory: one pack, and 40 bytes for each of its blocks.
 */
final class Healer {
    /** Room to begin with where no copy tells how much there will be. */
    private static final int LEAST_CAPACITY = 1 << 20;

    private final VaultCore core;
    private final Catalog catalog;
    private final BlockIndex index;
    private final Work work;
    private final List<Twin> twins;
    private final Succession succession;

    /** What came of it. */
    enum Outcome {
        /** Every block that a backup needs is there now. */
        WHOLE,
        /** Nothing was changed: a block that is needed cannot be had, or nobody needs the pack. */
        NOT_TO_BE_HAD,
        /** Nothing was changed: it takes leaving out blocks, of which nobody has found out yet that they are dead. */
        SOMETHING_TO_LEAVE_OUT
    }

    /** A block that the healed pack shall have. */
    private record Wanted(BlockId id, int length, boolean needed) {}

    /** A copy that can be opened, and which of its blocks are damaged. */
    private record Source(PackReader.OpenPack pack, BitSet bad) {}

    /** @param twins where content of this vault's backups is to be had besides */
    Healer(VaultCore core, Catalog catalog, BlockIndex index, List<Twin> twins, Work work) {
        this.core = core;
        this.catalog = catalog;
        this.index = index;
        this.work = work;
        this.twins = List.copyOf(twins);
        this.succession = new Succession(core);
    }

    /**
     * Heals a pack.
     *
     * @param backups all that there are
     * @param settled whether {@code backups} are what {@link Survey#settled} saw, so that what none of them needs is dead
     */
    Outcome heal(PackId pack, Collection<Commit> backups, boolean settled) throws IOException {
        boolean[] unread = {false};
        NavigableMap<Integer, Wanted> wanted = needed(pack, backups, unread);
        boolean mayLeaveOut = settled && !unread[0];
        StoredPacks.Stored there =
                StoredPacks.list(core.store(), ObjectType.DATA, pack.session()).get(pack);
        List<StoredPacks.Named> copies = there == null ? List.of() : there.copies();
        Succession.Line line = succession.open(copies);
        List<Source> sources = sources(line);
        for (Source source : sources) {
            if (!source.pack().understood()) {
                return Outcome.NOT_TO_BE_HAD; // A copy of ours would be without whatever a newer program added.
            }
            if (!add(source.pack().trailer(), wanted)) {
                return Outcome.NOT_TO_BE_HAD;
            }
        }
        if (wanted.values().stream().noneMatch(Wanted::needed)) {
            return Outcome.NOT_TO_BE_HAD;
        }
        if (sources.isEmpty() && !mayLeaveOut) {
            return Outcome.SOMETHING_TO_LEAVE_OUT; // Nobody knows what else was in it.
        }
        OptionalInt generation = line.next();
        if (generation.isEmpty()) {
            return Outcome.NOT_TO_BE_HAD;
        }
        Copy mine = new Copy(generation.getAsInt(), core.random().nextLong());
        String name = Names.copy(ObjectType.DATA, pack, mine);
        Healed healed = build(name, pack, wanted, sources, mayLeaveOut);
        if (healed.object().isEmpty()) {
            return healed.outcome();
        }
        return succeed(pack, mine, name, copies, healed.object().toArray(ByteBuffer[]::new))
                ? Outcome.WHOLE
                : Outcome.NOT_TO_BE_HAD;
    }

    /** Puts the new copy; false if it does not read back, and then nothing of it is left. */
    private boolean succeed(PackId pack, Copy mine, String name, List<StoredPacks.Named> copies, ByteBuffer[] object)
            throws IOException {
        try {
            succession.succeed(pack, ObjectType.DATA, mine, copies, new Succession.Heir() {
                @Override
                public void put() throws IOException {
                    core.store().put(name, object);
                }

                @Override
                public void readBack() throws IOException {
                    PackReader.OpenPack written = core.packs().openCopy(ObjectType.DATA, name);
                    if (!new PackCheck(core, work)
                            .check(ObjectType.DATA, written)
                            .isEmpty()) {
                        throw new DamagedException(name, "does not read back as it was put");
                    }
                }
            });
        } catch (DamagedException e) {
            core.store().delete(name);
            return false;
        }
        core.store().syncDeletes();
        return true;
    }

    /** What the backups need of a pack; {@code unread} is set if a tree cannot be read. */
    private NavigableMap<Integer, Wanted> needed(PackId pack, Collection<Commit> backups, boolean[] unread)
            throws IOException {
        NavigableMap<Integer, Wanted> needed = new TreeMap<>();
        TreeWalk walk = new TreeWalk(core);
        for (Commit commit : backups) {
            try {
                if (!catalog.uses(commit).contains(ObjectType.DATA, pack)) {
                    continue;
                }
            } catch (DamagedException e) {
                // What it uses is not known, so its tree is looked at.
                work.checkpoint();
            }
            for (DiskRoot disk : commit.disks()) {
                walk.walk(disk, new TreeWalk.Visitor() {
                    @Override
                    public void leaf(long index, LeafNode leaf, TreeShape shape) {
                        work.checkpoint();
                        for (int i = 0; i < leaf.count(); i++) {
                            if (leaf.kind(i) == 2
                                    && leaf.packs().get(leaf.pack(i)).equals(pack)) {
                                BlockId id = new BlockId(leaf.high(i), leaf.low(i));
                                needed.put(leaf.ordinal(i), new Wanted(id, shape.blockLength(index, i), true));
                            }
                        }
                    }

                    @Override
                    public void damaged(DamagedException damage) {
                        unread[0] = true;
                    }
                });
            }
        }
        return needed;
    }

    private List<Source> sources(Succession.Line line) throws IOException {
        List<Source> sources = new ArrayList<>();
        PackCheck check = new PackCheck(core, work);
        for (PackReader.OpenPack open : line.opened()) {
            sources.add(new Source(open, check.check(ObjectType.DATA, open)));
        }
        return sources;
    }

    /** Adds what a copy has; false if it contradicts the trees. */
    private static boolean add(PackTrailer trailer, Map<Integer, Wanted> wanted) {
        for (int ordinal = 0; ordinal < trailer.entries(); ordinal++) {
            if (!trailer.has(ordinal)) {
                continue;
            }
            Wanted has = new Wanted(trailer.id(ordinal), trailer.length(ordinal), false);
            Wanted known = wanted.putIfAbsent(ordinal, has);
            if (known != null && !(known.id().equals(has.id()) && known.length() == has.length())) {
                return false;
            }
        }
        return true;
    }

    /** A healed copy, or why there is none: then nothing. */
    private record Healed(Outcome outcome, List<ByteBuffer> object) {}

    private Healed build(
            String name, PackId pack, NavigableMap<Integer, Wanted> wanted, List<Source> sources, boolean mayLeaveOut)
            throws IOException {
        PackCopy copy = new PackCopy(ObjectType.DATA, name, core.sealing(), capacity(sources));
        boolean leftOut = false;
        TwinBlocks elsewhere = new TwinBlocks(core, pack, twins, work);
        try (Workbench bench = core.benches().take();
                Workbench reading = core.benches().take()) {
            for (int first = 0; first <= wanted.lastKey(); first += PackTrailer.MANY_ENTRIES) {
                work.checkpoint();
                Entries entries = new Entries();
                int begin = -1;
                int filled = 0;
                int bytes = 0;
                for (var entry :
                        wanted.subMap(first, first + PackTrailer.MANY_ENTRIES).entrySet()) {
                    Wanted block = entry.getValue();
                    if (!fetch(pack, entry.getKey(), block, sources, reading, bench.gather, bytes)
                            && !elsewhere.read(
                                    entry.getKey(), block.id(), block.length(), reading, bench.gather, bytes)) {
                        if (!Protocol.STANDARD.dead(true, block.needed())) {
                            return new Healed(Outcome.NOT_TO_BE_HAD, List.of());
                        }
                        leftOut = true;
                        continue;
                    }
                    begin = begin < 0 ? entry.getKey() : begin;
                    while (begin + entries.count < entry.getKey()) {
                        entries.add(0, 0, 0);
                    }
                    entries.add(block.id().high(), block.id().low(), block.length());
                    bytes += block.length();
                    filled++;
                }
                if (filled > 0) {
                    copy.add(bench, entries, begin, bench.compressBlocks(bench.gather, 0, entries.bytes));
                }
            }
            if (leftOut && !mayLeaveOut) {
                return new Healed(Outcome.SOMETHING_TO_LEAVE_OUT, List.of());
            }
            return new Healed(Outcome.WHOLE, List.of(copy.finish(bench)));
        }
    }

    /** How much room a healed copy will take, as far as the others tell: as much as the largest of them. */
    private static int capacity(List<Source> sources) {
        int most = LEAST_CAPACITY;
        for (Source source : sources) {
            PackTrailer trailer = source.pack().trailer();
            most = trailer.frames() == 0
                    ? most
                    : Math.max(most, trailer.frame(trailer.frames() - 1).end());
        }
        return most;
    }

    /** Gets one block from a copy of its own pack, or from any other that has it. */
    private boolean fetch(
            PackId pack, int ordinal, Wanted block, List<Source> sources, Workbench bench, ByteBuffer out, int at)
            throws IOException {
        for (Source source : sources) {
            if (source.pack().trailer().has(ordinal)
                    && !source.bad().get(ordinal)
                    && read(source.pack(), ordinal, block, bench, out, at)) {
                return true;
            }
        }
        List<Segment.Hit> hits = new ArrayList<>();
        index.find(
                block.id().high(),
                block.id().low(),
                hit -> {
                    if (!hit.pack().equals(pack)) {
                        hits.add(hit);
                    }
                    return -1;
                },
                bench);
        for (Segment.Hit hit : hits) {
            try {
                if (read(core.packs().open(ObjectType.DATA, hit.pack()), hit.ordinal(), block, bench, out, at)) {
                    return true;
                }
            } catch (DamagedException e) {
                // Only a hint; another place may have it.
                work.checkpoint();
            }
        }
        return false;
    }

    private boolean read(PackReader.OpenPack from, int ordinal, Wanted block, Workbench bench, ByteBuffer out, int at)
            throws IOException {
        PackTrailer trailer = from.trailer();
        if (!trailer.has(ordinal)
                || trailer.length(ordinal) != block.length()
                || !trailer.id(ordinal).equals(block.id())) {
            return false;
        }
        PackTrailer.Frame frame = trailer.frame(trailer.frameOf(ordinal));
        try {
            ByteBuffer fetched = core.packs().fetch(from, frame.markEnd(), frame.stored(), bench);
            PackReader.expand(from, frame, fetched, 0, bench, bench.gather, 0);
        } catch (DamagedException e) {
            return false;
        }
        bench.hashBlock(bench.gather, trailer.offsetInFrame(ordinal), block.length());
        if (!new BlockId(bench.idHigh(), bench.idLow()).equals(block.id())) {
            return false;
        }
        out.put(at, bench.gather, trailer.offsetInFrame(ordinal), block.length());
        return true;
    }
}
