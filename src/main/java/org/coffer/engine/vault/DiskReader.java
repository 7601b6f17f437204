package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.coffer.problem.ProblemException;

/**
 * Reads one disk of a backup. Writes nothing, so it works on a location that can only be read. Every block is checked
 * against its id before it is handed out. Frames that lie near each other in a pack are fetched together. Thread-safe.
 */
public final class DiskReader {
    /** Frames no farther apart than this are fetched in one read. */
    private static final int GAP = 256 << 10;
    /** Most bytes fetched in one read. */
    static final int FETCH = 4 << 20;
    /** Most bytes fetched side by side: a leaf, and the gaps in between. */
    static final int TOGETHER = 9 << 20;
    /** Half a megabyte, and more packs than a restore has under way. */
    private static final int MOST_OPENED = 10_000;

    private final VaultCore core;
    private final Markers markers;
    private final SessionId backup;
    private final DiskRoot root;
    private final TreeReader tree;
    /** Packs that somebody opens, or opened, ahead; bounded by {@link #MOST_OPENED}. */
    private final Set<PackId> opened = new HashSet<>();
    /** Who looks ahead takes a workbench; more of them would take more memory, and gain nothing. */
    private final Semaphore ahead = new Semaphore(2);

    /** @param backup whose disk it is */
    DiskReader(VaultCore core, Markers markers, SessionId backup, DiskRoot root) {
        this.core = core;
        this.markers = markers;
        this.backup = backup;
        this.root = root;
        this.tree = new TreeReader(core.packs(), core.benches(), root);
    }

    /** Exact size of the disk in bytes. */
    public long size() {
        return root.size();
    }

    /** What the backup remembers of the disk. */
    public DiskFacts facts() {
        return root.facts();
    }

    /** How many leaves are best read side by side: one from a place that is near, more from one some way off. */
    public int readsAtOnce() {
        return core.store().readsAtOnce();
    }

    /** Number of leaves. */
    public long leaves() {
        return tree.shape().leaves();
    }

    /**
     * The id of a leaf, which fixes what its blocks are; empty if it is all hole. The leaf itself is not read.
     *
     * @throws ProblemException {@code vault.damaged} if the map cannot be read here, or the store fails
     */
    public Optional<BlockId> leafId(long index) {
        if (index < 0 || index >= leaves()) {
            throw new IllegalArgumentException("the disk has no leaf " + index);
        }
        try {
            NodePointer pointer = tree.pointer(0, index);
            return pointer == null ? Optional.empty() : Optional.of(pointer.id());
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /**
     * What the blocks of a leaf are.
     *
     * @throws ProblemException {@code vault.damaged} if the map cannot be read here, or the store fails
     */
    public LeafView leaf(long index) {
        if (index < 0 || index >= leaves()) {
            throw new IllegalArgumentException("the disk has no leaf " + index);
        }
        try {
            return new LeafView(tree.leaf(index), tree.shape().blocksIn(index));
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /**
     * Finds out, at a place some way off, where the blocks of a leaf lie, so that {@link #read} need not wait for that. Each pack
     * is opened ahead by one caller; from a place that is near nothing is done.
     *
     * @throws ProblemException {@code vault.damaged} if the map cannot be read here, or the store fails
     */
    public void ahead(long index) {
        if (readsAtOnce() == 1) {
            return;
        }
        ahead.acquireUninterruptibly();
        try {
            openPacks(leaf(index));
        } catch (IOException e) {
            throw problem(e);
        } finally {
            ahead.release();
        }
    }

    private void openPacks(LeafView view) throws IOException {
        Set<PackId> wanted = new HashSet<>();
        for (int i = 0; i < view.count(); i++) {
            if (view.kind(i) == BlockKind.DATA) {
                LeafNode leaf = view.data(i);
                wanted.add(leaf.packs().get(leaf.pack(i)));
            }
        }
        synchronized (opened) {
            if (opened.size() > MOST_OPENED) {
                opened.clear();
            }
            wanted.removeIf(pack -> !opened.add(pack));
        }
        core.packs().openAhead(wanted);
    }

    /**
     * Reads blocks of a leaf to their places in {@code out}: block i goes to byte {@code i * 64 KiB} from the buffer's
     * start. Blocks that are zero or holes are filled with zeros. Other bytes are not touched.
     *
     * @param wanted the blocks to read, numbered within the leaf
     * @param out a direct buffer of at least {@link DiskWriter#LEAF} bytes
     * @throws ProblemException {@code vault.damaged} if a block cannot be had as it was stored, or the store fails
     */
    public void read(long index, BitSet wanted, ByteBuffer out) {
        read(index, leaf(index), wanted, out);
    }

    /** The same for a leaf whose view is at hand. */
    public void read(long index, LeafView view, BitSet wanted, ByteBuffer out) {
        // A pack may have been repacked or deleted since its contents were remembered. A leaf refers to many, each of
        // which may be replaced while the others are read: so it goes on as long as it is another copy that fails.
        Set<String> failed = new HashSet<>();
        try {
            while (true) {
                try {
                    readOnce(index, view, wanted, out);
                    return;
                } catch (DamagedException e) {
                    if (!failed.add(e.object())) {
                        throw e;
                    }
                    core.packs().failed(e.object());
                    forget(view, wanted);
                }
            }
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** Rule 15: what is missing because this backup was deleted while it was read is no damage. */
    private ProblemException problem(IOException failure) {
        boolean missing = failure instanceof DamagedException damage && damage.reason() == Damage.Reason.MISSING;
        if (!missing) {
            return core.place().problem(failure);
        }
        try {
            return core.place().problem(markers.gone(backup) ? deleted((DamagedException) failure) : failure);
        } catch (IOException e) {
            failure.addSuppressed(e); // Nobody can say that it was deleted.
            return core.place().problem(failure);
        }
    }

    private static DamagedException deleted(DamagedException missing) {
        return new DamagedException(missing.object(), Damage.Reason.DELETED, "was deleted meanwhile");
    }

    private void forget(LeafView view, BitSet wanted) {
        wanted.stream()
                .filter(i -> i < view.count() && view.kind(i) == BlockKind.DATA)
                .forEach(i -> core.packs()
                        .forget(
                                ObjectType.DATA,
                                view.data(i).packs().get(view.data(i).pack(i))));
    }

    private void readOnce(long index, LeafView view, BitSet wanted, ByteBuffer out) throws IOException {
        try (Workbench bench = core.benches().take()) {
            List<Wanted> blocks = new ArrayList<>();
            for (int i = wanted.nextSetBit(0); i >= 0 && i < view.count(); i = wanted.nextSetBit(i + 1)) {
                if (view.kind(i) == BlockKind.DATA) {
                    blocks.add(locate(index, view, i));
                } else {
                    Workbench.clear(out, i * DiskWriter.BLOCK, tree.shape().blockLength(index, i));
                }
            }
            blocks.sort(Comparator.comparing((Wanted block) -> block.pack.name())
                    .thenComparingInt(block -> block.frame.offset())
                    .thenComparingInt(Wanted::block));
            fetchAll(blocks, out, bench);
        }
    }

    /** A block to be read, and where it lies. */
    private record Wanted(
            int block,
            int length,
            long high,
            long low,
            PackReader.OpenPack pack,
            PackTrailer.Frame frame,
            int offset) {}

    private Wanted locate(long index, LeafView view, int block) throws IOException {
        LeafNode leaf = view.data(block);
        PackId id = leaf.packs().get(leaf.pack(block));
        PackReader.OpenPack pack = core.packs().open(ObjectType.DATA, id);
        int ordinal = leaf.ordinal(block);
        int number = pack.trailer().frameOf(ordinal);
        int length = tree.shape().blockLength(index, block);
        if (number < 0 || pack.trailer().length(ordinal) != length) {
            throw new DamagedException(pack.name(), "does not have the block it should have");
        }
        return new Wanted(
                block,
                length,
                leaf.high(block),
                leaf.low(block),
                pack,
                pack.trailer().frame(number),
                pack.trailer().offsetInFrame(ordinal));
    }

    /** Blocks that are fetched in one read. */
    private record Run(List<Wanted> blocks, PackReader.Piece piece) {}

    private static List<Run> runs(List<Wanted> blocks) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        while (from < blocks.size()) {
            Wanted first = blocks.get(from);
            int start = first.frame.markEnd();
            int end = first.frame.end();
            int to = from + 1;
            while (to < blocks.size()
                    && blocks.get(to).pack.name().equals(first.pack.name())
                    && blocks.get(to).frame.markEnd() - end <= GAP
                    && blocks.get(to).frame.end() - start <= FETCH) {
                end = blocks.get(to).frame.end();
                to++;
            }
            runs.add(new Run(blocks.subList(from, to), new PackReader.Piece(first.pack, start, end - start)));
            from = to;
        }
        return runs;
    }

    /** Of a store that is some way off, as many runs are fetched side by side as it likes and the buffer should hold. */
    private void fetchAll(List<Wanted> blocks, ByteBuffer out, Workbench bench) throws IOException {
        List<Run> runs = runs(blocks);
        int most = core.store().readsAtOnce();
        int from = 0;
        while (from < runs.size()) {
            int bytes = runs.get(from).piece.length();
            int to = from + 1;
            while (to < runs.size()
                    && to - from < most
                    && bytes + runs.get(to).piece.length() <= TOGETHER) {
                bytes += runs.get(to).piece.length();
                to++;
            }
            List<Run> together = runs.subList(from, to);
            List<ByteBuffer> fetched =
                    core.packs().fetch(together.stream().map(Run::piece).toList(), bench);
            for (int i = 0; i < together.size(); i++) {
                Run run = together.get(i);
                expandAll(run.blocks, fetched.get(i), run.piece.offset(), out, bench);
            }
            from = to;
        }
    }

    private static void expandAll(List<Wanted> blocks, ByteBuffer fetched, int start, ByteBuffer out, Workbench bench)
            throws DamagedException {
        int from = 0;
        while (from < blocks.size()) {
            Wanted first = blocks.get(from);
            int to = from + 1;
            while (to < blocks.size() && blocks.get(to).frame.number() == first.frame.number()) {
                to++;
            }
            List<Wanted> same = blocks.subList(from, to);
            byte[] frame = PackReader.expand(first.pack, first.frame, fetched, first.frame.markEnd() - start, bench);
            for (Wanted block : same) {
                check(block, frame, bench);
                out.put(block.block * DiskWriter.BLOCK, frame, block.offset, block.length);
            }
            from = to;
        }
    }

    /** Nothing leaves the frame unless it is what the map says. */
    private static void check(Wanted block, byte[] frame, Workbench bench) throws DamagedException {
        bench.hashBlock(frame, block.offset, block.length);
        if (bench.idHigh() != block.high || bench.idLow() != block.low) {
            throw new DamagedException(block.pack.name(), "has another block than the map says");
        }
    }

    /**
     * The id that a block with this content has in this vault.
     *
     * @param block a buffer whose remaining bytes are the block, at most 64 KiB; its position is left where it was
     */
    public BlockId idOf(ByteBuffer block) {
        try (Workbench bench = core.benches().take()) {
            bench.hashBlock(block, block.position(), block.remaining());
            return new BlockId(bench.idHigh(), bench.idLow());
        }
    }

    /**
     * Whether {@code content}, from its position on, begins with what a block of a leaf is: for comparing a target before
     * writing to it.
     *
     * @param block its number in the leaf
     */
    public boolean same(long index, LeafView view, int block, ByteBuffer content) {
        int length = tree.shape().blockLength(index, block);
        if (content.remaining() < length) {
            return false;
        }
        if (view.kind(block) != BlockKind.DATA) {
            return Workbench.zero(java.lang.foreign.MemorySegment.ofBuffer(content), 0, length);
        }
        LeafNode leaf = view.data(block);
        try (Workbench bench = core.benches().take()) {
            bench.hashBlock(content, content.position(), length);
            return bench.idHigh() == leaf.high(block) && bench.idLow() == leaf.low(block);
        }
    }
}
