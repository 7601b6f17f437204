package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * B1: restoring the hundredth backup is the work of restoring the first, told by what is read from the store and not by a
 * watch. No backup is read through those before it. All that is added is, for each block that lies in a pack of its own,
 * the end of that pack: 64 KiB, however large the disk is.
 */
class HundredthBackupTest {
    private static final int BACKUPS = 100;
    private static final int LEAVES = 4;
    private static final int BLOCKS = LEAVES * DiskWriter.LEAF_BLOCKS;

    @TempDir
    private Path folder;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** What restoring took. */
    private record Taken(long reads, long bytes) {}

    @Test
    void theHundredthIncrementalBackupReadsWhatTheFirstReadsAndNotTheNinetyNineBefore() throws Exception {
        String marker = FolderStore.initialize(folder);
        byte[] first = Lab.noise(BLOCKS * Lab.BLOCK, 1);
        byte[] last = first;
        try (FolderStore store = new FolderStore(folder, marker);
                Vault vault = Lab.create(store)) {
            Commit parent = Lab.backUp(vault, "1", first, null);
            for (int i = 2; i <= BACKUPS; i++) {
                last = Lab.changed(last, i, i * 37 % BLOCKS);
                parent = Lab.backUp(vault, String.valueOf(i), last, parent);
                assertThat(parent.counts().newBlocks()).isEqualTo(1);
            }
        }
        try (FolderStore store = new FolderStore(folder, marker)) {
            Taken one = restored(store, "1", first);
            Taken hundred = restored(store, String.valueOf(BACKUPS), last);
            assertThat(one.bytes()).isGreaterThan(first.length);
            long elsewhere = BACKUPS - 1;
            assertThat(hundred.bytes()).isBetween(one.bytes(), one.bytes() + elsewhere * (2 * Lab.BLOCK + 4096));
            // The end of the pack, the block, and the rest of the run that it cuts in two; and the maps of the leaves,
            // which
            // lie in packs of their own too.
            assertThat(hundred.reads()).isBetween(one.reads(), one.reads() + 3 * elsewhere + 4 * LEAVES);
        }
    }

    /** Opens the vault afresh, so that nothing is remembered. */
    private Taken restored(ObjectStore store, String name, byte[] content) {
        try (Vault vault = Lab.open(counting(store))) {
            Commit backup = Lab.named(vault, name);
            reads.set(0);
            bytes.set(0);
            assertThat(Lab.restore(vault, backup)).isEqualTo(content);
            return new Taken(reads.get(), bytes.get());
        }
    }

    /** The same store; whatever comes out of it is counted. */
    private ObjectStore counting(ObjectStore store) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, args) -> {
                    try {
                        int wanted = method.getName().equals("read") ? ((ByteBuffer) args[2]).remaining() : 0;
                        Object answer = method.invoke(store, args);
                        switch (method.getName()) {
                            case "get", "suffix" -> count(((byte[]) answer).length);
                            case "read" -> count(wanted);
                            case "list" -> count(0);
                            default -> {
                                // Moves nothing.
                            }
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void count(long size) {
        reads.incrementAndGet();
        bytes.addAndGet(size);
    }
}
