package org.coffer.engine.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.disk.BlockSource;
import org.coffer.engine.disk.DiskBackup;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.vault.CommitFacts;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.engine.vault.DiskFacts;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.NewVault;
import org.coffer.engine.vault.Session;
import org.coffer.engine.vault.Unlock;
import org.coffer.engine.vault.Vault;
import org.coffer.engine.work.Work;
import org.coffer.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * S6: what the first byte of an opened backup costs, counted in requests to its store and not in time: so many at most, however large the
 * disk is.
 *
 * <pre>
 *   1 TB, data strewn over all of it  →  vault  →  opened anew  →  4 KiB read, at the beginning, in the middle, in a hole
 * </pre>
 */
class FirstReadTest {
    private static final long TERABYTE = 1_000_000_000_000L;
    private static final int PIECE = 100_000;

    /** From the header of the vault to the frame of the block. There are 15; a disk of another shape may need some more. */
    private static final int MOST = 24;

    @TempDir
    private Path folder;

    private static final class Counting extends ForwardingStore {
        private final AtomicInteger asked = new AtomicInteger();

        Counting(ObjectStore store) {
            super(store);
        }

        @Override
        public byte[] get(String name) throws StoreException {
            asked.incrementAndGet();
            return super.get(name);
        }

        @Override
        public byte[] get(String name, int most) throws StoreException {
            asked.incrementAndGet();
            return super.get(name, most);
        }

        @Override
        public void read(String name, long offset, ByteBuffer target) throws StoreException {
            asked.incrementAndGet();
            super.read(name, offset, target);
        }

        @Override
        public byte[] suffix(String name, int length) throws StoreException {
            asked.incrementAndGet();
            return super.suffix(name, length);
        }

        @Override
        public List<StoredObject> list(String prefix) throws StoreException {
            asked.incrementAndGet();
            return super.list(prefix);
        }

        @Override
        public List<String> beneath(String prefix) throws StoreException {
            asked.incrementAndGet();
            return super.beneath(prefix);
        }
    }

    private static byte[] piece(long place) {
        byte[] bytes = new byte[PIECE];
        new SplittableRandom(place).nextBytes(bytes);
        return bytes;
    }

    private MemoryStore backedUp(long size, int pieces, MasterKey key) throws IOException {
        Path disk = folder.resolve(size + ".img");
        try (RandomAccessFile raw = new RandomAccessFile(disk.toFile(), "rw")) {
            raw.setLength(size);
            for (int i = 0; i < pieces; i++) {
                raw.seek(size / pieces * i);
                raw.write(piece(size / pieces * i));
            }
        }
        var store = new MemoryStore();
        Machine machine = Machine.here(folder.resolve("known-disks"));
        try (Vault vault = Vault.create(store, "lab", new NewVault(true, "test"), key);
                BlockSource source = machine.source(machine.inspect(disk));
                Session session = vault.begin(new ConsoleId(1, 2), List.of())) {
            DiskWriter writer = session.disk(new DiskFacts("id", "disk"), null, false);
            DiskBackup.run(source, writer, DiskBackup.Options.standard(), Work.quiet());
            session.commit(new CommitFacts(
                    "backup",
                    "disk",
                    "",
                    CommitFacts.Origin.MANUAL,
                    CommitFacts.Kind.FULL,
                    CommitFacts.Consistency.CRASH,
                    "",
                    null,
                    Instant.parse("2026-01-02T03:04:05Z"),
                    Instant.parse("2026-01-02T03:04:05Z")));
        }
        return store;
    }

    /** How often the store is asked until the first 4 KiB at a place are there. */
    private static int asked(MemoryStore store, MasterKey key, long place, byte[] expected) throws IOException {
        var counting = new Counting(store);
        try (Vault vault = Vault.open(counting, "lab", new Unlock.Key(key), null);
                BackupDisk disk = new BackupDisk(vault.disk(vault.backups().getFirst(), 0))) {
            ByteBuffer first = ByteBuffer.allocate(expected.length);
            disk.read(place, first);
            assertThat(first.array()).isEqualTo(expected);
        }
        return counting.asked.get();
    }

    private static byte[] start(long place) {
        return java.util.Arrays.copyOf(piece(place), 4096);
    }

    @Test
    void theFirstByteOfATerabyteCostsAFewRequestsAndHardlyMoreThanThatOfASmallDisk() throws IOException {
        try (MasterKey key = MasterKey.random(new SecureRandom())) {
            MemoryStore large = backedUp(TERABYTE, 400, key);
            MemoryStore small = backedUp(20_000_000, 4, key);
            int beginning = asked(large, key, 0, start(0));
            long middle = TERABYTE / 400 * 200;
            assertThat(beginning).isLessThanOrEqualTo(MOST);
            assertThat(asked(large, key, middle, start(middle))).isLessThanOrEqualTo(MOST);
            assertThat(asked(large, key, middle + (100 << 20), new byte[4096])).isLessThanOrEqualTo(MOST);
            assertThat(beginning - asked(small, key, 0, start(0)))
                    .as("what the depth of the map costs")
                    .isBetween(0, 6);
        }
    }
}
