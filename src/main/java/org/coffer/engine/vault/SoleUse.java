package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * Counts for many backups of a vault at once what each alone uses.
 *
 * <p>After a change only of those that share packs with what changed, because of no other can it be different: then the
 * trees of these are walked, and of those that share packs with them.
 *
 * <p>The trees of disks of one size are walked together, place by place: what several backups have at a place belongs to
 * <em>many</em>, and all below it too, and is read once. A node that is met again elsewhere, as on a disk that has grown, is
 * entered once more at most. Memory: half a byte for each block in use where few backups share a pack, an entry for each
 * inner node (one for each GiB of a disk), and on the way down the pointers of one node of each different tree a level.
 */
final class SoleUse {
    private static final int MANY = Owners.MANY;

    /** Packs that are opened side by side; small beside what the reader of packs remembers. */
    private static final int AHEAD = 32;

    /** A stored block, as leaves write it. */
    private static final int KIND_DATA = 2;

    private final VaultCore core;
    private final Catalog catalog;
    private final List<Commit> backups;
    /** Those that are not asked about, but may share something with those that are. */
    private final Set<SessionId> beside;

    private final Map<Spot, Integer> nodes = new HashMap<>();
    private final Map<PackId, Owners> blocks = new HashMap<>();
    private final Map<PackId, Owners> stored = new HashMap<>();

    private record Spot(PackId pack, int ordinal) {}

    /** Of all backups. */
    SoleUse(VaultCore core, Catalog catalog, Contents contents) {
        this(core, catalog, contents.backups().values(), Set.of());
    }

    private SoleUse(VaultCore core, Catalog catalog, Collection<Commit> backups, Set<SessionId> beside) {
        this.core = core;
        this.catalog = catalog;
        this.backups = List.copyOf(backups);
        this.beside = beside;
    }

    /** Of those that share packs with some backups, and of these themselves as far as they are there. */
    static SoleUse around(VaultCore core, Catalog catalog, Contents contents, Set<SessionId> changed)
            throws IOException {
        Set<SessionId> near = sharing(catalog, contents, changed);
        Set<SessionId> all = sharing(catalog, contents, near);
        Set<SessionId> beside = new HashSet<>(all);
        beside.removeAll(near);
        List<Commit> counted = contents.backups().values().stream()
                .filter(commit -> all.contains(commit.id()))
                .toList();
        return new SoleUse(core, catalog, counted, beside);
    }

    private static Set<SessionId> sharing(Catalog catalog, Contents contents, Set<SessionId> with) throws IOException {
        PackSet packs = new PackSet();
        for (SessionId id : with) {
            Commit commit = contents.backups().get(id);
            if (commit != null) {
                packs.addAll(catalog.uses(commit));
            }
        }
        Set<SessionId> found = new HashSet<>();
        for (Commit commit : contents.backups().values()) {
            if (with.contains(commit.id()) || catalog.uses(commit).intersects(packs)) {
                found.add(commit.id());
            }
        }
        return found;
    }

    /** By backup: what it added, and what only it uses. */
    Map<SessionId, Sizes> count() throws IOException {
        for (var roots : rootsBySize().entrySet()) {
            TreeShape shape = new TreeShape(roots.getKey());
            enter(roots.getValue(), shape.height(), 0, shape);
        }
        Map<PackId, Integer> dataOwners = packOwners(ObjectType.DATA);
        double[] alone = new double[backups.size() + 1];
        long[] whole = new long[backups.size() + 1];
        addWholePacks(ObjectType.DATA, dataOwners, whole);
        Map<PackId, Integer> mapOwners = packOwners(ObjectType.MAP);
        addWholePacks(ObjectType.MAP, mapOwners, whole);
        addSharedPacks(dataOwners, alone);
        long[] wasted = new long[backups.size() + 1];
        addWaste(ObjectType.DATA, dataOwners, blocks, wasted);
        addWaste(ObjectType.MAP, mapOwners, stored, wasted);
        Map<SessionId, Sizes> sizes = new TreeMap<>();
        for (int i = 0; i < backups.size(); i++) {
            Commit commit = backups.get(i);
            if (beside.contains(commit.id())) {
                continue;
            }
            sizes.put(
                    commit.id(),
                    new Sizes(
                            commit.added(),
                            whole[i + 1],
                            whole[i + 1] + wasted[i + 1],
                            whole[i + 1] + Math.round(alone[i + 1])));
        }
        return sizes;
    }

    /** By the size of a disk in bytes: the roots of its trees, and whose each is. */
    private Map<Long, Map<NodePointer, Integer>> rootsBySize() {
        Map<Long, Map<NodePointer, Integer>> roots = new TreeMap<>();
        for (int i = 0; i < backups.size(); i++) {
            for (DiskRoot disk : backups.get(i).disks()) {
                NodePointer root = disk.root();
                if (root != null && disk.size() > 0) {
                    share(roots.computeIfAbsent(disk.size(), size -> new LinkedHashMap<>()), root, i + 1);
                }
            }
        }
        return roots;
    }

    private static void share(Map<NodePointer, Integer> owners, NodePointer pointer, int owner) {
        owners.merge(pointer, owner, (known, another) -> known.equals(another) ? known : MANY);
    }

    /** Enters the different nodes that the trees have at one place. */
    private void enter(Map<NodePointer, Integer> owners, int level, long index, TreeShape shape) throws IOException {
        if (level == 0) {
            for (var entry : owners.entrySet()) {
                NodePointer leaf = entry.getKey();
                own(stored, leaf.pack(), leaf.ordinal(), entry.getValue());
                mark(TreeReader.readLeaf(core.packs(), core.benches(), leaf, shape.blocksIn(index)), entry.getValue());
            }
            return;
        }
        List<Map<NodePointer, Integer>> below = new ArrayList<>();
        for (int i = 0; i < shape.childrenOf(level, index); i++) {
            below.add(new LinkedHashMap<>());
        }
        for (var entry : owners.entrySet()) {
            descend(entry.getKey(), entry.getValue(), level, below);
        }
        for (int i = 0; i < below.size(); i++) {
            if (!below.get(i).isEmpty()) {
                enter(below.get(i), level - 1, index * InnerNode.FAN_OUT + i, shape);
            }
        }
    }

    /** Adds an inner node's children to those at their places, unless they are known to be whose they are. */
    private void descend(NodePointer pointer, int owner, int level, List<Map<NodePointer, Integer>> below)
            throws IOException {
        own(stored, pointer.pack(), pointer.ordinal(), owner);
        Spot spot = new Spot(pointer.pack(), pointer.ordinal());
        Integer known = nodes.get(spot);
        if (known != null && (known == MANY || known == owner)) {
            return;
        }
        int now = known == null ? owner : MANY;
        nodes.put(spot, now);
        List<@Nullable NodePointer> children = TreeReader.readInner(
                        core.packs(), core.benches(), pointer, level, below.size())
                .children();
        for (int i = 0; i < children.size(); i++) {
            NodePointer child = children.get(i);
            if (child != null) {
                share(below.get(i), child, now);
            }
        }
    }

    private void mark(LeafNode leaf, int owner) {
        @Nullable Owners[] of = new @Nullable Owners[leaf.packs().size()];
        for (int i = 0; i < leaf.count(); i++) {
            if (leaf.kind(i) != KIND_DATA) {
                continue;
            }
            int pack = leaf.pack(i);
            Owners owners = of[pack];
            if (owners == null) {
                owners = of(blocks, leaf.packs().get(pack));
                of[pack] = owners;
            }
            owners.add(leaf.ordinal(i), owner);
        }
    }

    private static void own(Map<PackId, Owners> entries, PackId pack, int ordinal, int owner) {
        of(entries, pack).add(ordinal, owner);
    }

    private static Owners of(Map<PackId, Owners> entries, PackId pack) {
        return entries.computeIfAbsent(pack, p -> new Owners());
    }

    /** Which backup alone refers to a pack, or {@link #MANY}. */
    private Map<PackId, Integer> packOwners(ObjectType type) throws IOException {
        Map<PackId, Integer> owners = new HashMap<>();
        for (int i = 0; i < backups.size(); i++) {
            int owner = i + 1;
            for (PackId pack : catalog.uses(backups.get(i)).packs(type)) {
                owners.merge(pack, owner, (a, b) -> MANY);
            }
        }
        return owners;
    }

    private void addWholePacks(ObjectType type, Map<PackId, Integer> owners, long[] whole) throws IOException {
        PackSet alone = new PackSet();
        owners.forEach((pack, owner) -> {
            if (owner != MANY) {
                alone.add(type, pack);
            }
        });
        for (SessionId session : alone.sessions()) {
            String prefix = Names.packs(type, session);
            for (StoredObject object : core.store().list(prefix)) {
                String number = object.name().substring(prefix.length());
                if (number.matches("00[0-9a-f]{6}\\..*")) {
                    int owner = owners.getOrDefault(new PackId(session, HexFormat.fromHexDigits(number, 0, 8)), MANY);
                    if (owner != MANY) {
                        whole[owner] += object.size();
                    }
                }
            }
        }
    }

    /** Blocks of one backup in packs that others use too, by their share of their frames. */
    private void addSharedPacks(Map<PackId, Integer> packOwners, double[] alone) throws IOException {
        for (var entry : blocks.entrySet()) {
            Owners owners = entry.getValue();
            if (packOwners.getOrDefault(entry.getKey(), MANY) != MANY || !owners.anyAlone()) {
                continue;
            }
            PackTrailer trailer =
                    core.packs().open(ObjectType.DATA, entry.getKey()).trailer();
            for (int ordinal = 0; ordinal < owners.length(); ordinal++) {
                int owner = owners.of(ordinal);
                int frame = owner == 0 || owner == MANY ? -1 : trailer.frameOf(ordinal);
                if (frame >= 0) {
                    PackTrailer.Frame in = trailer.frame(frame);
                    alone[owner] += (double) in.stored()
                            * trailer.length(ordinal)
                            / Math.max(1, in.shape().plain());
                }
            }
        }
    }

    /** What rewriting shared packs frees once one backup is deleted. */
    private void addWaste(ObjectType type, Map<PackId, Integer> packOwners, Map<PackId, Owners> entries, long[] wasted)
            throws IOException {
        Map<SessionId, Integer> numbers = new HashMap<>();
        for (int i = 0; i < backups.size(); i++) {
            numbers.put(backups.get(i).id(), i + 1);
        }
        List<PackId> shared = entries.keySet().stream()
                .filter(pack -> packOwners.getOrDefault(pack, MANY) == MANY)
                .toList();
        for (int i = 0; i < shared.size(); i++) {
            if (i % AHEAD == 0 && type == ObjectType.DATA) {
                core.packs().openAhead(shared.subList(i, Math.min(i + AHEAD, shared.size())));
            }
            PackId pack = shared.get(i);
            Owners owners = Objects.requireNonNull(entries.get(pack));
            Integer writer = numbers.get(pack.session());
            if (writer != null) {
                // As long as the backup that wrote a pack is there, nothing in it is dead.
                if (uses(writer, type, pack)) {
                    wasted[writer] += freed(type, pack, owners, writer);
                }
                continue;
            }
            // Whoever has nothing there alone frees what is dead already: as much as any other, so it is looked for
            // once.
            Set<Integer> alone = owners.alone();
            long dead = freed(type, pack, owners, 0);
            for (int owner = 1; owner <= backups.size(); owner++) {
                if (uses(owner, type, pack)) {
                    wasted[owner] += alone.contains(owner) ? freed(type, pack, owners, owner) : dead;
                }
            }
        }
    }

    private boolean uses(int owner, ObjectType type, PackId pack) throws IOException {
        return catalog.uses(backups.get(owner - 1)).contains(type, pack);
    }

    private long freed(ObjectType type, PackId pack, Owners owners, int owner) throws IOException {
        return Waste.freed(
                core.packs().open(type, pack).trailer(),
                Repacking.standard(),
                ordinal -> isDead(owners.of(ordinal), owner));
    }

    private static boolean isDead(int owner, int without) {
        return owner == 0 || owner == without;
    }
}
