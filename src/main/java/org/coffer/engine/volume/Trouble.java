package org.coffer.engine.volume;

import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/** What readers of file systems say when they cannot go on. */
final class Trouble {
    private Trouble() {}

    /**
     * Something makes no sense.
     *
     * @param what its technical name and number, the same in every language, such as {@code inode 12}
     */
    static ProblemException broken(String what) {
        return new ProblemException(Problem.of("files.broken", "what", what));
    }

    /**
     * Something is not read here.
     *
     * @param what its technical name, the same in every language, such as {@code EFS}
     */
    static ProblemException unsupported(String what) {
        return new ProblemException(Problem.of("files.unsupported", "what", what));
    }

    /**
     * A file system that was in use, whose journal cannot be replayed here: without it, even old files could show the bytes of others.
     *
     * @param format the file system, as {@link Header#content} names it
     */
    static ProblemException unreplayed(String format) {
        return new ProblemException(Problem.of("files.journal", "format", Header.title(format)));
    }
}
