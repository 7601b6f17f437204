package org.coffer.engine.vault;

import org.jspecify.annotations.Nullable;

/** One disk in a backup: its facts, its size, and the root of its block map. */
public final class DiskRoot {
    private final DiskFacts facts;
    private final long size;
    private final @Nullable NodePointer root;

    DiskRoot(DiskFacts facts, long size, @Nullable NodePointer root) {
        this.facts = facts;
        this.size = size;
        this.root = root;
    }

    /** What the backup remembers of the disk. */
    public DiskFacts facts() {
        return facts;
    }

    /** Exact size in bytes. */
    public long size() {
        return size;
    }

    /** Where the root lies; null if the whole disk is a hole. */
    @Nullable
    NodePointer root() {
        return root;
    }
}
