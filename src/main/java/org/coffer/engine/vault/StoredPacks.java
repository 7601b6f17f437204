package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * The logical packs of one kind that lie in a store, as one listing showed them. Of objects with other names only one is
 * remembered. Mutable, for those who strike out what they deal with; not thread-safe.
 *
 * <p>A vault of many terabytes has hundreds of thousands of packs, so what a name says is kept as numbers, 24 bytes a copy,
 * and names are made again when they are asked for; there is only one way to write each.
 */
final class StoredPacks {
    private static final Pattern NAME =
            Pattern.compile("(data|map)/([0-9a-f]{32})/(00[0-9a-f]{6})\\.([0-9]+-[0-9a-f]{16})");

    private final ObjectType type;
    private final Map<SessionId, Copies> sessions = new HashMap<>();
    private @Nullable String stranger;

    /** A pack in the store: its copies, the one that a reader prefers first, and their size together in bytes. */
    record Stored(List<Named> copies, long size) {}

    /** What the name of an object says of the pack it is a copy of, and its size in bytes if it was listed. */
    record Named(ObjectType type, PackId pack, Copy copy, String object, long size) {}

    private StoredPacks(ObjectType type) {
        this.type = type;
    }

    /** Lists all packs of a kind. */
    static StoredPacks list(ObjectStore store, ObjectType type) throws StoreException {
        return list(store, type, Names.packs(type));
    }

    /** Lists the packs of a kind that one session wrote. */
    static StoredPacks list(ObjectStore store, ObjectType type, SessionId session) throws StoreException {
        return list(store, type, Names.packs(type, session));
    }

    /** Lists what one session wrote again; what was known of it counts no more. */
    void list(ObjectStore store, SessionId session) throws StoreException {
        Copies now = list(store, type, session).sessions.get(session);
        if (now == null) {
            sessions.remove(session);
        } else {
            sessions.put(session, now);
        }
    }

    private static StoredPacks list(ObjectStore store, ObjectType type, String prefix) throws StoreException {
        StoredPacks found = new StoredPacks(type);
        for (StoredObject object : store.list(prefix)) {
            Named named = named(object.name(), object.size());
            if (named != null) {
                found.sessions
                        .computeIfAbsent(named.pack.session(), session -> new Copies())
                        .add(named.pack.number(), named.copy, named.size);
            } else {
                found.stranger = object.name();
            }
        }
        found.sessions.values().forEach(Copies::sort);
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

    /** An object that lies among them and has no name of a pack; empty if there is none. */
    Optional<String> stranger() {
        return Optional.ofNullable(stranger);
    }

    /** About how many bytes this takes in memory. */
    int weight() {
        return 100 + sessions.values().stream().mapToInt(Copies::weight).sum();
    }

    /** The packs, each once, in no order; one that is struck out meanwhile may still come. */
    Iterable<PackId> ids() {
        return () -> sessions.entrySet().stream()
                .flatMap(of -> of.getValue().numbers().mapToObj(number -> new PackId(of.getKey(), number)))
                .iterator();
    }

    boolean contains(PackId pack) {
        Copies copies = sessions.get(pack.session());
        return copies != null && copies.row(pack.number()) >= 0;
    }

    /** What lies there of a pack; null if nothing. */
    @Nullable
    Stored get(PackId pack) {
        Copies copies = sessions.get(pack.session());
        if (copies == null) {
            return null;
        }
        int row = copies.row(pack.number());
        if (row < 0) {
            return null;
        }
        List<Named> named = new ArrayList<>(1);
        long size = 0;
        for (int i = row; i < copies.count && copies.numbers[i] == pack.number(); i++) {
            Copy copy = new Copy(copies.generations[i], copies.creators[i]);
            named.add(new Named(type, pack, copy, Names.copy(type, pack, copy), copies.sizes[i]));
            size += copies.sizes[i];
        }
        named.sort(StoredPacks::preferredFirst);
        return new Stored(named, size);
    }

    /** Strikes out a pack; null if it is not there. */
    @Nullable
    Stored remove(PackId pack) {
        Stored there = get(pack);
        if (there != null) {
            Copies copies = Objects.requireNonNull(sessions.get(pack.session()));
            copies.struck.set(copies.row(pack.number()));
        }
        return there;
    }

    /** The copies of one session's packs, in columns, sorted by the packs' numbers. */
    private static final class Copies {
        private int count;
        private int[] numbers = new int[2];
        private int[] generations = new int[2];
        private long[] creators = new long[2];
        private long[] sizes = new long[2];
        /** By the first row of each pack. */
        private final BitSet struck = new BitSet();

        void add(int number, Copy copy, long size) {
            if (count == numbers.length) {
                grow(count + Math.max(2, count / 2));
            }
            numbers[count] = number;
            generations[count] = copy.generation();
            creators[count] = copy.creator();
            sizes[count++] = size;
        }

        private void grow(int room) {
            numbers = Arrays.copyOf(numbers, room);
            generations = Arrays.copyOf(generations, room);
            creators = Arrays.copyOf(creators, room);
            sizes = Arrays.copyOf(sizes, room);
        }

        /** Most stores list by name, so that there is nothing to do. */
        void sort() {
            if (IntStream.range(1, count).allMatch(i -> numbers[i - 1] <= numbers[i])) {
                return;
            }
            int[] order = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> numbers[i]))
                    .mapToInt(i -> i)
                    .toArray();
            numbers = Arrays.stream(order).map(i -> numbers[i]).toArray();
            generations = Arrays.stream(order).map(i -> generations[i]).toArray();
            creators = Arrays.stream(order).mapToLong(i -> creators[i]).toArray();
            sizes = Arrays.stream(order).mapToLong(i -> sizes[i]).toArray();
        }

        /** The packs that are not struck out. */
        IntStream numbers() {
            return IntStream.range(0, count)
                    .filter(i -> (i == 0 || numbers[i - 1] != numbers[i]) && !struck.get(i))
                    .map(i -> numbers[i]);
        }

        /** The first row of a pack; negative if it is not there or struck out. */
        int row(int number) {
            int row = Arrays.binarySearch(numbers, 0, count, number);
            while (row > 0 && numbers[row - 1] == number) {
                row--;
            }
            return row >= 0 && struck.get(row) ? -1 : row;
        }

        int weight() {
            return 250 + 24 * numbers.length;
        }
    }
}
