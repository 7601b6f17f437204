package org.coffer.command;

import java.nio.file.Path;
import java.util.Optional;
import org.coffer.console.Console;

/** The home that commands work on, as far as it is open. */
public interface Opened {
    /**
     * Its services.
     *
     * @throws org.coffer.problem.ProblemException why it could not be opened
     * @throws IllegalStateException if it was never to be opened
     */
    Console console();

    /** The log that is being written; empty while none is. */
    Optional<Path> log();
}
