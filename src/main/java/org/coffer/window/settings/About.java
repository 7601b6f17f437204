package org.coffer.window.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.coffer.console.home.Autostart;

/**
 * What this program is, where it keeps things, and how it is started.
 *
 * @param version the version, as the jar says it
 * @param home the data folder
 * @param log the log that is being written
 * @param autostart whether it starts when its user logs in; empty where that cannot be arranged
 */
public record About(String version, Path home, Path log, Optional<Autostart> autostart) {}
