package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a frame of 2 MiB costs on its way into a pack and out of one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FrameBench {
    private static final int BLOCKS = Workbench.FRAME / DiskWriter.BLOCK;

    /** What is in it. */
    @Param({"TEXT", "CODE", "NOISE"})
    public Content content = Content.TEXT;

    private final Scene scene = new Scene();
    private final Workbench bench = scene.core.benches().take();
    private final ObjectKey key =
            scene.core.sealing().begin(ObjectType.DATA, "data/bench", ByteBuffer.allocate(Sealing.HEADER));
    private final PackWriter packs = new PackWriter(
            Scene.SESSION,
            ObjectType.DATA,
            new AtomicInteger(),
            scene.core,
            Tuning.standard().dataPack(),
            3);
    private final Entries entries = new Entries();
    private final ByteBuffer out = ByteBuffer.allocateDirect(Workbench.FRAME);
    private ByteBuffer plain = ByteBuffer.allocateDirect(0);
    private byte[] sealed = new byte[0];
    private Shape shape = Shape.raw(0);

    /** Makes a sealed frame to open. */
    @Setup
    public void seal() {
        plain = content.of(Workbench.FRAME);
        for (int i = 0; i < BLOCKS; i++) {
            entries.add(i, i, DiskWriter.BLOCK);
        }
        Packed packed = bench.compressBlocks(plain, 0, Workbench.FRAME);
        shape = new Shape(packed.codec(), Workbench.FRAME, 0, BLOCKS);
        sealed = new byte[packed.length() + Sealing.TAG];
        bench.seal(key, Part.FRAME, 0, shape, bench.bytes, packed.length(), sealed, 0);
    }

    /** Filtering where it gains, and compressing. */
    @Benchmark
    public Packed compress() {
        return bench.compressBlocks(plain, 0, Workbench.FRAME);
    }

    /** Compressing, sealing and writing into packs that go nowhere. */
    @Benchmark
    public Object intoAPack() throws IOException {
        return packs.append(bench, entries, bench.compressBlocks(plain, 0, Workbench.FRAME));
    }

    /** Opening and expanding. */
    @Benchmark
    public ByteBuffer expand() throws DamagedException {
        int length = bench.open(key, Part.FRAME, 0, shape, sealed, 0, sealed.length, bench.bytes);
        bench.expand("data/bench", shape, length, out, 0);
        return out;
    }
}
