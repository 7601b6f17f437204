package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which packs are worth rewriting, and which entries they would lose. Looks only at packs of sessions that are over: as
 * long as a backup is valid, all that it wrote is in use.
 */
final class Waste {
    private final Repacker repacker;
    private final Repacking policy;

    Waste(Repacker repacker, Repacking policy) {
        this.repacker = repacker;
        this.policy = policy;
    }

    /**
     * A pack to be rewritten.
     *
     * @param dead entries that nothing refers to and that some copy still has
     * @param deadBytes about how many bytes rewriting frees
     * @param liveBytes about how many it writes
     */
    record Wasted(ObjectType type, PackId pack, BitSet dead, long deadBytes, long liveBytes) {
        double share() {
            return (double) deadBytes / Math.max(1, deadBytes + liveBytes);
        }
    }

    /**
     * What to rewrite, most waste first.
     *
     * @param chosen what the budget allows
     * @param left bytes that rewriting the others would free
     */
    record Choice(List<Wasted> chosen, long left) {
        static Choice none() {
            return new Choice(List.of(), 0);
        }

        long bytes() {
            return chosen.stream().mapToLong(Wasted::deadBytes).sum();
        }
    }

    /**
     * @param live what backups refer to; null if everything counts as live
     * @param copied packs of which there are several copies, and that therefore are dealt with whatever their waste
     */
    Choice choose(Survey.Seen seen, PackSet suspects, @Nullable EntrySet live, PackSet copied) throws IOException {
        List<Wasted> worth = new ArrayList<>();
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            for (PackId pack : suspects.packs(type)) {
                StoredPacks.Stored there = seen.stored(type).get(pack);
                Wasted wasted = there == null ? null : look(type, pack, there, live);
                boolean several = copied.contains(type, pack);
                if (wasted != null
                        && (several
                                || policy.worth(
                                        (double) wasted.deadBytes, wasted.deadBytes + (double) wasted.liveBytes))) {
                    worth.add(wasted);
                }
            }
        }
        worth.sort(Comparator.comparingDouble(Wasted::share).reversed());
        List<Wasted> chosen = new ArrayList<>();
        long budget = policy.budget();
        long left = 0;
        for (Wasted wasted : worth) {
            if (chosen.isEmpty() || wasted.liveBytes <= budget) {
                chosen.add(wasted);
                budget -= wasted.liveBytes;
            } else {
                left += wasted.deadBytes;
            }
        }
        return new Choice(chosen, left);
    }

    private @Nullable Wasted look(ObjectType type, PackId pack, StoredPacks.Stored there, @Nullable EntrySet live)
            throws IOException {
        PackReader.OpenPack open = repacker.best(there);
        if (open == null) {
            return null;
        }
        PackTrailer trailer = open.trailer();
        BitSet used = live == null ? null : live.get(type, pack);
        BitSet dead = new BitSet();
        for (int ordinal = 0; live != null && ordinal < trailer.entries(); ordinal++) {
            if (trailer.has(ordinal) && (used == null || !used.get(ordinal))) {
                dead.set(ordinal);
            }
        }
        return new Wasted(type, pack, dead, bytes(trailer, dead, true), bytes(trailer, dead, false));
    }

    /** About how many bytes rewriting a pack without some entries frees; 0 if it is not worth it. */
    static long freed(PackTrailer trailer, Repacking policy, IntPredicate without) {
        BitSet dead = new BitSet();
        for (int ordinal = 0; ordinal < trailer.entries(); ordinal++) {
            dead.set(ordinal, trailer.has(ordinal) && without.test(ordinal));
        }
        long freed = bytes(trailer, dead, true);
        return policy.worth((double) freed, freed + (double) bytes(trailer, dead, false)) ? freed : 0;
    }

    /** About how many stored bytes the entries in, or outside of, a set take up; frames that go as a whole exactly. */
    static long bytes(PackTrailer trailer, BitSet entries, boolean in) {
        double bytes = 0;
        for (int number = 0; number < trailer.frames(); number++) {
            PackTrailer.Frame frame = trailer.frame(number);
            int first = frame.shape().first();
            int chosen = 0;
            long plain = 0;
            for (int ordinal = first; ordinal < first + frame.shape().count(); ordinal++) {
                if (trailer.has(ordinal) && entries.get(ordinal) == in) {
                    chosen++;
                    plain += trailer.length(ordinal);
                }
            }
            boolean dropped = entries.cardinality() > 0 && wholly(trailer, frame, entries);
            double share =
                    chosen == 0 ? 0 : (double) plain / Math.max(1, frame.shape().plain());
            int overhead = PackTrailer.mark(frame.shape().count())
                    + Sealing.TAG
                    + PackTrailer.PER_FRAME
                    + frame.shape().count() * PackTrailer.PER_ENTRY;
            bytes += share * frame.stored() + (dropped == in ? overhead : 0);
        }
        return Math.round(bytes);
    }

    private static boolean wholly(PackTrailer trailer, PackTrailer.Frame frame, BitSet entries) {
        int first = frame.shape().first();
        for (int ordinal = first; ordinal < first + frame.shape().count(); ordinal++) {
            if (trailer.has(ordinal) && !entries.get(ordinal)) {
                return false;
            }
        }
        return true;
    }
}
