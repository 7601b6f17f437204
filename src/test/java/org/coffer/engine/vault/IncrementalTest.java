package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoredObject;
import org.junit.jupiter.api.Test;

/** What a later backup adds, and what it shares. */
class IncrementalTest {
    private static final int BLOCKS = 3 * DiskWriter.LEAF_BLOCKS;

    private final MemoryStore store = new MemoryStore();
    private final byte[] disk = Lab.noise(BLOCKS * Lab.BLOCK - 1000, 1);

    @Test
    void anUntouchedDiskAddsNoBlocksAndNoMap() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            long before = store.size();
            Commit second = Lab.backUp(vault, "second", disk, first);

            assertThat(second.counts().unchanged()).isEqualTo(disk.length);
            assertThat(second.added()).isZero();
            assertThat(store.size() - before).isLessThan(2000);
            assertThat(Lab.restore(vault, second)).isEqualTo(disk);
        }
    }

    @Test
    void kChangedBlocksAddAtMostKTimes64KibPlusMap() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            long before = store.size();
            byte[] changed = Lab.changed(disk, 2, 0, 7, 130, BLOCKS - 1);
            Commit second = Lab.backUp(vault, "second", changed, first);

            assertThat(second.counts().newBlocks()).isEqualTo(4);
            assertThat(store.size() - before).isLessThan(4 * Lab.BLOCK + 30_000);
            assertThat(Lab.restore(vault, second)).isEqualTo(changed);
            assertThat(Lab.restore(vault, first)).isEqualTo(disk);
        }
    }

    @Test
    void aDiskThatGrewAndOneThatShrankComeBack() {
        byte[] larger = Lab.noise(disk.length + DiskWriter.LEAF, 1);
        System.arraycopy(disk, 0, larger, 0, disk.length);
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            Commit second = Lab.backUp(vault, "second", larger, first);
            Commit third = Lab.backUp(vault, "third", disk, second);

            assertThat(Lab.restore(vault, second)).isEqualTo(larger);
            assertThat(Lab.restore(vault, third)).isEqualTo(disk);
            assertThat(third.counts().newBlocks()).isZero();
        }
    }

    @Test
    void contentThatIsStoredSomewhereIsFoundThroughTheIndexByALaterOpening() {
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "first", disk, null);
        }
        byte[] moved = new byte[disk.length + 3 * Lab.BLOCK];
        System.arraycopy(disk, 0, moved, 3 * Lab.BLOCK, disk.length);
        try (Vault vault = Lab.open(store)) {
            Commit second = Lab.backUp(vault, "another disk", moved, null);

            assertThat(second.counts().newBlocks()).isZero();
            assertThat(second.counts().shared()).isEqualTo(disk.length);
            assertThat(Lab.restore(vault, second)).isEqualTo(moved);
        }
    }

    @Test
    void aFreshBackupSharesNothingWithEarlierOnes() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "first", disk, null);
            Commit second = Lab.backUp(vault, "fresh", disk, first, true, List.of());

            assertThat(second.counts().newBytes()).isEqualTo(disk.length);
            for (StoredObject object : store.list("")) {
                if (object.name().contains(first.id().toString())) {
                    store.objects().remove(object.name());
                }
            }
            assertThat(Lab.restore(vault, second)).isEqualTo(disk);
        }
    }

    @Test
    void aHundredthIncrementalStillRestoresAlone() {
        byte[] now = Lab.noise(20 * Lab.BLOCK, 9);
        try (Vault vault = Lab.create(store)) {
            Commit last = Lab.backUp(vault, "0", now, null);
            for (int i = 1; i <= 100; i++) {
                now = Lab.changed(now, i, i % 20);
                last = Lab.backUp(vault, "" + i, now, last);
            }
            assertThat(Lab.restore(vault, last)).isEqualTo(now);
            assertThat(vault.backups()).hasSize(101);
        }
    }
}
