package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set of single entries of logical packs, a bit each. Mutable and not thread-safe. */
final class EntrySet {
    /** Bits that a set from the store may take: 64 MiB; few bytes must not become many. */
    private static final long MOST_BITS = 1L << 29;

    private final Map<PackId, BitSet> data = new HashMap<>();
    private final Map<PackId, BitSet> map = new HashMap<>();

    private Map<PackId, BitSet> of(ObjectType type) {
        return type == ObjectType.MAP ? map : data;
    }

    void add(ObjectType type, PackId pack, int ordinal) {
        entries(type, pack).set(ordinal);
    }

    /** The entries of one pack, for one who adds many; empty at first. */
    BitSet entries(ObjectType type, PackId pack) {
        return of(type).computeIfAbsent(pack, p -> new BitSet());
    }

    void addAll(ObjectType type, PackId pack, BitSet ordinals) {
        if (!ordinals.isEmpty()) {
            entries(type, pack).or(ordinals);
        }
    }

    void addAll(EntrySet other) {
        other.data.forEach((pack, ordinals) -> addAll(ObjectType.DATA, pack, ordinals));
        other.map.forEach((pack, ordinals) -> addAll(ObjectType.MAP, pack, ordinals));
    }

    boolean contains(ObjectType type, PackId pack, int ordinal) {
        BitSet ordinals = get(type, pack);
        return ordinals != null && ordinals.get(ordinal);
    }

    /** The entries of one pack, not to be changed; null if none. */
    @Nullable
    BitSet get(ObjectType type, PackId pack) {
        return of(type).get(pack);
    }

    /** The packs of which there are entries. */
    Set<PackId> packs(ObjectType type) {
        return of(type).keySet();
    }

    boolean isEmpty() {
        return data.isEmpty() && map.isEmpty();
    }

    void write(FieldWriter out) {
        out.u32(data.size() + map.size());
        for (ObjectType type : List.of(ObjectType.DATA, ObjectType.MAP)) {
            List<PackId> packs = new ArrayList<>(packs(type));
            packs.sort((a, b) -> a.session().equals(b.session())
                    ? Integer.compare(a.number(), b.number())
                    : a.session().compareTo(b.session()));
            for (PackId pack : packs) {
                BitSet ordinals = of(type).getOrDefault(pack, new BitSet());
                out.u8(type.code()).session(pack.session()).u32(pack.number()).u32(ordinals.cardinality());
                ordinals.stream().forEach(out::u16);
            }
        }
    }

    static EntrySet read(FieldReader in) throws DamagedException {
        EntrySet entries = new EntrySet();
        int packs = in.count(1 << 24);
        long bits = 0;
        for (int i = 0; i < packs; i++) {
            ObjectType type = type(in);
            PackId pack = new PackId(in.session(), in.count(PackId.MAX_NUMBER));
            int count = in.count(PackTrailer.MAX_ENTRIES);
            int highest = 0;
            for (int j = 0; j < count; j++) {
                int ordinal = in.u16();
                if (ordinal >= PackTrailer.MAX_ENTRIES) {
                    throw in.damaged("names an entry that no pack has");
                }
                highest = Math.max(highest, ordinal);
                entries.add(type, pack, ordinal);
            }
            bits += highest;
            if (bits > MOST_BITS) {
                throw in.damaged("names entries of more packs than there can be");
            }
        }
        return entries;
    }

    private static ObjectType type(FieldReader in) throws DamagedException {
        int code = in.u8();
        if (code != ObjectType.DATA.code() && code != ObjectType.MAP.code()) {
            throw in.damaged("has an unknown code " + code);
        }
        return code == ObjectType.MAP.code() ? ObjectType.MAP : ObjectType.DATA;
    }
}
