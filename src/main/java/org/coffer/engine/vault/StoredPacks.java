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
    private static final Pattern NAME = Pattern.compile("(data|map)/([0-9a-f]{32})/(00[0-9a-f]{6})\\..*");

    private final Map<PackId, Stored> packs = new HashMap<>();

    /** A pack in the store: the names of its copies, and their size together in bytes. */
    record Stored(List<String> copies, long size) {}

    /** What the name of an object says of the pack it is a copy of. */
    record Named(ObjectType type, PackId pack) {}

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
            Named named = named(object.name());
            if (named != null) {
                Stored before = found.packs.computeIfAbsent(named.pack, p -> new Stored(new ArrayList<>(1), 0));
                before.copies.add(object.name());
                found.packs.put(named.pack, new Stored(before.copies, before.size + object.size()));
            }
        }
        return found;
    }

    /** Which pack an object is a copy of; null if it is none. */
    static @Nullable Named named(String object) {
        Matcher name = NAME.matcher(object);
        if (!name.matches()) {
            return null;
        }
        ObjectType type = name.group(1).equals("map") ? ObjectType.MAP : ObjectType.DATA;
        return new Named(type, new PackId(SessionId.of(name.group(2)), HexFormat.fromHexDigits(name.group(3))));
    }

    /** The packs, each once, in no order. */
    Iterable<PackId> ids() {
        return List.copyOf(packs.keySet());
    }

    boolean contains(PackId pack) {
        return packs.containsKey(pack);
    }

    /** Strikes out a pack; null if it is not there. */
    @Nullable
    Stored remove(PackId pack) {
        return packs.remove(pack);
    }
}
