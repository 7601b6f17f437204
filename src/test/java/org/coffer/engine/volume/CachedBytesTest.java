package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Seven pieces of 100 bytes and a shorter one, of which three are kept. */
class CachedBytesTest {
    private final byte[] all = new byte[750];
    private final MemoryBytes source = new MemoryBytes(all);
    private final CachedBytes cached = new CachedBytes(source, 100, 3);

    CachedBytesTest() {
        new Random(1).nextBytes(all);
    }

    private void readsTrue(int from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        cached.read(from, into);
        assertThat(into.array()).isEqualTo(Arrays.copyOfRange(all, from, from + length));
        assertThat(into.hasRemaining()).isFalse();
    }

    @Test
    void everyRangeIsReadTrue() throws IOException {
        for (int from = 0; from <= 750; from += 7) {
            for (int length = 0; length <= 750 - from; length += 11) {
                readsTrue(from, length);
            }
        }
    }

    @Test
    void smallThingsNearEachOtherCostOneRead() throws IOException {
        for (int i = 0; i < 100; i += 10) {
            readsTrue(i, 10);
        }
        assertThat(source.reads).hasValue(1);
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        readsTrue(0, 1);
        readsTrue(100, 1);
        readsTrue(200, 1);
        readsTrue(0, 1);
        readsTrue(300, 1);
        assertThat(source.reads).hasValue(4);
        readsTrue(0, 1);
        assertThat(source.reads).hasValue(4);
        readsTrue(100, 1);
        assertThat(source.reads).hasValue(5);
    }

    @Test
    void aLargeReadPassesByAndDrivesNothingOut() throws IOException {
        readsTrue(0, 1);
        readsTrue(100, 600);
        readsTrue(5, 1);
        assertThat(source.reads).hasValue(2);
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatThrownBy(() -> cached.read(745, ByteBuffer.allocate(6)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        for (long position : new long[] {-1, 745, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> cached.at(position, 6, "inode 12"))
                    .isInstanceOfSatisfying(ProblemException.class, e -> {
                        assertThat(e.problem().code()).isEqualTo("files.broken");
                        assertThat(e.problem().args()).containsEntry("what", "inode 12");
                    });
        }
    }
}
