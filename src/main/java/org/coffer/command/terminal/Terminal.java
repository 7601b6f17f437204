package org.coffer.command.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The place where a command was typed. A command works through it alone, so that it runs alike in the process that the
 * user started and in the one that owns the home.
 */
public interface Terminal {

    /** The command as it was typed, and what kind of streams it has. */
    Invocation invocation();

    /** Standard output: results. Flushed at every end of line. */
    PrintWriter out();

    /** Standard error: trouble, questions, progress. Flushed at every end of line. */
    PrintWriter err();

    /**
     * Asks the person there. Only to be called where {@link Invocation#input()} says that there is one.
     *
     * @return what was typed, without the end of line; empty if the input ended
     */
    Optional<String> ask(String question);

    /** Asks like {@link #ask} without showing what is typed. The caller wipes the answer. */
    Optional<char[]> askSecret(String question);

    /**
     * Reads a small file with the caller's rights, such as one that holds a passphrase.
     *
     * @param file absolute, or relative to the caller's folder
     * @throws IOException if it cannot be read or is larger than 64 KiB
     */
    byte[] read(Path file) throws IOException;

    /**
     * Writes a small file with the caller's rights that nobody else may read, in place of what is there.
     *
     * @param file absolute, or relative to the caller's folder
     * @param content at most 64 KiB
     * @throws IOException if it cannot be written
     */
    void writeSecret(Path file, byte[] content) throws IOException;

    /** Whether the caller has gone away or pressed Ctrl+C. */
    boolean interrupted();

    /**
     * Runs {@code action} once when the caller goes away or presses Ctrl+C; at once if that has happened.
     *
     * @return ends the interest
     */
    Interest onInterrupt(Runnable action);

    /** The wish to know of an interrupt, until it is closed. */
    interface Interest extends AutoCloseable {
        @Override
        void close();
    }
}
