package org.coffer.engine.vault;

/**
 * How a frame was compressed.
 *
 * @param codec one of those of {@link Shape}
 * @param length bytes that it takes
 */
record Packed(int codec, int length) {}
