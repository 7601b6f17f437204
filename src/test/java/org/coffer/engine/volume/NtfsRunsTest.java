package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a volume of 1000 clusters of 4096 bytes. */
class NtfsRunsTest {
    private final NtfsRuns runs = new NtfsRuns(new NtfsBoot(4096, 1000, 1024, 4));

    @ParameterizedTest
    @CsvSource({
        "00, ''",
        "1105 64 00, 0+5@100",
        "1105 64 1103 f6 00, 0+5@100 5+3@90",
        "1105 64 0107 1101 05 00, 0+5@100 5+7@-1 12+1@105",
        "210a 2c01 00, 0+10@300",
        "12e803 00 00, 0+1000@0"
    })
    void eachRunIsALengthAndADistance(String hex, String expected) {
        runs.append(0, pairs(hex));
        List<String> found = new ArrayList<>();
        for (int i = 0; i < runs.count(); i++) {
            found.add(runs.first(i) + "+" + (runs.end(i) - runs.first(i)) + "@" + runs.place(i));
        }
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1105 64, no end",
        "1105, cut short",
        "1100 64 00, no length",
        "11ff 64 00, less than no length",
        "1105 f6 00, before the volume",
        "210a e003 00, past the volume",
        "0901020304050607080900, a number of nine bytes",
        "08ffffffffffffff7f 00, more bytes than there are numbers",
        "1805000000000000 1f 64 00, more clusters than the volume has"
    })
    void whatCannotBeIsBroken(String hex, String why) {
        assertThatThrownBy(() -> runs.append(0, pairs(hex)))
                .as(why)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("files.broken"));
    }

    @Test
    void piecesFollowEachOtherWithoutAGap() {
        runs.append(0, pairs("1105 64 00"));
        runs.append(5, pairs("1105 32 00"));
        assertThat(runs.end()).isEqualTo(10);
        assertThat(runs.place(runs.find(7))).isEqualTo(50);
        assertThatThrownBy(() -> runs.append(11, pairs("1105 32 00"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> runs.append(5, pairs("1105 32 00"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void noMoreFragmentsAreTakenThanAreBearable() {
        ByteBuffer many = ByteBuffer.allocate(2 * NtfsRuns.MOST + 3);
        while (many.remaining() > 1) {
            many.put((byte) 1).put((byte) 1);
        }
        NtfsBlock block = new NtfsBlock(many.flip(), "file record", 1);
        assertThatThrownBy(() -> runs.append(0, block))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("files.unsupported"));
    }

    private static NtfsBlock pairs(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new NtfsBlock(ByteBuffer.wrap(bytes), "file record", 1);
    }
}
