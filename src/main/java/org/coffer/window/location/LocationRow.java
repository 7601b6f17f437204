package org.coffer.window.location;

import org.coffer.console.location.Location;

/**
 * A row of the list of locations.
 *
 * @param location the location, as it was when last looked at
 * @param vaults how many vaults live there, those in the trash included
 */
record LocationRow(Location location, long vaults) {
    /** The room left, for sorting; what is unknown comes first. */
    long free() {
        return location.freeBytes();
    }
}
