package org.coffer.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.coffer.command.terminal.Terminal;
import org.coffer.console.Console;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Text;

/**
 * What every command has at hand: where it was typed, the language, how results are shown, and the services of the
 * opened home. One per run of a command.
 */
final class Context {
    private final Terminal terminal;
    private final Text text;
    private final Clock clock;
    private final Output output;
    private final Opened opened;

    Context(Terminal terminal, Text text, Clock clock, Opened opened) {
        this.terminal = terminal;
        this.text = text;
        this.clock = clock;
        this.output = new Output(terminal, text);
        this.opened = opened;
    }

    Terminal terminal() {
        return terminal;
    }

    Text text() {
        return text;
    }

    Clock clock() {
        return clock;
    }

    Output output() {
        return output;
    }

    /** The services of the home; only for commands that need one. */
    Console services() {
        return opened.console();
    }

    /** The log that is being written, if one is. */
    Optional<Path> log() {
        return opened.log();
    }

    /** For suffixes of names that nobody chose. */
    RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    /** A path as it was typed, seen from the caller's folder. */
    Path path(Path typed) {
        return terminal.invocation().directory().resolve(typed).normalize();
    }

    /** A name as the last word of a command that is printed for copying; one that looks like an option is kept from being one. */
    static String word(String name) {
        return name.startsWith("-") ? "-- " + name : name;
    }

    /**
     * Lets an act go on only if it is confirmed: by {@code --yes}, or by the person at the terminal.
     *
     * @param yes whether {@code --yes} was given
     * @param question what is about to be done, with names and counts
     */
    void confirm(boolean yes, String question) {
        if (yes) {
            return;
        }
        if (!terminal.invocation().input()) {
            output.unconfirmed(question);
            throw new UnconfirmedException();
        }
        String answer = terminal.ask(question + ' ' + text.get("command.confirm.ask") + ' ')
                .orElse("")
                .strip();
        if (!answer.equalsIgnoreCase("y")
                && !answer.equalsIgnoreCase("yes")
                && !answer.equals(text.get("command.confirm.yes"))) {
            throw new UnconfirmedException();
        }
    }

    /** Writes a file that the caller named, with the caller's rights and for the caller alone. */
    void writeSecret(Path file, String content) {
        try {
            terminal.writeSecret(file, content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("file.unwritable", "path", file.toString(), "cause", String.valueOf(e.getMessage())), e);
        }
    }

    /** The content of a file that the caller named, read with the caller's rights. */
    byte[] read(Path file) {
        try {
            return terminal.read(file);
        } catch (IOException e) {
            // Java says no more than the path of a file that is not there or may not be read.
            String cause = String.valueOf(e.getMessage());
            String code = cause.endsWith("64 KiB") ? "file.unfit" : "file.unreadable";
            throw new ProblemException(Problem.of(code, "path", file.toString(), "cause", cause), e);
        }
    }
}
