package org.coffer.window.location;

import java.util.Map;
import java.util.Optional;
import org.coffer.console.location.Address;
import org.coffer.console.location.Location;
import org.coffer.console.location.Secret;
import org.coffer.problem.Problem;

/** The part of the form that says where a new location is: one for each kind of place. */
interface PlacePart {
    /** What kind of place it is about. */
    Location.Kind kind();

    /** Where it is; empty while the fields do not say. */
    Optional<Address> address();

    /** What goes with its key. */
    Secret secret();

    /** What is wrong with the fields by themselves, by field. */
    Map<String, Problem> problems();

    /** A name that suggests itself; empty for none. */
    String suggestedName();

    /** Calls {@code heard} whenever a field changes. */
    void onChange(Runnable heard);
}
