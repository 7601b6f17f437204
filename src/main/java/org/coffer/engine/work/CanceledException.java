package org.coffer.engine.work;

import java.io.Serial;

/** Ends a run of work that somebody asked to stop. What was stored durably stays. */
public final class CanceledException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Made by {@link Work#checkpoint()} only. */
    CanceledException() {
        super("canceled");
    }
}
