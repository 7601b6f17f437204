package org.coffer.command;

import java.io.Serial;

/** Ends a command that needed a confirmation which was not given. What would have been done was said before. */
final class UnconfirmedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnconfirmedException() {
        super("not confirmed");
    }
}
