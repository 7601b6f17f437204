package org.coffer.console.location;

import java.nio.file.Path;

/**
 * A folder to be taken into use.
 *
 * @param name what people will call it: 1 to 64 characters that print
 * @param folder the folder; it must exist
 * @param region a name for the region, may be empty
 */
public record NewLocation(String name, Path folder, String region) {}
