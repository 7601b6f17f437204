package org.coffer.console.location;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Room;
import org.coffer.engine.store.StoreException;
import org.coffer.problem.Problem;

/** An address with what can be done there: the one place where the kinds of locations differ. */
interface Site {
    /**
     * How a location fares.
     *
     * @param status whether it can be used
     * @param room what is left of it
     * @param problem why it cannot be used, or not wholly
     * @param moved where it is now, if that is not where it was
     */
    record Look(Location.Status status, Room room, Optional<Problem> problem, Optional<Address> moved) {
        /** It is not there. */
        static Look away(Problem problem) {
            return new Look(Location.Status.UNREACHABLE, Room.unknown(), Optional.of(problem), Optional.empty());
        }

        /** The same, found at another address. */
        Look at(Address now) {
            return new Look(status, room, problem, Optional.of(now));
        }
    }

    /** What is wrong with taking it into use, by field, found without trying it out. */
    Map<String, Problem> problems();

    /**
     * Tries it out with one small object (L1).
     *
     * @param expected the ID of the location that is there; empty for a new one, which gets a marker where there is none
     */
    TestReport test(Optional<String> expected);

    /** The location's ID that its marker carries; empty if there is none or nothing answers. */
    Optional<String> marker();

    /**
     * The objects there, as those of the location with this marker. Bears a place that never answers.
     *
     * @throws StoreException if it cannot even be begun, as with a file of certificates that is gone
     */
    ObjectStore open(String marker) throws StoreException;

    /** Looks at a location whose address this is. */
    Look look(LocationStore.Row row);

    /** How long a look counts: what each look costs money or time for is not looked at for every list. */
    Duration lookCounts();
}
