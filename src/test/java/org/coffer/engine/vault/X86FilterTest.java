package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class X86FilterTest {
    private static final int LENGTH = 70_001;

    /** Bytes of which many are opcodes, and the top bytes of distances that are looked for. */
    private static byte[] dense(Random random, int length) {
        byte[] some = {(byte) 0xe8, (byte) 0xe9, 0, -1, 1, 0x7f, (byte) 0x80, (byte) 0xea};
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = some[random.nextInt(some.length)];
        }
        return data;
    }

    private static boolean promising(byte[] data) {
        ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).flip();
        return X86Filter.promising(direct, 0, data.length, new byte[X86Filter.WINDOW]);
    }

    @Test
    void everyContentComesBackWhateverItsLength() {
        Random random = new Random(42);
        for (int round = 0; round < 3000; round++) {
            byte[] data = dense(random, round < 200 ? round / 4 : 1 + random.nextInt(300));
            byte[] turned = data.clone();
            X86Filter.encode(turned, turned.length);
            X86Filter.decode(turned, turned.length);
            assertThat(turned).isEqualTo(data);
        }
    }

    @Test
    void nothingBehindTheContentIsTouched() {
        byte[] data = dense(new Random(1), 1000);
        byte[] turned = data.clone();
        X86Filter.encode(turned, 777);
        assertThat(Arrays.copyOfRange(turned, 777, 1000)).isEqualTo(Arrays.copyOfRange(data, 777, 1000));
        assertThat(turned).isNotEqualTo(data);
    }

    @Test
    void callsOfOneFunctionBecomeAlikeByTheRuleOfTheFormat() {
        byte[] data = {(byte) 0xe8, 10, 0, 0, 0, 9, (byte) 0xe8, 4, 0, 0, 0, (byte) 0xe9, -16, -1, -1, -1};
        X86Filter.encode(data, data.length);
        assertThat(data).containsExactly(0xe8, 15, 0, 0, 0, 9, 0xe8, 15, 0, 0, 0, 0xe9, 0, 0, 0, 0);
    }

    @Test
    void aDistanceWithAnotherTopByteIsNoneAndNothingInItIs() {
        byte[] data = {(byte) 0xe8, 1, (byte) 0xe8, 2, 3, 0, 0, (byte) 0xe8, 1, 1, 1, 1, 5};
        byte[] turned = data.clone();
        X86Filter.encode(turned, turned.length);
        assertThat(turned).isEqualTo(data);
    }

    @Test
    void onlyWhatLooksLikeCodePromisesToGain() {
        byte[] noise = new byte[LENGTH];
        new Random(3).nextBytes(noise);
        assertThat(promising(Code.of(LENGTH))).isTrue();
        assertThat(promising(noise)).isFalse();
        assertThat(promising(new byte[LENGTH])).isFalse();
        assertThat(promising(new byte[30])).isFalse();
    }
}
