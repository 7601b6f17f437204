package org.coffer.window;

import java.io.IOException;
import java.nio.file.Path;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Shows folders in the file manager of the system. */
final class SystemWindow {
    private SystemWindow() {}

    /**
     * Opens a folder, and does not wait for it to be closed.
     *
     * @throws ProblemException {@code folder.unopened} if the system has no program for that
     */
    static void show(Path folder) {
        try {
            new ProcessBuilder(program(System.getProperty("os.name", "")), folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new ProblemException(Problem.of("folder.unopened", "path", folder.toString()), e);
        }
    }

    /** The program that opens folders on a system of this name. */
    static String program(String system) {
        if (system.startsWith("Windows")) {
            return "explorer.exe";
        }
        return system.startsWith("Mac") ? "open" : "xdg-open";
    }
}
