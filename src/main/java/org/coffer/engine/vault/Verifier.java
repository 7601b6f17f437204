package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.coffer.engine.work.Stage;
import org.coffer.engine.work.Work;

/**
 * Checks backups, and names for each damaged object exactly the backups that it hits.
 *
 * <p><b>Work.</b> What backups share is looked at once: each inner node, and each pack. Only if something is wrong is
 * every backup walked by itself, to learn whom it hits; most vaults never pay for that.
 */
final class Verifier {
    private final VaultCore core;
    private final Catalog catalog;
    private final BlockIndex index;
    private final Work work;
    private final Map<String, Found> found = new LinkedHashMap<>();
    /** How many stretches of disks are listed of all backups together: one takes some 50 bytes of memory. */
    private static final int MOST_RUNS = 200_000;

    private final Map<SessionId, DamagedRanges> ranges = new HashMap<>();
    private final Map<PackId, BitSet> badBlocks = new HashMap<>();
    private final Map<PackId, BitSet> badNodes = new HashMap<>();
    /** Packs of blocks that could not be opened, so that each is tried once. */
    private final Map<PackId, DamagedException> unusable = new HashMap<>();
    /** The same of packs of nodes, as far as their bytes were read. */
    private final Map<PackId, DamagedException> unusableMaps = new HashMap<>();

    private String reached = "";
    private int runs;
    private long objects;
    private long blocks;

    /** Damage of one object while the backups it hits are being gathered. */
    private record Found(Damage.Reason reason, String detail, Set<SessionId> backups) {}

    /** Is told of trouble in the structure, and the block of a leaf that it hits. */
    @FunctionalInterface
    private interface Trouble {
        void at(int block, DamagedException damage);
    }

    Verifier(VaultCore core, Catalog catalog, BlockIndex index, Work work) {
        this.core = core;
        this.catalog = catalog;
        this.index = index;
        this.work = work;
    }

    /**
     * Checks some backups, and what no backup needs.
     *
     * @param unseen damage that is known already, of backups that cannot be looked at
     */
    VerifyReport verify(Collection<Commit> backups, List<Damage> unseen, Round round) throws IOException {
        work.stage(Stage.CHECKING);
        PackSet packs = new PackSet();
        boolean sound = together(backups, packs);
        objects = (long) backups.size()
                + packs.packs(ObjectType.DATA).size()
                + packs.packs(ObjectType.MAP).size();
        long bytes = read(PackRound.of(core.store(), packs, round));
        if (!sound || found.values().stream().anyMatch(what -> what.backups.isEmpty())) {
            for (Commit commit : backups) {
                alone(commit);
            }
        }
        unseen.forEach(damage -> found.putIfAbsent(
                damage.object(), new Found(damage.reason(), damage.detail(), new TreeSet<>(damage.backups()))));
        // Last, because of damage to the rest a check that is interrupted need not be told again.
        Sundries sundries = new Sundries(core, index, work);
        sundries.check(round.percent() == 100)
                .forEach(damage -> found.putIfAbsent(
                        damage.object(), new Found(damage.reason(), damage.detail(), new TreeSet<>())));
        objects += sundries.objects();
        return report(bytes);
    }

    /**
     * Checks one pack, and names the backups that its damage hits.
     *
     * @param backups among these
     */
    VerifyReport pack(Collection<Commit> backups, ObjectType type, PackId pack) throws IOException {
        work.stage(Stage.CHECKING);
        objects = 1;
        List<Commit> users = new ArrayList<>();
        for (Commit commit : backups) {
            try {
                if (catalog.uses(commit).contains(type, pack)) {
                    users.add(commit);
                }
            } catch (DamagedException e) {
                users.add(commit);
            }
        }
        PackCheck check = new PackCheck(core, work);
        try {
            look(check, type, pack);
        } catch (DamagedException e) {
            (type == ObjectType.MAP ? unusableMaps : unusable).put(pack, e);
            users.forEach(commit -> add(e, commit.id()));
        }
        for (Commit commit : users) {
            alone(commit);
        }
        return report(check.bytes());
    }

    private VerifyReport report(long bytes) {
        List<Damage> damaged = new ArrayList<>();
        found.forEach(
                (object, what) -> damaged.add(new Damage(object, what.reason, List.copyOf(what.backups), what.detail)));
        return new VerifyReport(damaged, ranges, objects, blocks, bytes, reached);
    }

    private Found found(DamagedException damage) {
        return found.computeIfAbsent(
                damage.object(),
                object -> new Found(damage.reason(), String.valueOf(damage.getMessage()), new TreeSet<>()));
    }

    private void add(DamagedException damage, SessionId backup) {
        found(damage).backups.add(backup);
    }

    /** The structure of all backups, what they share once; whether nothing is wrong with it. */
    private boolean together(Collection<Commit> backups, PackSet packs) throws IOException {
        TreeWalk walk = new TreeWalk(core);
        int[] troubles = {0};
        for (Commit commit : backups) {
            attachments(commit);
            for (DiskRoot disk : commit.disks()) {
                walk.walk(disk, new TreeWalk.Visitor() {
                    @Override
                    public void leaf(long index, LeafNode leaf, TreeShape shape) throws IOException {
                        work.checkpoint();
                        blocks += check(index, leaf, shape, (_, _) -> troubles[0]++);
                        leaf.packs().forEach(pack -> packs.add(ObjectType.DATA, pack));
                    }

                    @Override
                    public void damaged(DamagedException damage) {
                        troubles[0]++;
                    }

                    @Override
                    public void node(NodePointer pointer) {
                        packs.add(ObjectType.MAP, pointer.pack());
                    }
                });
            }
        }
        return troubles[0] == 0;
    }

    private void attachments(Commit commit) throws IOException {
        try {
            catalog.readUses(commit);
        } catch (DamagedException e) {
            add(e, commit.id());
        }
        try {
            catalog.about(commit);
        } catch (DamagedException e) {
            add(e, commit.id());
        }
    }

    /** Everything that is wrong with one backup, by what was found out before. */
    private void alone(Commit commit) throws IOException {
        var list = new RangeList(Math.min(DamagedRanges.MOST, MOST_RUNS - runs));
        for (DiskRoot disk : commit.disks()) {
            list.disk(disk.facts().name());
            TreeWalk.ofOne(core).walk(disk, new TreeWalk.Visitor() {
                @Override
                public void leaf(long index, LeafNode leaf, TreeShape shape) throws IOException {
                    work.checkpoint();
                    BitSet bad = new BitSet();
                    check(index, leaf, shape, (block, damage) -> {
                        add(damage, commit.id());
                        bad.set(block, isLoss(damage));
                    });
                    for (int i = 0; i < leaf.count(); i++) {
                        if (leaf.kind(i) == 2
                                && hit(
                                        commit.id(),
                                        ObjectType.DATA,
                                        leaf.packs().get(leaf.pack(i)),
                                        leaf.ordinal(i))) {
                            bad.set(i);
                        }
                    }
                    bad.stream().forEach(block -> {
                        long from = shape.from(0, index) + (long) block * DiskWriter.BLOCK;
                        list.add(from, from + shape.blockLength(index, block));
                    });
                }

                @Override
                public void node(NodePointer pointer, long from, long to) {
                    if (hit(commit.id(), ObjectType.MAP, pointer.pack(), pointer.ordinal())) {
                        list.add(from, to);
                    }
                }

                @Override
                public void damaged(DamagedException damage, long from, long to) {
                    add(damage, commit.id());
                    if (isLoss(damage)) {
                        list.add(from, to);
                    }
                }
            });
        }
        DamagedRanges all = list.ranges();
        if (all.bytes() > 0) {
            runs += all.runs().size();
            ranges.put(commit.id(), all);
        }
    }

    /** What a newer program wrote is not lost, only not to be read by this one. */
    private static boolean isLoss(DamagedException damage) {
        return damage.reason() != Damage.Reason.NEWER;
    }

    /** Whether what a backup has at a place is damaged, by what was read; it is named then. */
    private boolean hit(SessionId backup, ObjectType type, PackId pack, int ordinal) {
        DamagedException whole = type == ObjectType.MAP ? unusableMaps.get(pack) : null;
        if (whole != null) {
            add(whole, backup);
        }
        BitSet entries = bad(type).get(pack);
        boolean bad = entries != null && entries.get(ordinal);
        if (bad) {
            add(damaged(type, pack), backup);
        }
        return bad || (whole != null && isLoss(whole));
    }

    private Map<PackId, BitSet> bad(ObjectType type) {
        return type == ObjectType.MAP ? badNodes : badBlocks;
    }

    private static DamagedException damaged(ObjectType type, PackId pack) {
        return new DamagedException(Names.original(type, pack), "has damaged entries");
    }

    /** Whether the blocks of a leaf are where it says, by the contents of the packs; how many blocks those are. */
    private long check(long index, LeafNode leaf, TreeShape shape, Trouble trouble) throws IOException {
        long checked = 0;
        for (int i = 0; i < leaf.count(); i++) {
            if (leaf.kind(i) != 2) {
                continue;
            }
            checked++;
            PackId id = leaf.packs().get(leaf.pack(i));
            DamagedException known = unusable.get(id);
            if (known != null) {
                trouble.at(i, known);
                continue;
            }
            try {
                PackReader.OpenPack pack = core.packs().open(ObjectType.DATA, id);
                int ordinal = leaf.ordinal(i);
                boolean there = pack.trailer().has(ordinal)
                        && pack.trailer().length(ordinal) == shape.blockLength(index, i)
                        && pack.trailer().id(ordinal).equals(new BlockId(leaf.high(i), leaf.low(i)));
                if (!there) {
                    trouble.at(i, new DamagedException(pack.name(), "does not have the block it should have"));
                }
            } catch (DamagedException e) {
                unusable.put(id, e);
                trouble.at(i, e);
            }
        }
        return checked;
    }

    /** Reads packs byte by byte. */
    private long read(PackRound round) throws IOException {
        PackCheck check = new PackCheck(core, work);
        work.expect(round.bytes());
        for (PackRound.Stop stop : round.stops()) {
            try {
                look(check, stop.type(), stop.pack());
            } catch (DamagedException e) {
                // Whom it hits the structure tells, which is walked again for that.
                found(e);
                (stop.type() == ObjectType.MAP ? unusableMaps : unusable).put(stop.pack(), e);
            }
            reached = stop.name();
            if (found.isEmpty()) {
                // Whoever goes on after an interruption must meet the damage again: nobody was told of it yet.
                round.passed(stop);
            }
        }
        return check.bytes();
    }

    private void look(PackCheck check, ObjectType type, PackId pack) throws IOException {
        BitSet entries = check.check(type, pack);
        if (!entries.isEmpty()) {
            bad(type).put(pack, entries);
            found(damaged(type, pack));
        }
    }
}
