package org.coffer.engine.vault;

import java.util.concurrent.ConcurrentLinkedDeque;

/** The workbenches of one vault: as many as threads work at once, kept for the next. */
final class Benches implements AutoCloseable {
    private static final int KEPT = 8;

    private final ConcurrentLinkedDeque<Workbench> free = new ConcurrentLinkedDeque<>();
    private final Keys keys;
    private final int level;

    /** @param level zstd's level for new frames */
    Benches(Keys keys, int level) {
        this.keys = keys;
        this.level = level;
    }

    Workbench take() {
        Workbench bench = free.pollFirst();
        return bench != null ? bench : new Workbench(this, keys, level);
    }

    void giveBack(Workbench bench) {
        if (free.size() < KEPT) {
            free.addFirst(bench);
        } else {
            bench.destroy();
        }
    }

    @Override
    public void close() {
        for (Workbench bench = free.pollFirst(); bench != null; bench = free.pollFirst()) {
            bench.destroy();
        }
    }
}
