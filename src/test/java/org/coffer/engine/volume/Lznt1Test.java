package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lznt1Test {
    @Test
    void undoesTheExampleOfTheSpecification() {
        byte[] compressed = HexFormat.of()
                .parseHex("38b08846232000204720410010a24701a045204400084501507900c0452005241388"
                        + "05b4024a44ef0358028c091601484500be009e000401189000");
        String expected =
                "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E F# G"
                        + " F# E D E A F# F# G A A G F# E D D E F# E D D\0";
        byte[] decoded = Lznt1.decode(ByteBuffer.wrap(compressed), 4096).orElseThrow();
        assertThat(new String(decoded, 0, expected.length(), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
        assertThat(Arrays.copyOfRange(decoded, expected.length(), decoded.length))
                .containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource({
        "02b0 010000, a part before the first byte",
        "01b0 02, a part of nothing",
        "03b0 02611010, further back than there is",
        "03b0 0261ff0f00, longer than a chunk",
        "ffbf 00, a chunk that is not all there"
    })
    void refusesWhatMakesNoSense(String hex, String why) {
        byte[] compressed = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(Lznt1.decode(ByteBuffer.wrap(compressed), 4096)).as(why).isEmpty();
    }

    @Test
    void anyBytesEndInAsManyAsAskedForOrInNothing() {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(1, 600)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                int length = bytes.length;
                bytes[0] = (byte) (length - 3);
                bytes[Math.min(1, length - 1)] = (byte) (0xb0 + (length - 3) / 256);
            }
            Optional<byte[]> decoded = Lznt1.decode(ByteBuffer.wrap(bytes), 8192);
            decoded.ifPresent(found -> assertThat(found).hasSize(8192));
            refused += decoded.isEmpty() ? 1 : 0;
        }
        assertThat(refused).isBetween(500, 4_990);
    }
}
