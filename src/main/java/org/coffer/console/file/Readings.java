package org.coffer.console.file;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** Reading out of a backup, whose trouble becomes a problem. */
final class Readings {
    private static final System.Logger LOG = System.getLogger(Readings.class.getName());

    private Readings() {}

    /** Something that is read. */
    interface Reading<T> {
        /** Reads it. */
        T read() throws IOException;
    }

    /**
     * What is read; trouble without a name of its own becomes {@code files.unread}, and a reader that stumbles over bytes which make no
     * sense, {@code files.broken}: it costs what it was to read, and nothing else.
     */
    static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new ProblemException(Problem.of("files.unread", "cause", String.valueOf(e.getMessage())), e);
        } catch (IndexOutOfBoundsException
                | BufferUnderflowException
                | BufferOverflowException
                | IllegalArgumentException
                | ArithmeticException
                | NegativeArraySizeException e) {
            LOG.log(System.Logger.Level.WARNING, "a reader stumbled", e);
            throw new ProblemException(
                    Problem.of("files.broken", "what", e.getClass().getSimpleName()), e);
        }
    }

    /** Whether a problem is about this place in the backup alone, so that others may still be read. */
    static boolean isLocal(Problem problem) {
        return problem.code().equals("vault.damaged") || problem.code().startsWith("files.");
    }
}
