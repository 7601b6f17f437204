package org.coffer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How tests start further Java processes: quickly. The classes of the libraries come out of an archive that the first one
 * who asks makes, with what the program loads when it lists the vaults of an empty home; that halves a start.
 */
public final class ChildJava {
    private ChildJava() {}

    /** The command, up to the options of the main class: its name and its arguments are still to be added. */
    public static List<String> command(String... options) {
        List<String> command = new ArrayList<>(plain());
        command.addAll(Archive.OPTION);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", Archive.CLASS_PATH));
        return command;
    }

    private static List<String> plain() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /** Made once for all tests of a run. */
    private static final class Archive {
        private static final String LIBRARIES = entries(true);
        /** Libraries first: only what an archive's class path begins with can come out of it. */
        private static final String CLASS_PATH = LIBRARIES + File.pathSeparator + entries(false);

        private static final List<String> OPTION = make();

        private static String entries(boolean libraries) {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> entry.endsWith(".jar") == libraries)
                    .collect(Collectors.joining(File.pathSeparator));
        }

        /** The option that uses the archive; none where it cannot be made, for it only saves time. */
        private static List<String> make() {
            try {
                Path folder = Files.createTempDirectory("classes");
                Path list = folder.resolve("list");
                Path archive = folder.resolve("archive");
                folder.toFile().deleteOnExit();
                list.toFile().deleteOnExit();
                archive.toFile().deleteOnExit();
                Path home = folder.resolve("home");
                boolean listed = run(
                        "-XX:DumpLoadedClassList=" + list,
                        "-cp",
                        CLASS_PATH,
                        Main.class.getName(),
                        "--home",
                        home.toString(),
                        "vault",
                        "list");
                deleteOnExit(home);
                boolean made = listed
                        && run(
                                "-Xshare:dump",
                                "-XX:SharedClassListFile=" + list,
                                "-XX:SharedArchiveFile=" + archive,
                                "-cp",
                                LIBRARIES);
                return made ? List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable") : List.of();
            } catch (IOException e) {
                return List.of();
            }
        }

        private static void deleteOnExit(Path home) throws IOException {
            try (var all = Files.walk(home)) {
                all.forEach(path -> path.toFile().deleteOnExit()); // The deepest is deleted first.
            }
        }

        private static boolean run(String... words) throws IOException {
            List<String> command = new ArrayList<>(plain());
            command.addAll(List.of(words));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor() == 0;
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
