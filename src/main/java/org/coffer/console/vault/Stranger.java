package org.coffer.console.vault;

import java.util.Optional;
import java.util.UUID;
import org.coffer.problem.Problem;

/**
 * A vault that lies in a location, before its key is known (V17).
 *
 * @param location where it lies
 * @param prefix its part of the location, ending in a slash
 * @param encrypted whether it takes a key to open it
 * @param known the vault of this home that it is, if it is one
 * @param problem why it cannot be brought back: {@code vault.known}, {@code vault.known-elsewhere}, {@code vault.mixed}, {@code vault.twice},
 *     {@code vault.newer}, {@code vault.header}
 */
public record Stranger(
        UUID location, String prefix, boolean encrypted, Optional<UUID> known, Optional<Problem> problem) {
    /** What it is called as long as nobody knows its name: the folder that it lies in. */
    public String folder() {
        return prefix.substring(0, prefix.length() - 1);
    }
}
