package org.coffer.engine.store;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked to. The kind decides what a caller may do about it. */
public final class StoreException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Why a store refused or failed. */
    public enum Kind {
        /** No such object, or the range lies outside it. */
        MISSING,
        /** The place does not let this account read or write. */
        DENIED,
        /** No room left. */
        FULL,
        /** The place itself is not there: unplugged, unmounted, another disk mounted instead, network gone. */
        UNREACHABLE,
        /** The place is there, and does not answer. What was asked of it may still come to pass. */
        SILENT,
        /** An object of this name with other content exists. */
        CONFLICT,
        /** The place returned something that cannot be, such as an input/output error. */
        DAMAGED,
        /** Anything else; the message says what. */
        OTHER
    }

    /** Says what failed. */
    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** Says what failed, and keeps the technical cause for the log. */
    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }
}
