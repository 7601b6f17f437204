package org.coffer;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.coffer.console.home.Home;

/** Starts a process of Coffer that owns a home without a terminal until nothing is left to do. */
final class Background {
    private Background() {}

    static void start(Home home) throws IOException {
        List<String> command = new ArrayList<>();
        if (new File("/usr/bin/setsid").canExecute()) {
            // Away from the terminal, whose Ctrl+C is meant for the command that waits there.
            command.add("/usr/bin/setsid");
        }
        command.addAll(program());
        command.addAll(List.of("--home", home.directory().toString(), "daemon", "--until-idle"));
        new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The launcher that started this process; an installed program is its own launcher. */
    private static List<String> program() {
        String launcher = System.getProperty("coffer.launcher");
        if (launcher != null) {
            return List.of(launcher);
        }
        return List.of(ProcessHandle.current().info().command().orElseThrow());
    }
}
