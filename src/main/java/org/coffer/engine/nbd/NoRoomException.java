package org.coffer.engine.nbd;

import java.io.IOException;

/** Writes to an overlay whose file system is full. */
final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1;

    NoRoomException(IOException cause) {
        super("no room for the overlay", cause);
    }
}
