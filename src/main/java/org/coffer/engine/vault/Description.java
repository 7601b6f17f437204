package org.coffer.engine.vault;

import java.util.Arrays;

/** What the console keeps with a vault: its name, capacity, policies, bound resources. Opaque here. */
public final class Description {
    private final int generation;
    private final boolean locked;
    private final byte[] payload;

    Description(int generation, boolean locked, byte[] payload) {
        this.generation = generation;
        this.locked = locked;
        this.payload = payload.clone();
    }

    /** Counts the rewrites, from 1. */
    public int generation() {
        return generation;
    }

    /** Whether the lock is set, which no later description can take back. */
    public boolean locked() {
        return locked;
    }

    /** A copy of the content. */
    public byte[] payload() {
        return Arrays.copyOf(payload, payload.length);
    }
}
