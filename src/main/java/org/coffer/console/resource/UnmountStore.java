package org.coffer.console.resource;

import static org.coffer.console.catalog.jooq.Tables.UNMOUNTED;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.console.catalog.Catalog;
import org.coffer.console.catalog.jooq.tables.records.UnmountedRecord;
import org.coffer.machine.Unmounted;

/**
 * What Coffer unmounted so that a disk could be overwritten, and owes to whoever works with it until it is put back (S2). It is in the
 * catalog, so that a process that dies owes it still; and it is owed only until the computer is started anew, which mounts what belongs to
 * it. Any number of threads.
 */
final class UnmountStore {
    private final Catalog catalog;
    /** Names this start of the computer. */
    private final String started;
    /** The disks that this process unmounted for something that is about to begin: somebody will take it, or give it up. */
    private final Set<UUID> fresh = ConcurrentHashMap.newKeySet();
    /** The disks of which somebody has taken it, who is the only one to put it back. */
    private final Set<UUID> taken = ConcurrentHashMap.newKeySet();

    UnmountStore(Catalog catalog, String started) {
        this.catalog = catalog;
        this.started = started;
        catalog.sql().deleteFrom(UNMOUNTED).where(UNMOUNTED.STARTED.ne(started)).execute();
    }

    /** The disks of which something is owed that nobody is about to put back. */
    Map<UUID, List<Unmounted>> owed() {
        Map<UUID, List<Unmounted>> all = new LinkedHashMap<>();
        catalog.sql()
                .selectFrom(UNMOUNTED)
                .orderBy(UNMOUNTED.RESOURCE_ID, UNMOUNTED.PLACE)
                .fetchGroups(UNMOUNTED.RESOURCE_ID, UnmountStore::read)
                .forEach((disk, gone) -> all.put(UUID.fromString(disk), gone));
        all.keySet().removeAll(fresh);
        all.keySet().removeAll(taken);
        return all;
    }

    /** Notes what is about to be unmounted, in that order, after what is owed already. */
    void add(UUID disk, List<Unmounted> gone) {
        if (gone.isEmpty()) {
            return;
        }
        fresh.add(disk);
        catalog.transaction(() -> {
            int place = of(disk).size();
            for (Unmounted one : gone) {
                write(disk, place++, one);
            }
        });
    }

    /** Hands over all that is owed of a disk; empty if somebody has it. */
    List<Unmounted> take(UUID disk) {
        fresh.remove(disk);
        List<Unmounted> all = of(disk);
        return !all.isEmpty() && taken.add(disk) ? all : List.of();
    }

    /** Whoever took it has put it back, but for what is {@code left}: that is owed on. */
    void settle(UUID disk, List<Unmounted> left) {
        write(disk, left);
        taken.remove(disk);
    }

    /** Only this is owed of a disk after all, whoever has it. */
    void only(UUID disk, List<Unmounted> owed) {
        write(disk, owed);
        if (owed.isEmpty()) {
            fresh.remove(disk);
        }
    }

    private void write(UUID disk, List<Unmounted> left) {
        catalog.transaction(() -> {
            catalog.sql()
                    .deleteFrom(UNMOUNTED)
                    .where(UNMOUNTED.RESOURCE_ID.eq(disk.toString()))
                    .execute();
            int place = 0;
            for (Unmounted one : left) {
                write(disk, place++, one);
            }
        });
    }

    /** All that is owed of a disk, in the order of unmounting. */
    List<Unmounted> of(UUID disk) {
        return catalog.sql()
                .selectFrom(UNMOUNTED)
                .where(UNMOUNTED.RESOURCE_ID.eq(disk.toString()))
                .orderBy(UNMOUNTED.PLACE)
                .fetch(UnmountStore::read);
    }

    private void write(UUID disk, int place, Unmounted one) {
        UnmountedRecord row = catalog.sql().newRecord(UNMOUNTED);
        row.setResourceId(disk.toString());
        row.setPlace(place);
        row.setStarted(started);
        row.setPoint(one.point().toString());
        row.setRoot(one.root().toString());
        row.setType(one.type());
        row.setOptions(one.options());
        row.setBeginsAt(one.start());
        catalog.sql().insertInto(UNMOUNTED).set(row).execute();
    }

    private static Unmounted read(UnmountedRecord row) {
        return new Unmounted(
                Path.of(row.getPoint()), Path.of(row.getRoot()), row.getType(), row.getOptions(), row.getBeginsAt());
    }
}
