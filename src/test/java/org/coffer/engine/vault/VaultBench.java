package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * Measures the vault alone on an image file: full, untouched, restore, verify, collect. Not a test; run it by hand:
 * {@code java … VaultBench IMAGE FOLDER THREADS LEVEL}. The image should be in the page cache, the folder empty.
 */
final class VaultBench {
    private VaultBench() {}

    /** Runs all steps and prints a line for each. */
    public static void main(String[] arguments) throws Exception {
        Path image = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        int threads = Integer.parseInt(arguments[2]);
        int level = Integer.parseInt(arguments[3]);
        var store = new FolderStore(folder, FolderStore.initialize(folder)).within("vault/");
        Tuning standard = Tuning.standard();
        Tuning tuning = new Tuning(
                standard.dataPack(), standard.mapPack(), standard.frame(), standard.buffers(), level, standard.spill());
        try (MasterKey key = MasterKey.random(new SecureRandom());
                Vault vault = Vault.create(
                        store,
                        "bench",
                        new NewVault(true, "bench"),
                        key,
                        Clock.systemUTC(),
                        new SecureRandom(),
                        tuning)) {
            long start = System.nanoTime();
            Commit full = backUp(vault, image, null, threads);
            print("full", start, full.counts().read(), full);
            start = System.nanoTime();
            Commit second = backUp(vault, image, full, threads);
            print("untouched", start, second.counts().read(), second);
            start = System.nanoTime();
            long bytes = read(vault, second, threads);
            print("read back", start, bytes, null);
            start = System.nanoTime();
            VerifyReport report = vault.verify(List.of(second.id()), Round.everything(), Work.quiet());
            print("verify " + report.damaged().size(), start, report.bytes(), null);
            vault.purge(Lab.CONSOLE, full.id());
            vault.purge(Lab.CONSOLE, second.id());
            start = System.nanoTime();
            CollectReport collected = vault.collect(Lab.CONSOLE, Work.quiet());
            print("collect", start, collected.freed(), null);
        }
    }

    private static void print(String step, long start, long bytes, @Nullable Commit commit) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%-10s %6.2f s %8.0f MB/s  %s%n",
                step,
                seconds,
                bytes / 1e6 / seconds,
                commit == null ? "" : commit.counts() + " map " + commit.mapBytes());
    }

    private static Commit backUp(Vault vault, Path image, @Nullable Commit parent, int threads) throws Exception {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ);
                Session session = vault.begin(Lab.CONSOLE, List.of());
                var pool = Executors.newFixedThreadPool(threads)) {
            DiskWriter writer = session.disk(
                    new DiskFacts("bench", "bench"),
                    parent == null ? null : parent.disks().getFirst(),
                    false);
            AtomicLong next = new AtomicLong();
            long leaves = (file.size() + DiskWriter.LEAF - 1) / DiskWriter.LEAF;
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(() -> {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(DiskWriter.LEAF);
                    for (long leaf = next.getAndIncrement(); leaf < leaves; leaf = next.getAndIncrement()) {
                        writer.put(leaf, fill(file, leaf, buffer), LeafKinds.none());
                    }
                    return null;
                });
            }
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
            writer.finish(file.size());
            return session.commit(Lab.facts("bench", parent));
        }
    }

    private static ByteBuffer fill(FileChannel file, long leaf, ByteBuffer buffer) throws IOException {
        buffer.clear();
        long at = leaf * DiskWriter.LEAF;
        while (buffer.hasRemaining()) {
            int count = file.read(buffer, at + buffer.position());
            if (count < 0) {
                break;
            }
        }
        return buffer.flip();
    }

    private static long read(Vault vault, Commit commit, int threads) throws Exception {
        DiskReader reader = vault.disk(commit, 0);
        AtomicLong next = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        BitSet all = new BitSet();
        all.set(0, DiskWriter.LEAF_BLOCKS);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(() -> {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(DiskWriter.LEAF);
                    for (long leaf = next.getAndIncrement(); leaf < reader.leaves(); leaf = next.getAndIncrement()) {
                        LeafView view = reader.leaf(leaf);
                        BitSet wanted = new BitSet();
                        for (int block = 0; block < view.count(); block++) {
                            wanted.set(block, view.kind(block) == BlockKind.DATA);
                        }
                        reader.read(leaf, view, wanted, buffer);
                        bytes.addAndGet((long) wanted.cardinality() * DiskWriter.BLOCK);
                    }
                    return null;
                });
            }
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }
        return bytes.get();
    }
}
