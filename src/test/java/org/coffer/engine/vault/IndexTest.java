package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
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

    /** A pack is put slowly while a segment is to be written, and meanwhile another thread goes on storing. */
    @Test
    void aSegmentNamesNoPackThatIsNotPutYet() throws Exception {
        MemoryStore real = new MemoryStore();
        CountDownLatch putting = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        Set<String> before = new HashSet<>();
        ObjectStore store = new ForwardingStore(real) {
            @Override
            public void put(String name, ByteBuffer... bytes) throws StoreException {
                if (name.startsWith(Names.INDEX)) {
                    before.addAll(real.objects().keySet());
                } else if (name.startsWith(Names.packs(ObjectType.DATA, SESSION) + "00000000")) {
                    putting.countDown();
                    await(slow);
                }
                super.put(name, bytes);
            }
        };
        try (Keys keys = new Keys(Lab.key(), new VaultId(3, 4))) {
            VaultCore core = VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);
            PackWriter packs = new PackWriter(SESSION, ObjectType.DATA, new AtomicInteger(), core, 1_200_000, 3);
            Scope scope = Scope.of(SESSION, new PackSet(), new PackSet(), Condemned.none(), true);
            SessionBlocks blocks = new SessionBlocks(core, new BlockIndex(core), scope, packs);
            store(core, packs, blocks, 0);
            FutureTask<Boolean> spilling = started(() -> blocks.spill());
            await(putting);
            FutureTask<Boolean> storing = new FutureTask<>(() -> store(core, packs, blocks, 1), true);
            Thread other = Thread.ofPlatform().start(storing);
            while (other.getState() != Thread.State.BLOCKED && other.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            slow.countDown();
            spilling.get(1, TimeUnit.MINUTES);
            storing.get(1, TimeUnit.MINUTES);

            Segment segment = Segment.open(core, Names.index(SESSION, 0));
            LruCache<Segment.PageKey, byte[]> pages = new LruCache<>(20_000, page -> page.length);
            int named = 0;
            try (Workbench bench = core.benches().take()) {
                for (int i = 0; i < 2; i++) {
                    Segment.Hit hit = segment.find(high[i], low[i], pages, bench);
                    if (hit != null) {
                        named++;
                        assertThat(before).contains(Names.original(ObjectType.DATA, hit.pack()));
                    }
                }
            }
            assertThat(named).isPositive();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    private static FutureTask<Boolean> started(Act act) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            act.run();
            return true;
        });
        Thread.ofPlatform().start(task);
        return task;
    }

    private void store(VaultCore core, PackWriter packs, SessionBlocks blocks, int block) {
        try (Workbench bench = core.benches().take()) {
            Entries entries = new Entries();
            entries.add(high[block], low[block], 100);
            blocks.stored(entries, packs.append(bench, entries, new Packed(Shape.RAW, 100)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
