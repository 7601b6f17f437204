package org.coffer.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A checkout with the real launcher and toys for everything that it calls.
 *
 * <pre>
 *   my checkout/            coffer, installer/launch/*.sh (the real ones), src/main/java/A.java, i18n/, pom.xml
 *   jdks/17, jdks/25 …      bin/java prints its arguments; release tells the version
 *   tools/mvn               counts itself in builds, makes target/launch/coffer.jar and lib/*.jar
 * </pre>
 */
final class Checkout {
    private final Path base;
    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();

    Checkout(Path base) throws IOException {
        this.base = base;
        this.root = Files.createDirectories(base.resolve("my checkout"));
        copy(Path.of("coffer"), root.resolve("coffer"));
        try (Stream<Path> scripts = Files.list(Path.of("installer/launch"))) {
            for (Path script : scripts.toList()) {
                copy(script, root.resolve("installer/launch").resolve(script.getFileName()));
            }
        }
        source("src/main/java/A.java");
        source("i18n/messages.properties");
        source("pom.xml");
        Files.createDirectories(base.resolve("jdks"));
        executable(base.resolve("tools/mvn"), """
                #!/bin/sh
                echo "built with $JAVA_HOME by $*" >>"%s"
                mkdir -p target/launch/lib
                echo "what the compiler says"
                [ ! -e fail ] || exit 1
                : >target/launch/coffer.jar
                for jar in b a javafx-base-26 javafx-base-26-linux; do : >target/launch/lib/$jar.jar; done
                """.formatted(base.resolve("builds")));
        environment.put("PATH", base.resolve("tools") + ":/usr/bin:/bin");
        environment.put("HOME", base.toString());
        environment.put("COFFER_JDK_DIRS", base.resolve("jdks").toString());
        environment.put("LANG", "C.UTF-8");
        // It goes on in the background, after the test has removed its folder.
        environment.put("COFFER_TRAINING", "off");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Where the checkout is. */
    Path root() {
        return root;
    }

    /** The folder that holds checkout, JDKs and tools. */
    Path base() {
        return base;
    }

    /** Sets a variable for the launcher. */
    Checkout with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes a source file, dated a minute ago. */
    void source(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "source");
        Instant before = Instant.now().minusSeconds(60);
        for (Path dated = file; dated != null && dated.startsWith(root); dated = dated.getParent()) {
            Files.setLastModifiedTime(dated, FileTime.from(before));
        }
    }

    /** Puts a toy JDK of this version into {@code dir}. */
    Path jdk(Path dir, String version) throws IOException {
        Path home = dir.resolve(version);
        executable(home.resolve("bin/java"), """
                #!/bin/sh
                for argument in "$@"; do
                    case $argument in
                        -XX:AOTConfiguration=*) [ "$previous" = -XX:AOTMode=create ] || : >"${argument#*=}" ;;
                        -XX:AOTCache=*.new) echo cache >"${argument#*=}" ;;
                    esac
                    previous=$argument
                    printf '<%s>\\n' "$argument"
                done
                """);
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Toys\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** Puts a toy JDK of this version where JDKs are. */
    Path jdk(String version) throws IOException {
        return jdk(base.resolve("jdks"), version);
    }

    static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** How often Maven was run. */
    long builds() throws IOException {
        Path file = base.resolve("builds");
        return Files.exists(file) ? Files.readString(file).lines().count() : 0;
    }

    /** What a start said and how it ended. */
    record Run(int status, String out, String err) {
        /** The arguments that Java was given. */
        List<String> arguments() {
            return out.lines().map(line -> line.substring(1, line.length() - 1)).toList();
        }
    }

    /** Starts the launcher without waiting. */
    Process launch(String... words) throws IOException {
        return launch(root.resolve("coffer"), base, words);
    }

    /** Starts the launcher under this path from this folder. */
    Process launch(Path launcher, Path from, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Starts the launcher and waits for its end. */
    Run run(String... words) throws IOException, InterruptedException {
        return finish(launch(words));
    }

    static Run finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }
}
