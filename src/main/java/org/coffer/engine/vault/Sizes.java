package org.coffer.engine.vault;

/**
 * What one backup, or several together, take up. All in bytes as stored.
 *
 * @param added what they added when they were made
 * @param freedNow what collecting frees at once after they are purged: packs that only they use
 * @param afterRepacking what collecting frees in all: {@code freedNow}, and what is dead in packs that are shared, as far as
 *     enough of a pack is dead to rewrite it; an estimate within a few percent
 * @param onlyHere all blocks that only they use; more than {@code freedNow}, because packs are shared; never exact where
 *     frames are shared, so an estimate
 */
public record Sizes(long added, long freedNow, long afterRepacking, long onlyHere) {}
