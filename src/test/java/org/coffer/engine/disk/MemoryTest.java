package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole memory of processes that run as the program does, at sizes where memory that grew with the disk or with the
 * vault would show. Needs Linux, 4 GB of room, and a file system that has files of 4 TiB with holes.
 */
@Tag("long")
class MemoryTest {
    private static final long DISK = 4L << 40;
    private static final int EXTENTS = 2000;
    private static final int EXTENT = 64 << 10;
    private static final long MOST_MIB = 1000;

    @TempDir
    private Path folder;

    private String run(String program, String... step) {
        // What the launcher gives the program.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms48m",
                "-Xmx224m",
                "-XX:MaxDirectMemorySize=1g",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(List.of(step));
        String output = Shell.run(command.toArray(String[]::new));
        System.out.println(output.strip());
        return output;
    }

    private String engine(String... step) {
        String output = run(EngineBench.class.getName(), step);
        assertThat(PeakMemory.in(output)).as(output).isLessThan(MOST_MIB);
        return output;
    }

    @Test
    void aDiskOfFourTerabytesTakesLessThanAGigabyteToBackUpAndRestore() throws IOException {
        Path disk = folder.resolve("disk.img");
        strew(disk);
        String store = Files.createDirectory(folder.resolve("store")).toString();
        Path back = folder.resolve("back.img");
        engine("init", store);
        assertThat(engine("backup", store, disk.toString(), "full")).contains("unchanged=0");
        assertThat(engine("backup", store, disk.toString(), "untouched")).contains("newBlocks=0");
        engine("restore", store, "untouched", back.toString());
        assertThat(engine("compare", store, "full", back.toString())).contains("toWrite=0, toZero=0");
    }

    private static void strew(Path disk) throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        byte[] bytes = new byte[EXTENT];
        try (RandomAccessFile raw = new RandomAccessFile(disk.toFile(), "rw")) {
            raw.setLength(DISK);
            for (int i = 0; i < EXTENTS; i++) {
                random.nextBytes(bytes);
                raw.seek(random.nextLong(0, DISK - EXTENT));
                raw.write(bytes);
            }
        }
    }

    @Test
    void anIndexOfAHundredMillionBlocksIsAskedWithinTheProgramsHeap() throws IOException {
        String place = Files.createDirectory(folder.resolve("index")).toString();
        String program = "org.coffer.engine.vault.IndexBench";
        run(program, "write", place, "100000000");
        String asked = run(program, "ask", place, "100000000", "200000");
        assertThat(PeakMemory.in(asked.substring(asked.indexOf("peak "))))
                .as(asked)
                .isLessThan(MOST_MIB);
    }
}
