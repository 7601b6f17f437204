package org.coffer.console.location;

import java.nio.file.Path;

/**
 * A folder to be taken into use.
 *
 * @param name what people will call it: 1 to 64 characters that print
 * @param folder the folder; it must exist
 * @param region a name for the region, may be empty
 * @param limit most MB (10^6 bytes) a second to and from it, 0 for no limit
 */
public record NewLocation(String name, Path folder, String region, long limit) {
    /** A folder without a limit. */
    public NewLocation(String name, Path folder, String region) {
        this(name, folder, region, 0);
    }
}
