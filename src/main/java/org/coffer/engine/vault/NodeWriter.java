package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers nodes of block maps into frames of map packs. Thread-safe. */
final class NodeWriter {
    private final PackWriter packs;
    private final Entries entries = new Entries();
    private final List<byte[]> nodes = new ArrayList<>();
    private final List<Placed> waiting = new ArrayList<>();

    NodeWriter(PackWriter packs) {
        this.packs = packs;
    }

    /** Learns where a node went; called before {@link #flush} returns. */
    @FunctionalInterface
    interface Placed {
        void at(NodePointer pointer);
    }

    synchronized void add(byte[] node, BlockId id, Placed placed, Workbench bench) throws IOException {
        if (entries.count == PackTrailer.FEW_ENTRIES) {
            write(bench);
        }
        entries.add(id.high(), id.low(), node.length);
        nodes.add(node);
        waiting.add(placed);
    }

    synchronized void flush(Workbench bench) throws IOException {
        write(bench);
    }

    private void write(Workbench bench) throws IOException {
        if (entries.count == 0) {
            return;
        }
        int at = 0;
        for (byte[] node : nodes) {
            bench.gather.put(at, node);
            at += node.length;
        }
        PackWriter.Placed placed = packs.append(bench, entries, bench.compress(bench.gather, 0, at));
        for (int i = 0; i < entries.count; i++) {
            BlockId id = new BlockId(entries.high[i], entries.low[i]);
            waiting.get(i).at(new NodePointer(id, placed.pack(), placed.first() + i, entries.length[i]));
        }
        entries.clear();
        nodes.clear();
        waiting.clear();
    }
}
