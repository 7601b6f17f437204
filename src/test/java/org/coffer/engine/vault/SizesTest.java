package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.work.Work;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a backup's size holds when it is deleted: vaults with some life behind them, and each backup of a copy of them. */
class SizesTest {
    private static final int BLOCKS = 60;

    private final MemoryStore store = new MemoryStore();
    private final List<Commit> backups = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void countedTogetherOrAloneItIsWhatDeletingFrees(int life) throws Exception {
        try (Vault vault = Lab.create(store)) {
            live(vault, new SplittableRandom(life));
            Map<SessionId, Sizes> together = vault.sizesOfEach();
            assertThat(together.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            backups.stream().map(Commit::id).toList());
            for (Commit backup : backups) {
                Sizes alone = vault.sizes(List.of(backup.id()));
                assertThat(together.get(backup.id())).as(backup.facts().name()).isEqualTo(alone);
                long freed = freed(backup);
                assertThat(alone.afterRepacking())
                        .as(backup.facts().name())
                        .isCloseTo(freed, within(Math.max(3000, freed / 50)));
            }
        }
    }

    /** Six backups that lean on each other or on nothing, of which two went: so packs are there whose writer is not. */
    private void live(Vault vault, SplittableRandom random) throws Exception {
        byte[] disk = Lab.noise(BLOCKS * Lab.BLOCK, random.nextInt(100));
        for (int i = 0; i < 6; i++) {
            int[] changed = random.ints(random.nextInt(20), 0, BLOCKS).toArray();
            disk = Lab.changed(disk, random.nextInt(1000), changed);
            Commit parent =
                    backups.isEmpty() || random.nextInt(4) == 0 ? null : backups.get(random.nextInt(backups.size()));
            backups.add(Lab.backUp(vault, "b" + i, disk, parent, random.nextInt(6) == 0, List.of()));
        }
        for (int i = 0; i < 2; i++) {
            vault.purge(
                    Lab.CONSOLE, backups.remove(random.nextInt(backups.size())).id());
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
    }

    private long freed(Commit backup) throws Exception {
        MemoryStore copy = store.copy();
        long before = packs(copy);
        try (Vault vault = Lab.open(copy)) {
            vault.purge(Lab.CONSOLE, backup.id());
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
        return before - packs(copy);
    }

    private static long packs(MemoryStore store) throws Exception {
        return Stream.concat(store.list("data/").stream(), store.list("map/").stream())
                .mapToLong(object -> object.size())
                .sum();
    }
}
