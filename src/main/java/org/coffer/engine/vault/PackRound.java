package org.coffer.engine.vault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;

/** The packs that one check reads: some of those in use, in the order of their names, from where the last check stopped. */
final class PackRound {
    private static final List<ObjectType> PACKS = List.of(ObjectType.DATA, ObjectType.MAP);

    private final List<Stop> stops;
    private final long bytes;
    private final Round.Passed passed;
    private long done;

    /**
     * A pack on the way.
     *
     * @param size its bytes in the store; 0 if it is not there
     */
    record Stop(ObjectType type, PackId pack, long size) {
        String name() {
            return Names.original(type, pack);
        }
    }

    private PackRound(List<Stop> stops, long bytes, Round round) {
        this.stops = List.copyOf(stops);
        this.bytes = bytes;
        this.passed = round.passed();
        this.done = round.done();
    }

    /**
     * Chooses among {@code used}: whole packs, until their bytes reach the share that is left of the check, or all that are left
     * of a check of every byte. That goes by names: bytes come and go with backups.
     */
    static PackRound of(ObjectStore store, PackSet used, Round round) throws StoreException {
        if (round.percent() == 0) {
            return new PackRound(List.of(), 0, round);
        }
        List<Stop> all = new ArrayList<>();
        for (ObjectType type : PACKS) {
            StoredPacks stored = StoredPacks.list(store, type);
            for (PackId pack : used.packs(type)) {
                StoredPacks.Stored there = stored.get(pack);
                all.add(new Stop(
                        type,
                        pack,
                        there == null ? 0 : there.copies().getFirst().size()));
            }
        }
        all.sort(Comparator.comparing(Stop::name));
        int first = 0;
        while (first < all.size() && all.get(first).name().compareTo(round.after()) <= 0) {
            first++;
        }
        long total = all.stream().mapToLong(Stop::size).sum();
        long wanted = Math.ceilDiv(total * round.percent(), 100) - round.done();
        List<Stop> chosen = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < all.size() && (bytes < wanted || round.percent() == 100); i++) {
            Stop stop = all.get((first + i) % all.size());
            if (round.passed(stop.name())) {
                break;
            }
            chosen.add(stop);
            bytes += stop.size();
        }
        return new PackRound(chosen, bytes, round);
    }

    List<Stop> stops() {
        return stops;
    }

    /** What reading them all takes. */
    long bytes() {
        return bytes;
    }

    void passed(Stop stop) {
        done += stop.size();
        passed.at(stop.name(), done);
    }
}
