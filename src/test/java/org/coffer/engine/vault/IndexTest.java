package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.engine.store.MemoryStore;
import org.junit.jupiter.api.Test;

/** Blocks are found again: in memory, through the filter, and in sorted pages in the store. */
class IndexTest {
    private static final int COUNT = 10_000;
    private static final SessionId SESSION = new SessionId(7, 8);

    private final SplittableRandom random = new SplittableRandom(1);
    private final long[] high = random.longs(COUNT).toArray();
    private final long[] low = random.longs(COUNT).toArray();
    private final SessionTable sessions = new SessionTable(List.of(new SessionId(1, 1), SESSION));

    private OwnBlocks blocks() {
        OwnBlocks blocks = new OwnBlocks();
        for (int i = 0; i < COUNT; i++) {
            blocks.add(high[i], low[i], sessions.place(new PackId(SESSION, i / 100), i % 100));
        }
        return blocks;
    }

    @Test
    void everyBlockInMemoryIsFoundAndNoOther() {
        OwnBlocks blocks = blocks();
        assertThat(blocks.size()).isEqualTo(COUNT);
        for (int i = 0; i < COUNT; i++) {
            long place = blocks.find(high[i], low[i]);
            assertThat(sessions.pack(place)).isEqualTo(new PackId(SESSION, i / 100));
            assertThat(SessionTable.ordinal(place)).isEqualTo(i % 100);
            assertThat(blocks.find(high[i], low[i] + 1)).isEqualTo(-1);
        }
    }

    @Test
    void theFilterForgetsNothingAndIsRarelyWrong() {
        IdFilter filter = IdFilter.sized(COUNT);
        for (int i = 0; i < COUNT; i++) {
            filter.add(high[i], low[i]);
        }
        int wrong = 0;
        for (int i = 0; i < COUNT; i++) {
            assertThat(filter.mayContain(high[i], low[i])).isTrue();
            wrong += filter.mayContain(random.nextLong(), random.nextLong()) ? 1 : 0;
        }
        assertThat(wrong).isLessThan(COUNT / 50);
        assertThat(filter.bytes()).isLessThan(COUNT * 13 / 10);
    }

    @Test
    void aSegmentInTheStoreFindsEveryBlockByReadingPages() throws IOException {
        MemoryStore store = new MemoryStore();
        try (Keys keys = new Keys(Lab.key(), new VaultId(3, 4))) {
            VaultCore core = VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);
            String name = Names.index(SESSION, 0);
            store.put(name, new SegmentWriter(core).write(name, blocks(), sessions));
            Segment segment = Segment.open(core, name);
            LruCache<Segment.PageKey, byte[]> pages = new LruCache<>(20_000, page -> page.length);
            try (Workbench bench = core.benches().take()) {
                for (int i = 0; i < COUNT; i++) {
                    assertThat(segment.mayContain(high[i], low[i])).isTrue();
                    assertThat(segment.find(high[i], low[i], pages, bench))
                            .isEqualTo(new Segment.Hit(new PackId(SESSION, i / 100), i % 100));
                    assertThat(segment.find(high[i], low[i] ^ 1, pages, bench)).isNull();
                }
            }
        }
    }

    @Test
    void aSetOfPacksSurvivesBeingWritten() throws IOException {
        PackSet set = new PackSet();
        for (int number : new int[] {0, 1, 2, 7, 8, PackId.MAX_NUMBER}) {
            set.add(ObjectType.DATA, new PackId(SESSION, number));
            set.add(ObjectType.MAP, new PackId(new SessionId(1, number), 3));
        }
        FieldWriter out = new FieldWriter();
        set.write(out);
        PackSet read = PackSet.read(new FieldReader("test", out.bytes()));

        assertThat(read.packs(ObjectType.DATA))
                .isEqualTo(set.packs(ObjectType.DATA))
                .hasSize(6);
        assertThat(read.packs(ObjectType.MAP))
                .isEqualTo(set.packs(ObjectType.MAP))
                .hasSize(6);
        assertThat(read.removeAll(set).isEmpty()).isTrue();
    }
}
