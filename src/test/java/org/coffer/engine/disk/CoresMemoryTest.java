package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.coffer.ChildJava;
import org.coffer.engine.store.s3.StorageServer;
import org.coffer.machine.Shell;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole memory of a process that backs up and restores as the program does stays below 400 MB, however many cores it has. */
class CoresMemoryTest {
    private static final int IMAGE = 256 << 20;
    private static final long MOST_MIB = 380;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void aBackupAndARestoreStayBelowFourHundredMegabytes(int cores) throws IOException {
        byte[] noise = new byte[IMAGE];
        new Random(5).nextBytes(noise);
        String disk = Files.write(folder.resolve("disk.img"), noise).toString();
        String store = Files.createDirectory(folder.resolve("store")).toString();

        engine(cores, "init", store);
        engine(cores, "backup", store, disk, "full");
        engine(cores, "restore", store, "full", folder.resolve("back.img").toString());

        assertThat(Files.mismatch(folder.resolve("back.img"), Path.of(disk))).isEqualTo(-1);
    }

    /** From far away many leaves are under way at once, each in a thread of its own. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void aRestoreFromObjectStorageSomeWayOffStaysBelowFourHundredMegabytes(int cores) throws Exception {
        byte[] noise = new byte[IMAGE];
        new Random(6).nextBytes(noise);
        String disk = Files.write(folder.resolve("disk.img"), noise).toString();
        List<String> command = new ArrayList<>(ChildJava.command("-Xmx256m"));
        command.addAll(List.of(
                StorageServer.class.getName(),
                Files.createDirectory(folder.resolve("objects")).toString(),
                "40",
                "lean"));
        // It ends when its input does, so also with this process.
        Process server = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
            String store = "s3:" + said.readLine();

            engine(cores, "init", store);
            engine(cores, "backup", store, disk, "full");
            long peak = engine(
                    cores, "restore", store, "full", folder.resolve("back.img").toString());
            // With its catalog and its commands the program takes some 45 MiB more than the engine alone.
            assertThat(peak).isLessThan(MOST_MIB - 30);

            assertThat(Files.mismatch(folder.resolve("back.img"), Path.of(disk)))
                    .isEqualTo(-1);
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    /** Runs a step, and says how much memory it took, in MiB. */
    private long engine(int cores, String... step) {
        // What the launcher gives the program.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms48m",
                "-Xmx224m",
                "-XX:MaxDirectMemorySize=1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ActiveProcessorCount=" + cores,
                "-Djava.io.tmpdir=" + folder,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                EngineBench.class.getName()));
        command.addAll(List.of(step));
        String output = Shell.run(command.toArray(String[]::new));
        long peak = PeakMemory.in(output);
        assertThat(peak).as(output).isLessThan(MOST_MIB);
        return peak;
    }
}
