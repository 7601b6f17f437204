package org.coffer.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.console.Refusals;
import org.coffer.engine.disk.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S4: what QEMU says of a qcow2 image that was filled here. Needs qemu-img. */
class Qcow2ImageTest {
    private static final int CLUSTER = 1 << 16;

    @TempDir
    private Path root;

    private static byte[] random(int bytes, long seed) {
        byte[] content = new byte[bytes];
        new SplittableRandom(seed).nextBytes(content);
        return content;
    }

    /** Writes the same to an image and to a plain file, and lets QEMU compare them. */
    private void same(long size, long... places) throws Exception {
        Path image = root.resolve("disk.qcow2");
        Path plain = root.resolve("disk.raw");
        try (Qcow2Image made = Qcow2Image.make(image, size);
                RandomAccessFile raw = new RandomAccessFile(plain.toFile(), "rw")) {
            raw.setLength(size);
            for (long place : places) {
                int bytes = (int) Math.min(3L * CLUSTER, size - place);
                byte[] content = random(bytes, place + 1);
                made.write(place, ByteBuffer.wrap(content));
                raw.seek(place);
                raw.write(content);
            }
            made.zero(places[0], CLUSTER);
            raw.seek(places[0]);
            raw.write(new byte[(int) Math.min(CLUSTER, size - places[0])]);
            ByteBuffer back = ByteBuffer.allocate((int) Math.min(4L * CLUSTER, size));
            made.read(0, back);
            byte[] expected = new byte[back.capacity()];
            raw.seek(0);
            raw.readFully(expected);
            assertThat(back.array()).isEqualTo(expected);
            made.flush();
            made.settle(size);
        }
        assertThat(Shell.run("qemu-img", "check", "-f", "qcow2", image.toString()))
                .contains("No errors were found");
        assertThat(Shell.run("qemu-img", "compare", "-f", "qcow2", "-F", "raw", image.toString(), plain.toString()))
                .contains("identical");
        assertThat(Shell.run("qemu-img", "info", image.toString())).contains(Long.toString(size), "qcow2");
    }

    @Test
    void qemuFindsTheSameBytesAndNoErrors() throws Exception {
        same(64L << 20, 0, 5L << 20, 40L << 20);
    }

    @Test
    void theEndOfADiskNeedNotBeTheEndOfACluster() throws Exception {
        same((3L << 20) + 4096 + 512, 0, 3L << 20);
    }

    @Test
    void aLargeDiskHasManyTablesAndTakesLittleRoom() throws Exception {
        same(3L << 40, 0, 600L << 20, 2L << 40, (3L << 40) - CLUSTER);
        assertThat(Files.size(root.resolve("disk.qcow2"))).isLessThan(2 << 20);
    }

    @Test
    void onlyWhatWasWrittenIsData() throws Exception {
        try (Qcow2Image made = Qcow2Image.make(root.resolve("a.qcow2"), 8L << 20)) {
            assertThat(made.data(0, 8L << 20)).isEmpty();
            made.write(2L * CLUSTER, ByteBuffer.wrap(random(2 * CLUSTER, 1)));
            made.write(7L * CLUSTER, ByteBuffer.wrap(random(CLUSTER, 2)));
            assertThat(made.data(0, 8L << 20))
                    .isEqualTo(List.of(new Extent(2L * CLUSTER, 4L * CLUSTER), new Extent(7L * CLUSTER, 8L * CLUSTER)));
            assertThat(made.data(3L * CLUSTER, 8L << 20)).hasSize(2);
        }
        assertThat(Refusals.code(() -> Qcow2Image.make(root.resolve("a.qcow2"), 1)))
                .isEqualTo("image.exists");
    }
}
