package org.coffer.window.settings;

import java.nio.file.Path;

/**
 * What this program is and where it keeps things.
 *
 * @param version the version, as the jar says it
 * @param home the data folder
 * @param log the log that is being written
 */
public record About(String version, Path home, Path log) {}
