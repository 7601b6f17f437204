package org.coffer.engine.vault;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What each block of a disk costs, out of a leaf that is larger than the core's cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BlockBench {
    private final Scene scene = new Scene();
    private final Workbench bench = scene.core.benches().take();
    private final ByteBuffer leaf = Content.NOISE.of(DiskWriter.LEAF);
    private int next;

    private int next() {
        next = (next + 1) % DiskWriter.LEAF_BLOCKS;
        return next;
    }

    /** Its id: HMAC-SHA-256. */
    @Benchmark
    public long id() {
        bench.hashBlock(leaf, next() * DiskWriter.BLOCK, DiskWriter.BLOCK);
        return bench.idHigh();
    }

    /** Its fingerprint, and comparing that with the parent's. */
    @Benchmark
    public boolean fingerprint() {
        int block = next();
        bench.load(leaf, block * DiskWriter.BLOCK, DiskWriter.BLOCK);
        bench.fingerprint(block);
        return bench.sameAsBefore(block);
    }

    /** Whether it is all zeros, when it is not. */
    @Benchmark
    public boolean zero() {
        return Workbench.zero(
                java.lang.foreign.MemorySegment.ofBuffer(leaf), (long) next() * DiskWriter.BLOCK, DiskWriter.BLOCK);
    }
}
