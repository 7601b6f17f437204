package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockMapTest {
    @Test
    void itHoldsWhatAnyMapWouldHold() {
        BlockMap blocks = new BlockMap();
        Map<Long, Long> expected = new HashMap<>();
        Random random = new Random(2);
        assertThat(blocks.isEmpty()).isTrue();
        for (int i = 0; i < 100_000; i++) {
            long key = random.nextInt(20_000) * 8L;
            if (random.nextInt(4) == 0) {
                blocks.remove(key);
                expected.remove(key);
            } else {
                blocks.put(key, i);
                expected.put(key, (long) i);
            }
        }
        for (long key = 0; key < 8 * 20_001; key++) {
            assertThat(blocks.get(key)).isEqualTo(expected.getOrDefault(key, -1L));
        }
        assertThat(blocks.isEmpty()).isFalse();
    }
}
