package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.coffer.engine.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Which packs are worth rewriting, and which entries they would lose. Looks only at packs of sessions that are over: as
 * long as a backup is valid, all that it wrote is in use.
 */
final class Waste {
    private static final Comparator<Wasted> MOST_FIRST = Comparator.comparingDouble(Wasted::share)
            .reversed()
            .thenComparing(Wasted::type)
            .thenComparing(wasted -> wasted.pack().session())
            .thenComparingInt(wasted -> wasted.pack().number());

    private final ObjectStore store;
    private final Repacker repacker;
    private final Repacking policy;

    Waste(ObjectStore store, Repacker repacker, Repacking policy) {
        this.store = store;
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
        List<Wasted> worth = Collections.synchronizedList(new ArrayList<>());
        List<SideBySide.Act> looks = new ArrayList<>();
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            for (PackId pack : suspects.packs(type)) {
                StoredPacks.Stored there = seen.stored(type).get(pack);
                if (there != null) {
                    looks.add(() -> {
                        Wasted wasted = look(type, pack, there, live);
                        if (wasted != null && (copied.contains(type, pack) || isWorth(wasted))) {
                            worth.add(wasted);
                        }
                    });
                }
            }
        }
        SideBySide.computing(store, looks);
        worth.sort(MOST_FIRST); // The same whoever looked first.
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

    private boolean isWorth(Wasted wasted) {
        return policy.worth((double) wasted.deadBytes, wasted.deadBytes + (double) wasted.liveBytes);
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
        Parts parts = parts(trailer, dead::get);
        return new Wasted(type, pack, dead, parts.dead(), parts.live());
    }

    /** About how many bytes rewriting a pack without some entries frees; 0 if it is not worth it. */
    static long freed(PackTrailer trailer, Repacking policy, IntPredicate without) {
        Parts parts = parts(trailer, without);
        return policy.worth((double) parts.dead(), parts.dead() + (double) parts.live()) ? parts.dead() : 0;
    }

    /** About how many stored bytes of a pack are dead, and how many are not. */
    record Parts(long dead, long live) {}

    /** Divides a pack; frames that go as a whole are counted exactly, of the others each entry has its share. */
    static Parts parts(PackTrailer trailer, IntPredicate isDead) {
        double dead = 0;
        double live = 0;
        long wholeFrames = 0;
        boolean any = false;
        for (int number = 0; number < trailer.frames(); number++) {
            PackTrailer.Frame frame = trailer.frame(number);
            int first = frame.shape().first();
            int count = frame.shape().count();
            int alive = 0;
            long deadPlain = 0;
            long livePlain = 0;
            for (int ordinal = first; ordinal < first + count; ordinal++) {
                if (!trailer.has(frame, ordinal)) {
                    continue;
                }
                if (isDead.test(ordinal)) {
                    any = true;
                    deadPlain += trailer.length(frame, ordinal);
                } else {
                    alive++;
                    livePlain += trailer.length(frame, ordinal);
                }
            }
            double each = (double) frame.stored() / Math.max(1, frame.shape().plain());
            dead += deadPlain * each;
            live += livePlain * each;
            int overhead =
                    PackTrailer.mark(count) + Sealing.TAG + PackTrailer.PER_FRAME + count * PackTrailer.PER_ENTRY;
            if (alive == 0) {
                wholeFrames += overhead;
            } else {
                live += overhead;
            }
        }
        // Where nothing is dead nothing is rewritten, and what is empty stays too.
        return new Parts(Math.round(dead + (any ? wholeFrames : 0)), Math.round(live + (any ? 0 : wholeFrames)));
    }
}
