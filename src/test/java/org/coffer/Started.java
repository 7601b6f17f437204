package org.coffer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, on a home of its own. */
final class Started implements AutoCloseable {
    private final Process process;
    private final CompletableFuture<String> out;

    private Started(Process process) {
        this.process = process;
        // A thread of its own: a daemon's output ends late, and the common pool has only one thread on two cores.
        this.out = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        return "";
                    }
                },
                reading -> Thread.ofPlatform().daemon().start(reading));
    }

    /** Starts the program in {@code folder}, whose {@code home} is its home. */
    static Started coffer(Path folder, String... words) throws IOException {
        return coffer(folder, List.of(), words);
    }

    /** Starts the program with more options for Java. */
    static Started coffer(Path folder, List<String> options, String... words) throws IOException {
        List<String> command = new ArrayList<>(java());
        command.add("-Dcoffer.launcher=" + launcher(folder));
        command.addAll(options);
        command.add(Main.class.getName());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("COFFER_HOME", folder.resolve("home").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("COFFER_PASSPHRASE");
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process);
    }

    private static List<String> java() {
        // Only the tests' class path has this facade; it would talk on standard error.
        return ChildJava.command("-Xmx256m", "-Dslf4j.internal.verbosity=ERROR");
    }

    /** What the program starts itself with when something is to go on in the background. */
    private static Path launcher(Path folder) throws IOException {
        Path script = folder.resolve("launcher");
        if (!Files.exists(script)) {
            String java = String.join("' '", java());
            Files.writeString(script, "#!/bin/sh\nexec '" + java + "' " + Main.class.getName() + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return script;
    }

    /** What the program said when it had ended. */
    record End(int status, String out, String err) {}

    /** Waits for the end. */
    End end() throws Exception {
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new End(process.waitFor(), out.get(60, TimeUnit.SECONDS), err);
    }

    /** Reads standard error until {@code words} appear there. */
    void awaitError(String words) throws IOException {
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        while (said.indexOf(words) < 0) {
            int c = err.read();
            if (c < 0) {
                throw new AssertionError("ended without saying " + words + ": " + said);
            }
            said.append((char) c);
        }
    }

    /** Sends a signal, such as {@code TERM}. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    long pid() {
        return process.pid();
    }

    /** Kills the process if it is still there. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
