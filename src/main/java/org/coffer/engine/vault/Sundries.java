package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;

/**
 * Checks what no backup needs to be restored: index segments, the ways in, what the console keeps with the vault, and what consoles
 * tell each other. Their damage costs room, a passphrase, settings, or keeps room from being freed, so it is named as well, with no
 * backups.
 */
final class Sundries {
    private final VaultCore core;
    private final BlockIndex index;
    private final Work work;
    private final List<Damage> damaged = new ArrayList<>();
    private long objects;

    Sundries(VaultCore core, BlockIndex index, Work work) {
        this.core = core;
        this.index = index;
        this.work = work;
    }

    /** @param everything whether the pages of index segments are read, too */
    List<Damage> check(boolean everything) throws IOException {
        index(everything);
        slots();
        descriptions();
        markers();
        return damaged;
    }

    /** How many objects were looked at. */
    long objects() {
        return objects;
    }

    private void add(DamagedException e) {
        damaged.add(Survey.damage(e, List.of()));
    }

    /** Each is opened anew, one after the other, and let go: what is in use was read when it was opened. */
    private void index(boolean everything) throws IOException {
        index.refresh();
        for (StoredObject object : core.store().list(Names.INDEX)) {
            work.checkpoint();
            objects++;
            try (Workbench bench = core.benches().take()) {
                Segment segment = Segment.open(core, object.name());
                if (everything) {
                    segment.check(bench);
                }
            } catch (DamagedException e) {
                if (!core.store().list(object.name()).isEmpty()) { // Else it was collected meanwhile.
                    add(e);
                }
            } catch (StoreException e) {
                passOver(e);
            }
        }
    }

    /** Of a slot, without its passphrase, nobody can say whether it is right: but its copies have to be the same. */
    private void slots() throws IOException {
        Map<String, List<StoredObject>> slots = new TreeMap<>();
        for (StoredObject object : core.store().list(Names.SLOT)) {
            if (KeySlots.named(object)) {
                slots.computeIfAbsent(object.name().substring(0, object.name().length() - 1), s -> new ArrayList<>())
                        .add(object);
            }
        }
        for (List<StoredObject> copies : slots.values()) {
            work.checkpoint();
            Map<String, byte[]> read = new TreeMap<>();
            for (StoredObject copy : copies) {
                objects++;
                try {
                    read.put(copy.name(), Reads.get(core.store(), copy.name(), Slot.LENGTH));
                } catch (DamagedException e) {
                    add(e);
                } catch (StoreException e) {
                    passOver(e);
                }
            }
            read.forEach((name, bytes) -> {
                long same = read.values().stream()
                        .filter(other -> Arrays.equals(other, bytes))
                        .count();
                if (2 * same <= read.size() && read.size() > 1) {
                    add(new DamagedException(name, "differs from the other copies"));
                }
            });
        }
    }

    private void descriptions() throws IOException {
        for (StoredObject object : core.store().list(Names.DESCRIPTION)) {
            work.checkpoint();
            objects++;
            try {
                core.small().get(ObjectType.DESCRIPTION, object.name());
            } catch (DamagedException e) {
                add(e);
            } catch (StoreException e) {
                passOver(e);
            }
        }
    }

    /** Of these a vault that lives long has many, each small, so that they are asked for side by side where the way is long. */
    private void markers() throws IOException {
        Map<String, DamagedException> found = new ConcurrentSkipListMap<>();
        List<SideBySide.Act> reads = new ArrayList<>();
        for (String prefix : List.of(Names.SESSION, Names.GONE, Names.ASK, Names.SPENT, Names.CONDEMNED)) {
            ObjectType type = Objects.requireNonNull(Names.type(prefix));
            for (StoredObject object : core.store().list(prefix)) {
                reads.add(() -> marker(type, object.name(), prefix, found));
            }
        }
        objects += reads.size();
        SideBySide.small(core.store(), reads);
        found.values().forEach(this::add);
    }

    private void marker(ObjectType type, String name, String prefix, Map<String, DamagedException> found)
            throws IOException {
        work.checkpoint();
        try {
            if (Names.session(name, prefix) == null) {
                throw new DamagedException(name, "is no name of such an object");
            }
            core.small().get(type, name);
        } catch (DamagedException e) {
            found.put(name, e);
        } catch (StoreException e) {
            passOver(e);
        }
    }

    /** What went since it was listed was removed by somebody who may. */
    private static void passOver(StoreException e) throws StoreException {
        if (e.kind() != StoreException.Kind.MISSING) {
            throw e;
        }
    }
}
