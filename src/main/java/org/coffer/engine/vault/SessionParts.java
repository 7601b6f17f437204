package org.coffer.engine.vault;

/**
 * What the disks of one session share.
 *
 * @param core the vault
 * @param scope what may be referred to
 * @param blocks finds and remembers blocks
 * @param data packs of blocks
 * @param map packs of nodes
 * @param uses the packs referred to
 */
record SessionParts(
        VaultCore core, Scope scope, SessionBlocks blocks, PackWriter data, PackWriter map, SharedUses uses) {}
