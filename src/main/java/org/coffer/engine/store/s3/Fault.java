package org.coffer.engine.store.s3;

import java.time.Duration;
import java.util.Optional;
import org.coffer.engine.store.StoreException;

/**
 * What a failed try means.
 *
 * @param failure what the caller is told if nothing helps
 * @param again whether another try may help
 * @param after when the server wants to be asked again
 */
record Fault(StoreException failure, Again again, Optional<Duration> after) {
    /** Which kind of patience a failure deserves. */
    enum Again {
        /** None: the answer will be the same. */
        NO,
        /** The server cannot be reached. */
        ABSENT,
        /** It is there, and busy or failing. */
        BUSY,
        /** What arrived is not what was sent. */
        HARMED
    }
}
