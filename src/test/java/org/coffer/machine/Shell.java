package org.coffer.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the system's own tools, against whose word the tests hold Coffer. */
public final class Shell {
    private Shell() {}

    /** Runs a command and returns what it said; fails if it fails. */
    public static String run(String... command) {
        Result result = attempt(command);
        if (result.code() != 0) {
            throw new AssertionError(List.of(command) + " ended with " + result.code() + ": " + result.said());
        }
        return result.said().strip();
    }

    /** Exit code and all output. */
    public record Result(int code, String said) {}

    /** Runs a command that may fail. */
    public static Result attempt(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), said);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
