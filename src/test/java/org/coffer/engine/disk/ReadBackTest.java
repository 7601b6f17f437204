package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.coffer.engine.vault.DiskWriter;
import org.coffer.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An image of two leaves, of which the second is cut short and has these blocks written:
 *
 * <pre>
 *   0 .. 69 written   70 .. 79 not   80 .. 99 written   99 ends early
 * </pre>
 */
class ReadBackTest {
    private static final int BLOCK = DiskWriter.BLOCK;
    private static final int LENGTH = 99 * BLOCK + 8192;

    @TempDir
    private Path folder;

    private final ByteBuffer content = DiskBackup.buffer();
    private final BitSet written = new BitSet();

    /** Writes the second leaf, changes one byte on the disk unless it is negative, and reads back. */
    private int firstUnlike(int changed) throws IOException {
        byte[] noise = new byte[LENGTH];
        new SplittableRandom(3).nextBytes(noise);
        content.put(0, noise);
        written.set(0, 70);
        written.set(80, 100);
        Machine machine = Machine.here(folder.resolve("known-disks"));
        try (BlockTarget disk = machine.newImage(folder.resolve("target.img"), DiskWriter.LEAF + (long) LENGTH)) {
            disk.write(DiskWriter.LEAF, content.clear().limit(LENGTH));
            if (changed >= 0) {
                byte wrong = (byte) ~noise[changed];
                disk.write(
                        DiskWriter.LEAF + (long) changed,
                        ByteBuffer.allocateDirect(1).put(wrong).flip());
            }
            disk.flush();
            return new ReadBack(disk).firstUnlike(1, content, written, LENGTH);
        }
    }

    @Test
    void whatIsThereAsItWasWrittenIsLikeIt() throws IOException {
        assertThat(firstUnlike(-1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 63, 64, 69, 80, 98, 99})
    void aByteThatDiffersIsFoundInWhicheverPieceItLies(int block) throws IOException {
        assertThat(firstUnlike(block * BLOCK)).isEqualTo(block);
        assertThat(firstUnlikeAtEnd(block)).isEqualTo(block);
    }

    private int firstUnlikeAtEnd(int block) throws IOException {
        folder.resolve("target.img").toFile().delete();
        return firstUnlike(Math.min(LENGTH, (block + 1) * BLOCK) - 1);
    }

    @Test
    void whatWasNotWrittenIsNotLookedAt() throws IOException {
        assertThat(firstUnlike(75 * BLOCK)).isEqualTo(-1);
    }
}
