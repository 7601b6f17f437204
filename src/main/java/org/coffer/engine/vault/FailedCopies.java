package org.coffer.engine.vault;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The copies of packs that turned out to be unusable, or damaged in parts, while somebody read them: whoever needs the pack
 * tries every other copy first (rule 15), and of those that failed the one whose failure is longest ago, because it may be
 * sound where the others are not. Remembers the last 4,096, about 1 MiB. Thread-safe.
 */
final class FailedCopies {
    private static final int MOST = 4096;

    /** In the order in which they failed. */
    private final Map<String, Long> failed = new LinkedHashMap<>();

    private long next;

    /** A copy failed, by its full name. */
    synchronized void add(String copy) {
        failed.remove(copy);
        failed.put(copy, next++);
        if (failed.size() > MOST) {
            failed.remove(failed.keySet().iterator().next());
        }
    }

    synchronized boolean contains(String copy) {
        return failed.containsKey(copy);
    }

    /** The same copies: first those that never failed, as they stand, then the others. */
    synchronized List<StoredPacks.Named> last(List<StoredPacks.Named> copies) {
        return copies.stream()
                .sorted(Comparator.comparing(copy -> failed.getOrDefault(copy.object(), -1L)))
                .toList();
    }
}
