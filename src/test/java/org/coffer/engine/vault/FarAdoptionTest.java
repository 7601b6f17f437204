package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.junit.jupiter.api.Test;

/** Going on, over a long way, with what a run stored that died: many packs are asked for at once, and none of it is stored again. */
class FarAdoptionTest {
    /** A store some way off, where whoever asks for a pack waits until somebody else asks for one too. */
    private static final class Far extends ForwardingStore {
        private final CountDownLatch together = new CountDownLatch(2);

        Far(ObjectStore real) {
            super(real);
        }

        @Override
        public int readsAtOnce() {
            return 4;
        }

        @Override
        public byte[] suffix(String name, int length) throws StoreException {
            if (name.startsWith("data/")) {
                together.countDown();
                try {
                    if (!together.await(20, TimeUnit.SECONDS)) {
                        throw new IllegalStateException(name + " was asked for alone");
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.suffix(name, length);
        }
    }

    @Test
    void thePacksOfADeadRunAreOpenedSideBySide() throws IOException {
        MemoryStore store = new MemoryStore();
        byte[] disk = Lab.noise(60 * Lab.BLOCK, 4);
        try (Vault vault = Lab.create(store)) {
            // Its process dies: it is never closed.
            Session dead = vault.begin(Lab.CONSOLE, List.of());
            Lab.write(dead, disk, null, true);
            dead.blocks().spill();
        }
        assertThat(store.list("data/")).hasSizeGreaterThan(2);
        store.objects().keySet().removeIf(name -> name.startsWith(Names.INDEX));

        try (Vault vault = Lab.open(new Far(store))) {
            List<SessionId> dead = vault.settle(Lab.CONSOLE).adoptable();
            assertThat(dead).hasSize(1);
            Commit next = Lab.backUp(vault, "next", disk, null, false, dead);
            assertThat(next.counts().newBlocks()).isZero();
            assertThat(Lab.restore(vault, next)).isEqualTo(disk);
        }
    }
}
