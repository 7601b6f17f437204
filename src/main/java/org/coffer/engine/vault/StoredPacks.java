package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * The logical packs of one kind that lie in a store, as one listing showed them. Objects with other names are passed
 * over. Mutable, for those who strike out what they deal with; not thread-safe.
 */
final class StoredPacks {
    private static final Pattern NAME =
            Pattern.compile("(data|map)/([0-9a-f]{32})/(00[0-9a-f]{6})\\.([0-9]+-[0-9a-f]{16})");

    private final Map<PackId, Stored> packs = new HashMap<>();

    /** A pack in the store: its copies, the one that a reader prefers first, and their size together in bytes. */
    record Stored(List<Named> copies, long size) {}

    /** What the name of an object says of the pack it is a copy of, and its size in bytes if it was listed. */
    record Named(ObjectType type, PackId pack, Copy copy, String object, long size) {}

    private StoredPacks() {}

    /** Lists all packs of a kind. */
    static StoredPacks list(ObjectStore store, ObjectType type) throws StoreException {
        return list(store, Names.packs(type));
    }

    /** Lists the packs of a kind that one session wrote. */
    static StoredPacks list(ObjectStore store, ObjectType type, SessionId session) throws StoreException {
        return list(store, Names.packs(type, session));
    }

    private static StoredPacks list(ObjectStore store, String prefix) throws StoreException {
        StoredPacks found = new StoredPacks();
        for (StoredObject object : store.list(prefix)) {
            Named named = named(object.name(), object.size());
            if (named != null) {
                Stored before = found.packs.computeIfAbsent(named.pack, p -> new Stored(new ArrayList<>(1), 0));
                before.copies.add(named);
                found.packs.put(named.pack, new Stored(before.copies, before.size + object.size()));
            }
        }
        found.packs.values().forEach(stored -> stored.copies.sort(StoredPacks::preferredFirst));
        return found;
    }

    /** Which pack an object is a copy of; null if it is none. */
    static @Nullable Named named(String object) {
        return named(object, 0);
    }

    private static @Nullable Named named(String object, long size) {
        Matcher name = NAME.matcher(object);
        Copy copy = name.matches() ? Copy.parse(name.group(4)) : null;
        if (copy == null) {
            return null;
        }
        ObjectType type = name.group(1).equals("map") ? ObjectType.MAP : ObjectType.DATA;
        PackId pack = new PackId(SessionId.of(name.group(2)), HexFormat.fromHexDigits(name.group(3)));
        return new Named(type, pack, copy, object, size);
    }

    /** Which copy an object is; null if it is none. */
    static @Nullable Copy copyOf(String object) {
        Named named = named(object);
        return named == null ? null : named.copy();
    }

    private static int preferredFirst(Named a, Named b) {
        return a.copy.equals(b.copy) ? 0 : Protocol.STANDARD.preferred(a.copy, b.copy) ? -1 : 1;
    }

    /** About how many bytes this takes in memory. */
    int weight() {
        return 100 + 400 * packs.size();
    }

    /** The packs, each once, in no order. */
    Iterable<PackId> ids() {
        return List.copyOf(packs.keySet());
    }

    boolean contains(PackId pack) {
        return packs.containsKey(pack);
    }

    /** What lies there of a pack; null if nothing. */
    @Nullable
    Stored get(PackId pack) {
        return packs.get(pack);
    }

    /** Strikes out a pack; null if it is not there. */
    @Nullable
    Stored remove(PackId pack) {
        return packs.remove(pack);
    }
}
