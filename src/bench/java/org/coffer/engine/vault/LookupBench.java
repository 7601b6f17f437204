package org.coffer.engine.vault;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What asking an index of 500,000 blocks (32 GB) for one costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LookupBench {
    private static final int BLOCKS = 500_000;
    private static final int PER_PACK = 400;
    private static final long SEED = 42;

    private final Scene scene = new Scene();
    private final Workbench bench = scene.core.benches().take();
    private final BlockIndex index = new BlockIndex(scene.core);
    private SplittableRandom known = new SplittableRandom(SEED);
    private final SplittableRandom unknown = new SplittableRandom(7);
    private int asked;

    /** Writes the index. */
    @Setup
    public void write() throws IOException {
        SessionTable sessions = new SessionTable(List.of(Scene.SESSION));
        OwnBlocks own = new OwnBlocks();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < BLOCKS; i++) {
            long place = sessions.place(new PackId(Scene.SESSION, i / PER_PACK), i % PER_PACK);
            own.add(random.nextLong(), random.nextLong(), place);
        }
        String name = Names.index(Scene.SESSION, 0);
        scene.store.put(name, new SegmentWriter(scene.core).write(name, own, sessions));
        index.refresh();
    }

    /** A block that is there. */
    @Benchmark
    public long known() throws IOException {
        if (asked++ == BLOCKS) {
            known = new SplittableRandom(SEED);
            asked = 1;
        }
        return index.find(known.nextLong(), known.nextLong(), hit -> hit.ordinal(), bench);
    }

    /** A block that is not: what each new block asks. */
    @Benchmark
    public long unknown() throws IOException {
        return index.find(unknown.nextLong(), unknown.nextLong(), hit -> hit.ordinal(), bench);
    }
}
