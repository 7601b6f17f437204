package org.coffer.engine.vault;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * What no full backup of an image in these ids and frames can be quicker than on this machine: as many threads as there are cores read it,
 * give each block that is not zero its id, and compress. Nothing is looked up, sealed or written, nothing is kept, and
 * Java's start is not counted. {@code src/bench/floor} runs it.
 */
public final class FullFloor {
    private FullFloor() {}

    /**
     * Prints seconds and sizes.
     *
     * @param arguments the image
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        int threads = Runtime.getRuntime().availableProcessors();
        VaultCore core = new Scene().core;
        var next = new AtomicLong();
        var read = new AtomicLong();
        var packed = new AtomicLong();
        long begin = System.nanoTime();
        try (var image = FileChannel.open(Path.of(arguments[0]));
                var workers = Executors.newFixedThreadPool(threads)) {
            Callable<Boolean> worker = () -> {
                try (Workbench bench = core.benches().take()) {
                    ByteBuffer frame = ByteBuffer.allocateDirect(Workbench.FRAME);
                    for (long at = next.getAndAdd(Workbench.FRAME);
                            at < image.size();
                            at = next.getAndAdd(Workbench.FRAME)) {
                        int length = image.read(frame.clear(), at);
                        int kept = keepContent(bench, frame, length);
                        read.addAndGet(kept);
                        packed.addAndGet(
                                kept == 0
                                        ? 0
                                        : bench.compressBlocks(frame, 0, kept).length());
                    }
                }
                return true;
            };
            for (Future<Boolean> done : workers.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> worker).toList())) {
                done.get();
            }
        }
        System.out.printf(
                "full: reading, ids and compressing alone, %d threads: %.2f s for %d bytes, %d compressed%n",
                threads, (System.nanoTime() - begin) / 1e9, read.get(), packed.get());
    }

    /** Gives each block its id and moves those that are not zero together; returns how many bytes they are. */
    private static int keepContent(Workbench bench, ByteBuffer frame, int length) {
        var bytes = MemorySegment.ofBuffer(frame.duplicate().clear());
        int kept = 0;
        for (int at = 0; at < length; at += DiskWriter.BLOCK) {
            int size = Math.min(DiskWriter.BLOCK, length - at);
            if (Workbench.zero(bytes, at, size)) {
                continue;
            }
            bench.hashBlock(frame, at, size);
            if (kept < at) {
                MemorySegment.copy(bytes, at, bytes, kept, size);
            }
            kept += size;
        }
        return kept;
    }
}
