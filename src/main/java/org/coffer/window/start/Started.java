package org.coffer.window.start;

import java.util.List;
import java.util.UUID;

/**
 * A first backup that has begun.
 *
 * @param vault where to
 * @param tasks its tasks, one a disk
 */
record Started(UUID vault, List<UUID> tasks) {}
