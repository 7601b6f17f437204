package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.coffer.engine.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Has one copy of a pack take the place of those below it: rule 13, for whoever rewrites a pack and for whoever heals one.
 *
 * <p>A copy that does not open stands above those that do when it was damaged where it lies, or while it was put: then the
 * new copy comes above that one too, so that it goes with the others. Whoever stops in between leaves copies of which every one that opens is as good as before.
 */
final class Succession {
    private final VaultCore core;

    Succession(VaultCore core) {
        this.core = core;
    }

    /**
     * The copies of a pack by whether they open.
     *
     * @param opened those that do, the highest first
     * @param closed those that are damaged; without those of a newer program, which may read them
     * @param taken the generations of all
     * @param newer whether there is one of a newer program
     */
    record Line(List<PackReader.OpenPack> opened, List<Copy> closed, Set<Integer> taken, boolean newer) {
        /** The highest that opens; null if none does. */
        @Nullable
        Copy best() {
            return opened.isEmpty()
                    ? null
                    : StoredPacks.copyOf(opened.getFirst().name());
        }

        /**
         * Where a new copy comes. Empty if there is no number left, or if a newer program has put a copy: what that knows is not
         * ours to supersede, be it all that is left of the pack.
         */
        OptionalInt next() {
            if (newer) {
                return OptionalInt.empty();
            }
            Copy best = best();
            return Protocol.STANDARD.generation(
                    best == null ? 0 : best.generation(),
                    closed.stream().map(Copy::generation).toList(),
                    taken);
        }

        /** Whether one that does not open is above all that do, and a new copy would come above it. */
        boolean closedAbove() {
            Copy best = best();
            OptionalInt next = next();
            return best != null
                    && next.isPresent()
                    && closed.stream()
                            .anyMatch(copy -> copy.compareTo(best) > 0 && copy.generation() < next.getAsInt());
        }
    }

    /** Opens all copies of a pack, which are given with the highest first. */
    Line open(List<StoredPacks.Named> copies) throws IOException {
        List<PackReader.OpenPack> opened = new ArrayList<>();
        List<Copy> closed = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        boolean newer = false;
        for (StoredPacks.Named copy : copies) {
            taken.add(copy.copy().generation());
            try {
                opened.add(core.packs().openCopy(copy.type(), copy.object()));
            } catch (DamagedException e) {
                if (e.reason() == Damage.Reason.NEWER) {
                    newer = true;
                } else {
                    closed.add(copy.copy());
                }
            } catch (StoreException e) {
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return new Line(opened, closed, taken, newer);
    }

    /** How one copy comes to be. */
    interface Heir {
        /** Puts it, if it is not there yet. */
        void put() throws IOException;

        /** Reads every byte of it. @throws DamagedException if it is not sound; then nothing is deleted */
        void readBack() throws IOException;
    }

    /**
     * Brings a copy about, and deletes those that it supersedes.
     *
     * @param others the other copies; one that was put since they were listed stays for the next collection
     * @return bytes of the copies that were deleted
     * @throws DamagedException if the copy is not sound
     */
    long succeed(PackId pack, ObjectType type, Copy mine, List<StoredPacks.Named> others, Heir heir)
            throws IOException {
        long deleted = 0;
        for (Protocol.Rewrite step : Protocol.STANDARD.rewriting()) {
            switch (step) {
                case PUT_COPY -> heir.put();
                case READ_BACK -> heir.readBack();
                case DELETE_LOWER -> {
                    core.packs().forget(type, pack);
                    for (StoredPacks.Named copy : others) {
                        if (Protocol.STANDARD.superseded(copy.copy(), mine)) {
                            core.store().delete(copy.object());
                            deleted += copy.size();
                        }
                    }
                }
            }
        }
        return deleted;
    }
}
