package org.coffer.engine.vault;

import java.util.List;

/** The packs that a growing backup refers to, collected from the leaves and nodes it walks. Thread-safe. */
final class SharedUses {
    private final PackSet packs = new PackSet();

    synchronized void addData(List<PackId> dictionary) {
        dictionary.forEach(pack -> packs.add(ObjectType.DATA, pack));
    }

    synchronized void addMap(PackId pack) {
        packs.add(ObjectType.MAP, pack);
    }

    synchronized List<PackId> packs(ObjectType type) {
        return packs.packs(type);
    }

    synchronized byte[] write() {
        FieldWriter out = new FieldWriter();
        packs.write(out);
        return out.bytes();
    }
}
