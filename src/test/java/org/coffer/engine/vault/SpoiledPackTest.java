package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.coffer.engine.store.MemoryStore;
import org.junit.jupiter.api.Test;

/**
 * A pack of which one frame could not be sealed, for want of memory for instance, while other threads fill and close it: a later run would
 * adopt what its contents name and what is not in it.
 */
class SpoiledPackTest {
    private final MemoryStore store = new MemoryStore();
    private final Keys keys = new Keys(Lab.key(), new VaultId(5, 6));
    private final VaultCore core =
            VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Tuning.standard());

    private static Entries block(long id) {
        Entries block = new Entries();
        block.add(id, id, Lab.BLOCK);
        return block;
    }

    @Test
    void aPackWithAFrameThatWasNotSealedIsNeverPut() throws Exception {
        PackWriter packs = new PackWriter(
                new SessionId(3, 4),
                ObjectType.DATA,
                new AtomicInteger(),
                core,
                Tuning.standard().dataPack(),
                3);
        try (Workbench bench = core.benches().take()) {
            packs.append(bench, block(1), new Packed(Shape.RAW, Lab.BLOCK));
            // More than the bench has: sealing fails after its place was reserved.
            assertThatThrownBy(() -> packs.append(bench, block(2), new Packed(Shape.RAW, bench.bytes.length + 1)))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThatThrownBy(packs::flush).isInstanceOf(IllegalStateException.class);

        assertThat(store.objects()).isEmpty();
        assertThat(packs.storedBytes()).isZero();
    }
}
