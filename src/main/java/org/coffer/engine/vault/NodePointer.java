package org.coffer.engine.vault;

/**
 * Where a node of a block map lies, and what it must be.
 *
 * @param id its content's name
 * @param pack the session and number of the map pack
 * @param ordinal its place in that pack, 0 to 65,534
 * @param length bytes of the node
 */
record NodePointer(BlockId id, PackId pack, int ordinal, int length) {}
