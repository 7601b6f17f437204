package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.console.TestHome;

/**
 * The command line over the home of a test, as somebody types it.
 *
 * @param home that the commands work in
 * @param folder in which they are typed
 */
record TypedCommands(TestHome home, Path folder) implements Opened {
    @Override
    public Console console() {
        return home.console();
    }

    @Override
    public Optional<Path> log() {
        return Optional.empty();
    }

    /** Types words and expects that they end with a status. */
    ScriptedTerminal ended(int status, String... words) {
        ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, words);
        assertThat(new Cli(terminal, Clock.systemUTC(), this).run())
                .as(terminal.output() + terminal.errors())
                .isEqualTo(status);
        return terminal;
    }

    /** What words that end well say as an object of JSON. */
    Map<String, Object> json(String... words) throws IOException {
        return JSON.std.mapFrom(ended(ExitStatus.DONE, words).output());
    }
}
