package org.coffer.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations of a log, put together by hand. */
class XfsTransactionsTest {
    private static final int START = 0x01;
    private static final int COMMIT = 0x02;
    private static final int CONTINUED = 0x08;
    private static final int ID = 7;

    private final List<List<XfsLogPiece>> taken = new ArrayList<>();
    private final XfsTransactions transactions = new XfsTransactions(taken::add);

    /** A record of operations, each of a transaction and of so many bytes. */
    private static XfsLogRecord record(int[] flags, int[] lengths) {
        int size = 0;
        for (int length : lengths) {
            size += XfsLogRecords.OPERATION + length;
        }
        ByteBuffer data = ByteBuffer.allocate(size);
        for (int i = 0; i < flags.length; i++) {
            data.putInt(ID)
                    .putInt(lengths[i])
                    .put((byte) 0)
                    .put((byte) flags[i])
                    .putShort((short) 0);
            for (int j = 0; j < lengths[i]; j++) {
                data.put((byte) i);
            }
        }
        return new XfsLogRecord(1, 0, 1, flags.length, data.flip());
    }

    private boolean take(int flags, int length) throws IOException {
        return transactions.take(record(new int[] {flags}, new int[] {length}), 0);
    }

    @Test
    void aPieceThatFillsManyRecordsIsPutTogether() throws IOException {
        take(START, 0);
        take(0, 100);
        for (int i = 0; i < 66; i++) {
            assertThat(take(CONTINUED, 15 << 10)).isTrue();
        }
        assertThat(take(COMMIT, 0)).isTrue();
        assertThat(taken)
                .singleElement()
                .satisfies(pieces -> assertThat(pieces)
                        .singleElement()
                        .satisfies(piece -> assertThat(piece.bytes().limit()).isEqualTo(100 + 66 * (15 << 10))));
    }

    @Test
    void aLogOfNothingButPartsOfOnePieceIsRefusedBeforeItTakesHours() throws IOException {
        take(START, 0);
        take(0, 1 << 19);
        int parts = 1;
        while (parts < 1000 && take(CONTINUED, parts % 2)) {
            parts++;
        }
        assertThat(parts).isLessThan(1000);
    }
}
