package org.coffer.engine.vault;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fingerprints of a disk that is being backed up: those of its parent to compare with, and its own to keep. */
final class DiskPrints {
    private final FingerprintCache cache;
    private final @Nullable NodePointer parent;
    private final @Nullable Fingerprints known;
    private final @Nullable Fingerprints noted;

    /** Keeps none and compares with none. */
    static DiskPrints none() {
        return new DiskPrints(new FingerprintCache(), null);
    }

    /** @param parent the root of the parent's map; null if nothing is compared */
    DiskPrints(FingerprintCache cache, @Nullable NodePointer parent) {
        this.cache = cache;
        this.parent = parent;
        this.known = cache.of(parent);
        this.noted = cache.begin();
    }

    /** Whether there is something to compare with. */
    boolean compares() {
        return known != null;
    }

    /** Makes a bench ready for a leaf. */
    void begin(long leaf, Workbench bench) {
        if (noted != null) {
            Arrays.fill(bench.prints, (byte) 0);
        }
        if (known != null) {
            known.read(leaf, bench.before);
        }
    }

    /** Notes the block that the bench has loaded; true if it certainly is what it was at the parent, false if it has to be looked at. */
    boolean print(long leaf, int i, Workbench bench) {
        if (noted == null && known == null) {
            return false;
        }
        bench.fingerprint(leaf * DiskWriter.LEAF_BLOCKS + i);
        return known != null && bench.sameAsBefore(i);
    }

    /** Keeps what was noted of a leaf. */
    void end(long leaf, Workbench bench) {
        if (noted != null) {
            noted.write(leaf, bench.prints);
        }
    }

    /** The disk is whole: its fingerprints take the place of its parent's. */
    void finish(@Nullable NodePointer root) {
        close();
        if (noted != null) {
            cache.keep(noted, root, parent);
        }
    }

    /** The disk will not be finished. */
    void discard() {
        close();
        if (noted != null) {
            noted.close();
        }
    }

    private void close() {
        if (known != null) {
            known.close();
        }
    }
}
