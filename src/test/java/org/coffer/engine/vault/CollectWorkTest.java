package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.coffer.engine.store.CountingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/**
 * What collecting, and counting afterwards what backups hold alone, asks of the store follows what was deleted, not how large the vault is: the same deletion in a small
 * vault, and in others with ten and a hundred times as much beside it. Counted, not timed; {@code docs/benchmarks.md} has
 * the numbers.
 */
class CollectWorkTest {
    /** Of the disk whose first backup is deleted. */
    private static final int BLOCKS = 60;

    /** A disk that has nothing to do with it, 2 MB. */
    private static final int OTHER = 32;

    private final byte[] one = Lab.noise(BLOCKS * Lab.BLOCK, 1);

    /** A vault with two backups of one disk, and as many of others as asked for. */
    private MemoryStore vault(int others, int blocks) {
        MemoryStore store = new MemoryStore();
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            int[] changed = java.util.stream.IntStream.range(0, 40).toArray();
            Lab.backUp(vault, "two", Lab.changed(one, 2, changed), first);
            for (int i = 0; i < others; i++) {
                Lab.backUp(vault, "other " + i, Lab.noise(blocks * Lab.BLOCK, 100L + i), null);
            }
        }
        return store;
    }

    /** Deletes the first backup and collects, in a process that has only just opened the vault, or in one that knows it. */
    private static CountingStore.Counts work(MemoryStore store, boolean fresh, String what) {
        CountingStore counting = new CountingStore(store);
        try (Vault vault = Lab.open(counting)) {
            if (!fresh) {
                vault.collect(Lab.CONSOLE, Work.quiet());
            }
            vault.purge(Lab.CONSOLE, Lab.named(vault, "one").id());
            CountingStore.Counts before = counting.counts();
            long packs = store.objects().keySet().stream()
                    .filter(name -> StoredPacks.named(name) != null)
                    .count();
            long size = store.size();
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(vault.sizesAround(report.touched().orElseThrow())).hasSize(1);
            CountingStore.Counts after = counting.counts();
            assertThat(report.freed()).isGreaterThan(38L * Lab.BLOCK);
            CountingStore.Counts done = new CountingStore.Counts(
                    after.gets() - before.gets(),
                    after.bytesGot() - before.bytesGot(),
                    after.puts() - before.puts(),
                    after.bytesPut() - before.bytesPut(),
                    after.lists() - before.lists(),
                    after.namesListed() - before.namesListed(),
                    after.deletes() - before.deletes());
            System.out.printf(
                    "%s, %s: %d packs, %.1f MB: %s%n", what, fresh ? "fresh" : "known", packs, size / 1e6, done);
            return done;
        }
    }

    @Test
    void besideLargerBackupsOnlyMoreNamesAreListed() {
        CountingStore.Counts small = work(vault(1, OTHER), true, "1x");
        for (int times : List.of(10, 100)) {
            CountingStore.Counts large = work(vault(1, times * OTHER), true, times + "x");

            assertThat(large.gets()).isEqualTo(small.gets());
            assertThat(large.bytesGot()).isLessThan(small.bytesGot() + 1000);
            assertThat(large.puts()).isEqualTo(small.puts());
            assertThat(large.bytesPut()).isLessThan(small.bytesPut() + 1000);
            assertThat(large.lists()).isEqualTo(small.lists());
            assertThat(large.deletes()).isEqualTo(small.deletes());
        }
    }

    @Test
    void besideMoreBackupsWhatEachUsesIsReadOnceAndNothingElse() {
        CountingStore.Counts small = work(vault(1, OTHER), true, "1 other");
        for (int times : List.of(10, 100)) {
            MemoryStore store = vault(times, OTHER);
            CountingStore.Counts large = work(store.copy(), true, times + " others");
            CountingStore.Counts known = work(store, false, times + " others");

            assertThat(large.gets()).isLessThanOrEqualTo(small.gets() + times);
            assertThat(large.bytesGot()).isLessThan(small.bytesGot() + times * 400L);
            assertThat(large.puts()).isEqualTo(small.puts());
            assertThat(large.lists()).isEqualTo(small.lists());
            assertThat(large.deletes()).isEqualTo(small.deletes());
            assertThat(known.gets()).as("known is known").isLessThanOrEqualTo(small.gets());
        }
    }

    @Test
    void besideDisksOfWhichSomethingWasDeletedBeforeNothingOfTheirsIsLookedAt() {
        CountingStore.Counts small = work(lived(1), true, "1 that lived");
        for (int times : List.of(10, 40)) {
            CountingStore.Counts large = work(lived(times), true, times + " that lived");

            assertThat(large.gets())
                    .as("what each uses, and the mark of each deletion")
                    .isLessThanOrEqualTo(small.gets() + 2L * times);
            assertThat(large.bytesGot()).isLessThan(small.bytesGot() + times * 1000L);
            assertThat(large.puts()).isEqualTo(small.puts());
            assertThat(large.deletes()).isEqualTo(small.deletes());
        }
    }

    /** A vault in which other disks have lost their first backups already, which share with the second. */
    private MemoryStore lived(int others) {
        MemoryStore store = vault(0, OTHER);
        try (Vault vault = Lab.open(store)) {
            for (int i = 0; i < others; i++) {
                byte[] disk = Lab.noise(OTHER * Lab.BLOCK, 100L + i);
                Commit old = Lab.backUp(vault, "old " + i, disk, null);
                Lab.backUp(vault, "next " + i, Lab.changed(disk, 5, 3), old);
                vault.purge(Lab.CONSOLE, old.id());
            }
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
        return store;
    }
}
