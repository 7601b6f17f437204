package org.coffer.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.engine.vault.HugeVault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program, from its launcher and with the heap that it gives, over a vault that says it holds 4 TB: what is done
 * there beside it. Needs the program built ({@code ./coffer --version} builds it), {@code /usr/bin/time}, and 6 GB of room.
 */
@Tag("long")
class HugeVaultTest {
    /** 64 KiB each; in 121,094 packs. */
    private static final String BLOCKS = System.getProperty("tests.huge.blocks", "62000000");

    private static final long MOST_KIB = 976_562;
    private static final Pattern CODE = Pattern.compile("([0-9A-Z]{4}-?){4,5}");

    @TempDir
    private Path folder;

    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private String coffer(String... words) throws IOException, InterruptedException {
        Path took = folder.resolve("took");
        List<String> command = new ArrayList<>(List.of("/usr/bin/time", "-o", took.toString(), "-f", "%e %M"));
        command.add(Path.of("coffer").toAbsolutePath().toString());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("COFFER_HOME", folder.resolve("home").toString());
        builder.environment().put("COFFER_PASSPHRASE", "correct horse battery");
        String said = run(builder);
        String[] numbers = Files.readString(took).strip().split(" ", -1);
        System.out.printf("%s: %s s, %s KB%n", String.join(" ", words), numbers[0], numbers[1]);
        assertThat(Long.parseLong(numbers[1])).as(said).isLessThan(MOST_KIB);
        return said;
    }

    @Test
    void eachCommandBesideFourTerabytesTakesLessThanAGigabyte() throws Exception {
        Path place = Files.createDirectory(folder.resolve("place"));
        Path disk = Files.write(folder.resolve("disk.img"), new byte[20 << 20]);
        // A fresh checkout builds itself first, which takes more memory than the program.
        run(new ProcessBuilder(Path.of("coffer").toAbsolutePath().toString(), "--version"));
        coffer("location", "add", "--folder=" + place, "drive");
        coffer("disk", "add", "--name=small", disk.toString());
        coffer("vault", "create", "huge", "--location=drive", "--capacity=20TB", "--disk=small");
        Files.write(disk, noise(1));
        coffer("backup", "run", "--name=one", "huge");
        addHuge(place, code(coffer("key", "show-recovery", "huge")));
        Files.write(disk, noise(2));

        assertThat(coffer("vault", "list")).contains("huge");
        coffer("backup", "run", "--name=two", "huge");
        assertThat(coffer("backup", "list")).contains("huge").contains("two");
        assertThat(coffer("vault", "verify", "huge")).contains(" 0 damaged");
        coffer("backup", "delete", "--yes", "one");
        coffer("vault", "collect", "huge");
        assertThat(coffer("vault", "verify", "huge")).contains(" 0 damaged");
    }

    private static byte[] noise(long seed) {
        byte[] bytes = new byte[20 << 20];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static String code(String sheet) {
        return sheet.lines()
                .map(String::strip)
                .map(CODE::matcher)
                .filter(Matcher::matches)
                .map(Matcher::group)
                .collect(Collectors.joining());
    }

    private static void addHuge(Path place, String code) throws IOException, InterruptedException {
        try (Stream<Path> inside = Files.list(place)) {
            String vault = inside.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("vault-"))
                    .findFirst()
                    .orElseThrow();
            System.out.print(run(new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx2g",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HugeVault.class.getName(),
                    place.toString(),
                    vault + '/',
                    code,
                    BLOCKS)));
        }
    }
}
