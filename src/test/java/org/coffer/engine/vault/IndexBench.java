package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.engine.disk.PeakMemory;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;

/**
 * An index of very many blocks, with nothing else in the vault: written straight as segments, then asked by another process.
 *
 * <pre>
 *   write FOLDER BLOCKS · ask FOLDER BLOCKS QUESTIONS
 * </pre>
 *
 * <p>The keys of a segment are drawn from its number, so that who asks knows them too.
 */
public final class IndexBench {
    private static final int SEGMENT = Tuning.standard().spill();
    private static final SessionId SESSION = new SessionId(3, 4);
    private static final int PER_PACK = 400;

    private final VaultCore core;
    private final int blocks;

    private IndexBench(VaultCore core, int blocks) {
        this.core = core;
        this.blocks = blocks;
    }

    /** Runs one step. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        try (Keys keys = new Keys(Lab.key(), new VaultId(5, 6));
                ObjectStore store = new FolderStore(folder, FolderStore.initialize(folder)).within("index-bench/")) {
            var core = VaultCore.of(
                    new Place(store, "bench"), keys, Clock.systemUTC(), new SecureRandom(), Tuning.standard());
            IndexBench bench = new IndexBench(core, Integer.parseInt(arguments[2]));
            if (arguments[0].equals("write")) {
                bench.write();
            } else {
                bench.ask(Integer.parseInt(arguments[3]));
            }
        }
    }

    private int segments() {
        return (blocks + SEGMENT - 1) / SEGMENT;
    }

    private static SplittableRandom keysOf(int segment) {
        return new SplittableRandom(0x636f66666572L + segment);
    }

    private void write() throws IOException {
        SessionTable sessions = new SessionTable(List.of(SESSION));
        SegmentWriter writer = new SegmentWriter(core);
        for (int segment = 0; segment < segments(); segment++) {
            OwnBlocks own = new OwnBlocks();
            SplittableRandom random = keysOf(segment);
            int count = Math.min(SEGMENT, blocks - segment * SEGMENT);
            for (int i = 0; i < count; i++) {
                own.add(random.nextLong(), random.nextLong(), sessions.place(pack(segment, i), i % PER_PACK));
            }
            String name = Names.index(SESSION, segment);
            core.store().put(name, writer.write(name, own, sessions));
        }
        System.out.printf("write: %d blocks in %d segments%n", blocks, segments());
    }

    private static PackId pack(int segment, int block) {
        return new PackId(SESSION, segment * (SEGMENT / PER_PACK + 1) + block / PER_PACK);
    }

    private void ask(int questions) throws IOException {
        long start = System.nanoTime();
        BlockIndex index = new BlockIndex(core);
        index.refresh();
        double opened = (System.nanoTime() - start) / 1e9;
        long peakOpen = PeakMemory.mebibytes();
        try (Workbench bench = core.benches().take()) {
            double known = known(index, questions, bench);
            double unknown = unknown(index, questions, bench);
            System.gc();
            Runtime heap = Runtime.getRuntime();
            System.out.printf(
                    "ask: opened in %.1f s (%d MiB by then), known %.1f us, unknown %.1f us each, "
                            + "heap in use %d MiB, peak %d MiB%n",
                    opened,
                    peakOpen,
                    known,
                    unknown,
                    (heap.totalMemory() - heap.freeMemory()) >> 20,
                    PeakMemory.mebibytes());
        }
    }

    /** Microseconds for a block that is there, anywhere in the index. */
    private double known(BlockIndex index, int questions, Workbench bench) throws IOException {
        long nanos = 0;
        int each = Math.max(1, questions / segments());
        for (int segment = 0; segment < segments(); segment++) {
            SplittableRandom random = keysOf(segment);
            for (int i = 0; i < each; i++) {
                long high = random.nextLong();
                long low = random.nextLong();
                PackId expected = pack(segment, i);
                int ordinal = i % PER_PACK;
                long start = System.nanoTime();
                long found = index.find(high, low, hit -> right(hit, expected, ordinal), bench);
                nanos += System.nanoTime() - start;
                if (found != 1) {
                    throw new IllegalStateException("segment " + segment + " does not know its block " + i);
                }
            }
        }
        return nanos / 1e3 / ((double) each * segments());
    }

    private static long right(Segment.Hit hit, PackId pack, int ordinal) {
        return hit.pack().equals(pack) && hit.ordinal() == ordinal ? 1 : -1;
    }

    /** Microseconds for a block that no segment has: every filter is asked, and some are wrong. */
    private static double unknown(BlockIndex index, int questions, Workbench bench) throws IOException {
        SplittableRandom random = new SplittableRandom(99);
        long start = System.nanoTime();
        for (int i = 0; i < questions; i++) {
            if (index.find(random.nextLong(), random.nextLong(), hit -> 1, bench) >= 0) {
                throw new IllegalStateException("a block that was never written is known");
            }
        }
        return (System.nanoTime() - start) / 1e3 / questions;
    }
}
