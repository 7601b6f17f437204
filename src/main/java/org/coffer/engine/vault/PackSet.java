package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A set of logical packs, data and map apart. Mutable and not thread-safe; one bit a pack in memory, runs in the store.
 */
final class PackSet {
    /** Bits that a set from the store may take: 32 MiB, room for 6 PB of full packs; few bytes must not become many. */
    private static final long MOST_BITS = 1L << 28;

    private final TreeMap<SessionId, Numbers> sessions = new TreeMap<>();

    private record Numbers(BitSet data, BitSet map) {
        Numbers() {
            this(new BitSet(), new BitSet());
        }

        BitSet of(ObjectType type) {
            return type == ObjectType.MAP ? map : data;
        }
    }

    void add(ObjectType type, PackId pack) {
        sessions.computeIfAbsent(pack.session(), s -> new Numbers()).of(type).set(pack.number());
    }

    boolean contains(ObjectType type, PackId pack) {
        Numbers numbers = sessions.get(pack.session());
        return numbers != null && numbers.of(type).get(pack.number());
    }

    boolean intersects(PackSet other) {
        for (var entry : other.sessions.entrySet()) {
            Numbers mine = sessions.get(entry.getKey());
            Numbers theirs = entry.getValue();
            if (mine != null && (mine.data.intersects(theirs.data) || mine.map.intersects(theirs.map))) {
                return true;
            }
        }
        return false;
    }

    PackSet addAll(PackSet other) {
        other.sessions.forEach((session, theirs) -> {
            Numbers mine = sessions.computeIfAbsent(session, s -> new Numbers());
            mine.data.or(theirs.data);
            mine.map.or(theirs.map);
        });
        return this;
    }

    PackSet removeAll(PackSet other) {
        other.sessions.forEach((session, theirs) -> {
            Numbers mine = sessions.get(session);
            if (mine != null) {
                mine.data.andNot(theirs.data);
                mine.map.andNot(theirs.map);
            }
        });
        sessions.values().removeIf(numbers -> numbers.data.isEmpty() && numbers.map.isEmpty());
        return this;
    }

    /** Removes the packs of one kind that {@code which} does not accept. */
    void keep(ObjectType type, Predicate<PackId> which) {
        sessions.forEach((session, numbers) -> {
            BitSet mine = numbers.of(type);
            for (int number = mine.nextSetBit(0); number >= 0; number = mine.nextSetBit(number + 1)) {
                if (!which.test(new PackId(session, number))) {
                    mine.clear(number);
                }
            }
        });
    }

    boolean isEmpty() {
        return sessions.values().stream().allMatch(n -> n.data.isEmpty() && n.map.isEmpty());
    }

    /** About how many bytes this takes in memory. */
    int weight() {
        int weight = 64;
        for (Numbers numbers : sessions.values()) {
            weight += 200 + (numbers.data.size() + numbers.map.size()) / 8;
        }
        return weight;
    }

    Set<SessionId> sessions() {
        return sessions.keySet();
    }

    /** The packs of one kind, by session and number. */
    List<PackId> packs(ObjectType type) {
        List<PackId> packs = new ArrayList<>();
        sessions.forEach((session, numbers) ->
                numbers.of(type).stream().forEach(number -> packs.add(new PackId(session, number))));
        return packs;
    }

    void write(FieldWriter out) {
        out.u32(sessions.size());
        sessions.forEach((session, numbers) -> {
            out.session(session);
            writeRuns(out, numbers.data);
            writeRuns(out, numbers.map);
        });
    }

    private static void writeRuns(FieldWriter out, BitSet numbers) {
        List<int[]> runs = new ArrayList<>();
        for (int from = numbers.nextSetBit(0); from >= 0; ) {
            int to = numbers.nextClearBit(from);
            runs.add(new int[] {from, to - from});
            from = numbers.nextSetBit(to);
        }
        out.u32(runs.size());
        runs.forEach(run -> out.u32(run[0]).u32(run[1]));
    }

    static PackSet read(FieldReader in) throws DamagedException {
        PackSet set = new PackSet();
        int count = in.count(1 << 20);
        long bits = 0;
        for (int i = 0; i < count; i++) {
            SessionId session = in.session();
            if (!set.sessions.isEmpty() && session.compareTo(set.sessions.lastKey()) <= 0) {
                throw in.damaged("has sessions out of order");
            }
            Numbers numbers = new Numbers();
            set.sessions.put(session, numbers);
            bits += readRuns(in, numbers.data, MOST_BITS - bits);
            bits += readRuns(in, numbers.map, MOST_BITS - bits);
        }
        return set;
    }

    /** Reads runs in rising order; returns how many bits they take in memory, which is at most {@code most}. */
    private static long readRuns(FieldReader in, BitSet numbers, long most) throws DamagedException {
        int runs = in.count(1 << 24);
        int end = -1;
        for (int i = 0; i < runs; i++) {
            int first = in.count(PackId.MAX_NUMBER);
            int length = in.count(PackId.MAX_NUMBER + 1 - first);
            if (first <= end || length == 0) {
                throw in.damaged("has packs out of order");
            }
            end = first + length;
            if (end > most) {
                throw in.damaged("names more packs than there can be");
            }
            numbers.set(first, end);
        }
        return Math.max(0, end);
    }
}
