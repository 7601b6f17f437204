package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurements beside the tests compile, and the floor of a full backup does the work that is measured. */
class BenchSourcesTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path folder;

    @Test
    void theMeasurementsCompile() throws IOException {
        assertThat(compile()).isEmpty();
    }

    @Test
    void theFloorReadsAndCompressesEveryBlockThatIsNotZero() throws IOException, InterruptedException {
        assertThat(compile()).isEmpty();
        byte[] image = new byte[9 * DiskWriter.BLOCK + 700];
        new Random(1).nextBytes(image);
        Arrays.fill(image, 2 * DiskWriter.BLOCK, 4 * DiskWriter.BLOCK, (byte) 0);
        Path file = Files.write(folder.resolve("disk.img"), image);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        folder + File.pathSeparator + CLASS_PATH,
                        "org.coffer.engine.vault.FullFloor",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        // Seven blocks and 700 bytes; noise does not become less.
        assertThat(said).contains("for 459452 bytes, 459452 compressed");
    }

    /** What the compiler has to say about it. */
    private String compile() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src", "bench", "java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        var javac = ToolProvider.getSystemJavaCompiler();
        var words = new StringWriter();
        try (var files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            javac.getTask(
                            words,
                            files,
                            null,
                            List.of("-proc:none", "-Xlint:none", "-cp", CLASS_PATH, "-d", folder.toString()),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return words.toString();
    }
}
