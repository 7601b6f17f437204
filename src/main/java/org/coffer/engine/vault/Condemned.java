package org.coffer.engine.vault;

/**
 * What nobody may begin to refer to: whole packs, and single entries of others.
 *
 * @param packs whole packs
 * @param entries single entries
 */
record Condemned(PackSet packs, EntrySet entries) {
    static Condemned none() {
        return new Condemned(new PackSet(), new EntrySet());
    }

    void addAll(Condemned other) {
        packs.addAll(other.packs);
        entries.addAll(other.entries);
    }

    boolean contains(ObjectType type, PackId pack, int ordinal) {
        return packs.contains(type, pack) || entries.contains(type, pack, ordinal);
    }

    boolean isEmpty() {
        return packs.isEmpty() && entries.isEmpty();
    }
}
