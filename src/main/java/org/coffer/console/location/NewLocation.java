package org.coffer.console.location;

import java.nio.file.Path;

/**
 * A place to be taken into use.
 *
 * @param name what people will call it: 1 to 64 characters that print
 * @param address where it is; a folder must exist
 * @param region a name for the region, may be empty
 * @param limit most MB (10^6 bytes) a second to and from it, 0 for no limit
 */
public record NewLocation(String name, Address address, String region, long limit) {
    /** A folder without a limit. */
    public NewLocation(String name, Path folder, String region) {
        this(name, new Address.Folder(folder), region, 0);
    }
}
