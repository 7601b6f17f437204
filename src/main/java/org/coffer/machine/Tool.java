package org.coffer.machine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.coffer.engine.work.Work;

/** Runs the system's own tools, each for a limited time: what waits for a device that is silent cannot be waited for. */
final class Tool {
    private static final int MOST_SAID = 4000;
    private static final int LATE = -1;
    private static final int LOOK = 100;
    private static final int SECONDS_TO_END = 30;

    /**
     * Runs a command in a session of its own, and kills all of that when nobody holds the other end of standard input any more.
     * A shell that has no terminal gives what it starts in the background no group of its own, so setsid does.
     */
    private static final String LEASH = """
            exec 3<&0 </dev/null
            "$@" 3<&- &
            tool=$!
            { read -r _ <&3; kill -9 -$tool $tool; } >/dev/null 2>&1 &
            leash=$!
            exec 2>/dev/null
            wait $tool
            code=$?
            kill -9 $leash
            exit $code
            """;

    /** Where tools of administrators lie; those who are none often have them on no path. */
    private static final List<Path> ADMINISTRATORS =
            List.of(Path.of("/usr/local/sbin"), Path.of("/usr/sbin"), Path.of("/sbin"));

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

    /**
     * Runs a tool that may take long to its end; when it returns or throws, the tool does not run any more, nor whatever it
     * started. It ends with this process too, however that ends.
     *
     * @param setsid the tool of util-linux
     * @param work ends the tool when it is canceled
     * @throws IOException if the tool cannot be started, if waiting was interrupted, or if the tool cannot be ended, because the system
     *     waits for a device
     * @throws org.coffer.engine.work.CanceledException if the work was canceled
     */
    static Result run(Path setsid, Path log, Duration longest, List<String> command, Work work) throws IOException {
        List<String> leashed = Stream.concat(
                        Stream.of("/bin/sh", "-c", LEASH, "sh", setsid.toString()), command.stream())
                .toList();
        Process process = start(log, leashed, ProcessBuilder.Redirect.PIPE);
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (!process.waitFor(LOOK, TimeUnit.MILLISECONDS)) {
                work.throwIfStopped();
                if (System.nanoTime() > end) {
                    return new Result(LATE, said(log));
                }
            }
            // Ended by a signal it has a code above 128, never a negative one.
            return new Result(process.exitValue(), said(log));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            letGo(process);
        }
    }

    /** Whoever holds the leash lets go of it: that ends the tool. */
    private static void letGo(Process process) throws IOException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended already.
        }
        boolean ended = process.onExit()
                .thenApply(done -> true)
                .completeOnTimeout(false, SECONDS_TO_END, TimeUnit.SECONDS)
                .join();
        if (!ended) {
            throw new IOException(process.info().command().orElse("a tool") + " does not end");
        }
    }

    /** Starts a tool that goes on. */
    static Process begin(Path log, List<String> command) throws IOException {
        return start(
                log, command, ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    private static Process start(Path log, List<String> command, ProcessBuilder.Redirect input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input)
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

    /** A program by its name: on the path, or where administrators have theirs. */
    static Optional<Path> find(String name) {
        return Stream.concat(onPath(), ADMINISTRATORS.stream())
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> onPath() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/sbin:/usr/bin:/sbin:/bin");
        return Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
    }
}
