package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 4 TiB in a process that has 48 MiB of heap. */
class HugeDiskTest {
    private static final long SIZE = 4L << 40;
    private static final int PIECES = 300;

    @TempDir
    private Path folder;

    private String engine(String... step) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Up to seven benches of 6 MiB, as G1 lays arrays of a little more than 2 MiB into three regions each.
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=256m",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EngineBench.class.getName()));
        command.addAll(List.of(step));
        return Shell.run(command.toArray(String[]::new));
    }

    @Test
    void fourTerabytesOfHolesWithStrewnDataComeAndGoInASmallHeap() throws IOException {
        Path disk = folder.resolve("huge.img");
        Random random = new Random(8);
        byte[] bytes = new byte[100_000];
        long[] places = random.longs(PIECES, 0, SIZE - bytes.length).toArray();
        try (RandomAccessFile raw = new RandomAccessFile(disk.toFile(), "rw")) {
            raw.setLength(SIZE);
            for (long place : places) {
                random.nextBytes(bytes);
                raw.seek(place);
                raw.write(bytes);
            }
        }
        String store = Files.createDirectory(folder.resolve("store")).toString();
        Path back = folder.resolve("back.img");
        engine("init", store);
        assertThat(engine("backup", store, disk.toString(), "first")).contains("unchanged=0");
        assertThat(engine("backup", store, disk.toString(), "second")).contains("newBlocks=0");
        engine("restore", store, "second", back.toString());
        assertThat(engine("compare", store, "first", back.toString())).contains("toWrite=0, toZero=0");
        byte[] other = new byte[bytes.length];
        try (RandomAccessFile one = new RandomAccessFile(disk.toFile(), "r");
                RandomAccessFile two = new RandomAccessFile(back.toFile(), "r")) {
            assertThat(two.length()).isEqualTo(SIZE);
            for (long place : places) {
                one.seek(place);
                one.readFully(bytes);
                two.seek(place);
                two.readFully(other);
                assertThat(other).isEqualTo(bytes);
            }
        }
    }
}
