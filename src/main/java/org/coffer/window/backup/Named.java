package org.coffer.window.backup;

import java.util.UUID;

/**
 * A vault or a disk to choose from.
 *
 * @param id its ID
 * @param name its name
 */
public record Named(UUID id, String name) {}
