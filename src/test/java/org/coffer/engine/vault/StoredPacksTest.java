package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.junit.jupiter.api.Test;

class StoredPacksTest {
    /** The store of a vault of 6.5 TB: 100 million blocks in packs of 24 MiB, written by 30 sessions. */
    private static final int PACKS = 270_000;

    private static final int SESSIONS = 30;

    private final List<SessionId> sessions = new ArrayList<>();

    StoredPacksTest() {
        Random random = new Random(7);
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(SessionId.random(random));
        }
    }

    private PackId pack(int number) {
        return new PackId(sessions.get(number % SESSIONS), number / SESSIONS);
    }

    private static StoredPacks of(List<StoredObject> listed) throws StoreException {
        return StoredPacks.list(
                new ForwardingStore(new MemoryStore()) {
                    @Override
                    public List<StoredObject> list(String prefix) {
                        return listed;
                    }
                },
                ObjectType.DATA);
    }

    @Test
    void aVaultOfManyTerabytesIsKnownInFewMegabytes() throws StoreException {
        StoredPacks packs = of(new AbstractList<>() {
            @Override
            public StoredObject get(int index) {
                return new StoredObject(Names.original(ObjectType.DATA, pack(index)), 1 + index);
            }

            @Override
            public int size() {
                return PACKS;
            }
        });
        assertThat(packs.weight()).isLessThan(12 << 20);
        assertThat(packs.ids()).hasSize(PACKS);
        for (int i = 0; i < PACKS; i += 1_001) {
            StoredPacks.Stored there = Objects.requireNonNull(packs.get(pack(i)));
            assertThat(there.size()).isEqualTo(1 + i);
            assertThat(there.copies().getFirst().object()).isEqualTo(Names.original(ObjectType.DATA, pack(i)));
        }
    }

    @Test
    void copiesOfAPackStandTogetherHoweverTheyAreListedAndTheBestIsFirst() throws StoreException {
        List<StoredObject> listed = new ArrayList<>();
        for (int number = 0; number < 90; number++) {
            for (int generation = 0; generation <= number % 3; generation++) {
                Copy copy = generation == 0 ? new Copy(0, pack(number).session().high()) : new Copy(generation, number);
                listed.add(new StoredObject(Names.copy(ObjectType.DATA, pack(number), copy), 10 + generation));
            }
        }
        listed.add(new StoredObject("data/of somebody else", 5));
        Collections.shuffle(listed, new Random(3));
        StoredPacks packs = of(listed);
        assertThat(packs.ids()).hasSize(90).doesNotHaveDuplicates();
        for (int number = 0; number < 90; number++) {
            StoredPacks.Stored there = Objects.requireNonNull(packs.get(pack(number)));
            assertThat(there.copies())
                    .hasSize(1 + number % 3)
                    .isSortedAccordingTo((a, b) -> Protocol.STANDARD.preferred(a.copy(), b.copy()) ? -1 : 1);
            assertThat(there.size()).isEqualTo(List.of(10L, 21L, 33L).get(number % 3));
            assertThat(listed)
                    .extracting(StoredObject::name)
                    .contains(there.copies().getLast().object());
        }
    }

    @Test
    void whatIsStruckOutIsNotThereAnyMore() throws StoreException {
        StoredPacks packs = of(List.of(
                new StoredObject(Names.copy(ObjectType.DATA, pack(0), new Copy(3, 1)), 10),
                new StoredObject(Names.original(ObjectType.DATA, pack(0)), 20),
                new StoredObject(Names.original(ObjectType.DATA, pack(30)), 30)));
        assertThat(Objects.requireNonNull(packs.remove(pack(0))).copies()).hasSize(2);
        assertThat(packs.remove(pack(0))).isNull();
        assertThat(packs.get(pack(0))).isNull();
        assertThat(packs.contains(pack(0))).isFalse();
        assertThat(packs.contains(pack(1))).isFalse();
        assertThat(packs.contains(pack(60))).isFalse();
        assertThat(packs.ids()).containsExactly(pack(30));
    }
}
