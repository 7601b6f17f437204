package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Dealing out leaves, held against a map of every byte. Small measures: blocks of 4 bytes, leaves of 16, so a window of holes
 * is 2048.
 */
class LeafWalkTest {
    private static final int BLOCK = 4;
    private static final int LEAF = 16;

    /** A disk of which only the holes matter. */
    private record Holes(BitSet data, long size) implements BlockSource {
        @Override
        public String name() {
            return "holes";
        }

        @Override
        public void read(long position, ByteBuffer dst) {
            throw new AssertionError("nobody reads here");
        }

        @Override
        public List<Extent> data(long from, long to) {
            List<Extent> extents = new ArrayList<>();
            int at = data.nextSetBit((int) from);
            while (at >= 0 && at < to) {
                int end = (int) Math.min(to, data.nextClearBit(at));
                extents.add(new Extent(at, end));
                at = data.nextSetBit(end);
            }
            return extents;
        }

        @Override
        public long check() {
            return size;
        }

        @Override
        public void close() {}
    }

    private static List<LeafWalk.Stretch> walk(BitSet data, long size) throws IOException {
        LeafWalk walk = new LeafWalk(new Holes(data, size), size, LEAF, BLOCK);
        List<LeafWalk.Stretch> all = new ArrayList<>();
        for (LeafWalk.Stretch stretch = walk.next(); stretch != null; stretch = walk.next()) {
            all.add(stretch);
        }
        return all;
    }

    @Test
    void everyLeafComesOnceInOrderAndEveryBlockWithDataIsReadOnce() throws IOException {
        Random random = new Random(6);
        for (int round = 0; round < 300; round++) {
            int size = 1 + random.nextInt(9000);
            BitSet data = new BitSet();
            for (int i = random.nextInt(12); i > 0; i--) {
                int from = random.nextInt(size);
                data.set(from, Math.min(size, from + 1 + random.nextInt(round % 2 == 0 ? 10 : 3000)));
            }
            long leaf = 0;
            BitSet read = new BitSet();
            for (LeafWalk.Stretch stretch : walk(data, size)) {
                assertThat(stretch.leaf()).isEqualTo(leaf);
                assertThat(stretch.count() == 1 || stretch.data().isEmpty()).isTrue();
                for (Extent extent : stretch.data()) {
                    assertThat(extent.from()).isGreaterThanOrEqualTo(leaf * LEAF);
                    assertThat(extent.to()).isLessThanOrEqualTo(Math.min(size, (leaf + 1) * LEAF));
                    assertThat(read.get((int) extent.from(), (int) extent.to()).isEmpty())
                            .isTrue();
                    read.set((int) extent.from(), (int) extent.to());
                }
                leaf += stretch.count();
            }
            assertThat(leaf).isEqualTo((size + LEAF - 1) / LEAF);
            assertThat(read).isEqualTo(wholeBlocks(data, size));
        }
    }

    private static BitSet wholeBlocks(BitSet data, int size) {
        BitSet blocks = new BitSet();
        for (int at = 0; at < size; at += BLOCK) {
            if (!data.get(at, Math.min(size, at + BLOCK)).isEmpty()) {
                blocks.set(at, Math.min(size, at + BLOCK));
            }
        }
        return blocks;
    }

    @Test
    void anEmptyDiskIsOneRow() throws IOException {
        assertThat(walk(new BitSet(), 1_000_001))
                .containsExactly(new LeafWalk.Stretch(0, 1_000_001 / LEAF + 1, List.of()));
    }
}
