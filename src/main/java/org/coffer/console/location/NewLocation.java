package org.coffer.console.location;

import java.nio.file.Path;

/**
 * A place to be taken into use.
 *
 * @param name what people will call it: 1 to 64 characters that print
 * @param address where it is; a folder must exist, and so must a bucket
 * @param secret what goes with the address's access key; {@link Secret#NONE} for a folder
 * @param region a name for the region of a folder, may be empty; a bucket has its own
 * @param limit most MB (10^6 bytes) a second to and from it, 0 for no limit
 */
public record NewLocation(String name, Address address, Secret secret, String region, long limit) {
    /** A place that needs no key. */
    public NewLocation(String name, Address address, String region, long limit) {
        this(name, address, Secret.NONE, region, limit);
    }

    /** A folder without a limit. */
    public NewLocation(String name, Path folder, String region) {
        this(name, new Address.Folder(folder), region, 0);
    }
}
