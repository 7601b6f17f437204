package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.coffer.engine.disk.Extent;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;

/** S7: what of a file was written, whatever size it claims. */
class WrittenPartsTest {
    private int asked;

    /** A file of any size, of which some parts were written. */
    private final class Claimed implements FileContent {
        private final long size;
        private final List<Extent> written;

        Claimed(long size, Extent... written) {
            this.size = size;
            this.written = List.of(written);
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long position, ByteBuffer into) {
            throw new AssertionError("nobody reads");
        }

        @Override
        public List<Extent> data(long from, long to) {
            asked++;
            assertThat(from).isBetween(0L, to - 1);
            assertThat(to).isLessThanOrEqualTo(size);
            return written.stream()
                    .filter(part -> part.from() < to && part.to() > from)
                    .map(part -> new Extent(Math.max(from, part.from()), Math.min(to, part.to())))
                    .toList();
        }
    }

    private List<Extent> walked(FileContent content) {
        List<Extent> parts = new ArrayList<>();
        WrittenParts.<RuntimeException>walk(content, Work.quiet(), parts::add);
        return parts;
    }

    @Test
    void aSizeThatNothingHasIsGoneThroughInAFewSteps() throws IOException {
        long far = 1L << 61;
        Extent[] parts = {
            new Extent(5, 10), new Extent(far, far + 100), new Extent(far + (1L << 50), far + (1L << 50) + 7)
        };

        assertThat(walked(new Claimed(Long.MAX_VALUE, parts))).containsExactly(parts);
        assertThat(asked).isLessThan(200);
        assertThat(WrittenParts.bytes(new Claimed(Long.MAX_VALUE, parts), Work.quiet()))
                .isEqualTo(112);
        assertThat(walked(new Claimed(Long.MAX_VALUE))).isEmpty();
        assertThat(walked(new Claimed(0))).isEmpty();
    }

    @Test
    void aPartOverManyWindowsComesInPiecesThatTouch() {
        long end = 3 * WrittenParts.WINDOW + 17;

        List<Extent> parts = walked(new Claimed(end, new Extent(100, end)));

        assertThat(parts.getFirst().from()).isEqualTo(100);
        assertThat(parts.getLast().to()).isEqualTo(end);
        for (int i = 1; i < parts.size(); i++) {
            assertThat(parts.get(i).from()).isEqualTo(parts.get(i - 1).to());
        }
    }
}
