package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/** How much room healing takes. */
class HealingTest {
    private final MemoryStore store = new MemoryStore();
    private final byte[] disk = Lab.noise(10 * Lab.BLOCK, 1);

    /**
     * Makes a pack one that holds two gigabytes more before compression, as content does that compresses well. They do
     * not expand, so that they need not be made, and nobody needs them.
     */
    private void enlarge(VaultCore core, String name) throws IOException {
        PackReader.OpenPack pack = core.packs().openCopy(ObjectType.DATA, name);
        PackTrailer trailer = pack.trailer();
        PackCopy copy = new PackCopy(ObjectType.DATA, name, core.sealing(), 1 << 20);
        ByteBuffer[] object;
        try (Workbench bench = core.benches().take();
                Workbench sealer = core.benches().take()) {
            for (int number = 0; number < trailer.frames(); number++) {
                PackTrailer.Frame frame = trailer.frame(number);
                int first = frame.shape().first();
                Entries entries = new Entries();
                for (int i = 0; i < frame.shape().count(); i++) {
                    BlockId id = trailer.id(first + i);
                    entries.add(id.high(), id.low(), trailer.length(first + i));
                }
                ByteBuffer fetched = core.packs().fetch(pack, frame.markEnd(), frame.stored(), bench);
                int length = PackReader.open(pack, frame, fetched, 0, bench);
                System.arraycopy(bench.bytes, 0, sealer.bytes, 0, length);
                copy.add(sealer, entries, first, new Packed(frame.shape().codec(), length));
            }
            for (int frame = 0; frame < 1100; frame++) {
                Entries entries = new Entries();
                for (int i = 0; i < PackTrailer.MANY_ENTRIES; i++) {
                    entries.add(frame + 1, i, Lab.BLOCK);
                }
                int first = trailer.entries() + frame * PackTrailer.MANY_ENTRIES;
                copy.add(sealer, entries, first, new Packed(Shape.ZSTD, 1));
            }
            object = copy.finish(sealer);
        }
        store.delete(name);
        store.put(name, object);
    }

    @Test
    void aPackThatHoldsMoreThanTwoGigabytesBeforeCompressionIsHealedInTheRoomOfWhatIsStored() throws IOException {
        try (Vault vault = Lab.create(store);
                Keys keys = new Keys(Lab.key(), vault.id())) {
            Commit one = Lab.backUp(vault, "one", disk, null);
            String pack = Names.original(ObjectType.DATA, new PackId(one.id(), 0));
            enlarge(VaultCore.of(new Place(store, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL), pack);
            assertThat(Lab.restore(vault, one)).isEqualTo(disk);
            store.bytes(pack)[5000] ^= 1;
            vault.avoid(Lab.CONSOLE, pack);
            Lab.backUp(vault, "two", disk, one, true, List.of());

            assertThat(vault.heal(pack, Work.quiet())).isTrue();

            assertThat(Lab.restore(vault, one)).isEqualTo(disk);
        }
    }
}
