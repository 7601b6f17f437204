package org.coffer.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the system's own tools, each for a limited time: what waits for a device that is silent cannot be waited for. */
final class Tool {
    private static final int MOST_SAID = 4000;

    private Tool() {}

    /**
     * How a tool ended.
     *
     * @param code its exit status; −1 if it did not end in time
     * @param said what it said last, on one line or more
     */
    record Result(int code, String said) {
        boolean done() {
            return code == 0;
        }

        boolean late() {
            return code < 0;
        }
    }

    /**
     * Runs a tool to its end.
     *
     * @param log a file for what it says, which is made anew: a pipe would be kept open by whatever it leaves running
     */
    static Result run(Path log, int seconds, List<String> command) throws IOException {
        Process process = begin(log, command);
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return new Result(process.exitValue(), said(log));
            }
            process.destroyForcibly();
            return new Result(-1, said(log));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Result(-1, said(log));
        }
    }

    /** Starts a tool that goes on. */
    static Process begin(Path log, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // What tools say is shown to people who look it up; in one language it is found.
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /** What was said until now. */
    static String said(Path log) {
        try {
            String all = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
            return all.length() > MOST_SAID ? all.substring(all.length() - MOST_SAID) : all;
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether a program can be started by its name. */
    static boolean exists(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/sbin:/usr/bin:/sbin:/bin");
        return Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
