package org.coffer.console.policy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who has a place in a count while backups come and go one by one, without looking at all of them each time. What it says is
 * what {@link Keeping} says of the same backups at once; a property test holds them together.
 */
final class Places {
    /** How many of one kind of period are kept, and the backups in each period by its name. */
    private record Kind(int most, Function<LocalDate, String> name, NavigableMap<String, TreeSet<Item>> periods) {
        Kind(int most, Function<LocalDate, String> name) {
            this(most, name, new TreeMap<>());
        }

        void add(Item item, LocalDate day) {
            periods.computeIfAbsent(name.apply(day), period -> new TreeSet<>(Keeping.NEWEST_FIRST))
                    .add(item);
        }

        void remove(Item item, LocalDate day) {
            periods.computeIfPresent(name.apply(day), (period, items) -> {
                items.remove(item);
                return items.isEmpty() ? null : items;
            });
        }

        Stream<Item> newest() {
            return periods.descendingMap().values().stream().limit(most).map(TreeSet::first);
        }
    }

    private final ZoneId zone;
    private final int newest;
    private final List<Kind> kinds;
    /** The newest ones, as many as the count keeps. */
    private final TreeSet<Item> first = new TreeSet<>(Keeping.NEWEST_FIRST);
    /** Those that only a period may keep. */
    private final TreeSet<Item> rest = new TreeSet<>(Keeping.NEWEST_FIRST);

    /** @param zone in whose calendar periods are told apart */
    Places(Retention.ByCount count, ZoneId zone) {
        this.zone = zone;
        this.newest = count.newest();
        Retention.Periods periods = count.periods();
        this.kinds = Stream.of(
                        new Kind(periods.daily(), LocalDate::toString),
                        new Kind(periods.weekly(), Keeping::week),
                        new Kind(periods.monthly(), Keeping::month),
                        new Kind(periods.yearly(), Keeping::year))
                .filter(kind -> kind.most() > 0)
                .toList();
    }

    /** Takes in one that {@linkplain Keeping#takesPlace takes a place}; nothing if it is in. */
    void add(Item item) {
        if (first.contains(item) || rest.contains(item)) {
            return;
        }
        first.add(item);
        if (first.size() > newest) {
            rest.add(first.removeLast());
        }
        LocalDate day = LocalDate.ofInstant(item.created(), zone);
        kinds.forEach(kind -> kind.add(item, day));
    }

    /** Gives the place of one to others; nothing if it has none. */
    void remove(Item item) {
        if (first.remove(item)) {
            if (!rest.isEmpty()) {
                first.add(rest.removeFirst());
            }
        } else if (!rest.remove(item)) {
            return;
        }
        LocalDate day = LocalDate.ofInstant(item.created(), zone);
        kinds.forEach(kind -> kind.remove(item, day));
    }

    /** Removes those that have no place any more, and says which. */
    List<Item> lost() {
        if (rest.isEmpty()) {
            return List.of();
        }
        Set<Item> kept = new HashSet<>();
        kinds.forEach(kind -> kind.newest().forEach(kept::add));
        List<Item> lost = new ArrayList<>();
        rest.stream().filter(item -> !kept.contains(item)).forEach(lost::add);
        lost.forEach(this::remove);
        return lost;
    }
}
