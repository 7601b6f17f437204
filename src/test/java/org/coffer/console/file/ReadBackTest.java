package org.coffer.console.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.console.Refusals;
import org.coffer.engine.disk.Extent;
import org.coffer.engine.volume.FileContent;
import org.coffer.engine.work.Work;
import org.coffer.machine.TargetException;
import org.coffer.machine.TargetFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file holds after it was written is compared with what was written: in each byte, but for holes. */
class ReadBackTest {
    private static final int SIZE = 3_000_000;
    private static final int HOLE = 1_000_000;

    @TempDir
    private Path folder;

    private final byte[] bytes = new byte[SIZE];
    private final ByteBuffer room = ByteBuffer.allocateDirect(1 << 20);
    private final ReadBack back = new ReadBack();

    /** Its first and third million bytes were written. */
    private final FileContent content = new FileContent() {
        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public void read(long position, ByteBuffer into) {
            into.put(bytes, (int) position, into.remaining());
        }

        @Override
        public List<Extent> data(long from, long to) {
            return List.of(new Extent(0, HOLE), new Extent(2 * HOLE, SIZE));
        }
    };

    private TargetFolder.NewFile written(TargetFolder target) throws IOException {
        new SplittableRandom(1).nextBytes(bytes);
        TargetFolder.NewFile file = target.create("file");
        for (int at : new int[] {0, 2 * HOLE}) {
            ByteBuffer piece =
                    ByteBuffer.allocateDirect(HOLE).put(bytes, at, HOLE).flip();
            back.wrote(piece);
            file.write(at, piece);
        }
        file.length(SIZE);
        file.sync();
        return file;
    }

    private void tamper(long at) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(folder.resolve("file").toFile(), "rw")) {
            raw.seek(at);
            int was = raw.read();
            raw.seek(at);
            raw.write(was ^ 1);
        }
    }

    private void compare(TargetFolder.NewFile file) {
        try {
            back.compare(content, file, room, "file", Work.quiet());
        } catch (TargetException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFileThatHoldsWhatWasWrittenPasses() throws IOException {
        try (TargetFolder target = TargetFolder.open(folder);
                TargetFolder.NewFile file = written(target)) {
            compare(file);
            assertThat(room.capacity()).isPositive();
        }
    }

    @Test
    void oneBitThatTurnedIsFound() throws IOException {
        try (TargetFolder target = TargetFolder.open(folder);
                TargetFolder.NewFile file = written(target)) {
            tamper(2_999_999);
            assertThat(Refusals.code(() -> compare(file))).isEqualTo("files.unlike");
        }
    }

    @Test
    void aFileThatWasCutIsFound() throws IOException {
        try (TargetFolder target = TargetFolder.open(folder);
                TargetFolder.NewFile file = written(target)) {
            try (RandomAccessFile raw =
                    new RandomAccessFile(folder.resolve("file").toFile(), "rw")) {
                raw.setLength(2_500_000);
            }
            assertThat(Refusals.code(() -> compare(file))).isEqualTo("files.unlike");
        }
    }
}
