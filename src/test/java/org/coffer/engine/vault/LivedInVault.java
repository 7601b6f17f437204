package org.coffer.engine.vault;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;

/**
 * A vault that has seen everything a vault can see, so that it holds objects of every kind, made for tests that damage them.
 *
 * <pre>
 *   lost      given up, and collected: gone, spent
 *   early     deleted, and collected: gone; its pack is a copy of the next generation without what is dead, condemned by entries
 *   right     on early: uses that copy, and a pack of its own
 *   left      shares nothing; its pack was made anew after it was condemned, and the old copy came back
 *   purged    deleted, not collected: commit, uses, about, packs and gone
 *   dead      its process died: session, packs, index, and the gone and ask of whoever settled it
 *   open      of another console, running, going on where dead stopped: session, packs, index
 *   asked     of another console, ended by a question: session, packs, index, ask, gone
 * </pre>
 */
final class LivedInVault {
    private static final ConsoleId OTHER = new ConsoleId(5, 6);
    private static final int DISK = 5 * Lab.BLOCK + 777;

    final MemoryStore store = new MemoryStore();
    final byte[] left = mixed(1);
    final byte[] right;
    final SessionId leftId;
    final SessionId rightId;
    final SessionId purgedId;
    private final Map<SessionId, PackSet> uses = new HashMap<>();

    /** Noise at its end, which nothing compresses. */
    private static byte[] mixed(int seed) {
        byte[] disk = small(seed);
        byte[] noise = Lab.noise(Lab.BLOCK + 777, seed);
        System.arraycopy(noise, 0, disk, DISK - noise.length, noise.length);
        return disk;
    }

    /** Mostly what compresses well, so that packs have few bytes. */
    private static byte[] small(int seed) {
        byte[] disk = new byte[DISK];
        for (int i = 0; i < 3 * Lab.BLOCK; i++) {
            disk[i] = (byte) (i / 100 + i / Lab.BLOCK + seed);
        }
        byte[] noise = Lab.noise(777, seed);
        System.arraycopy(noise, 0, disk, DISK - noise.length, noise.length);
        return disk;
    }

    private static byte[] later(byte[] disk) {
        byte[] later = disk.clone();
        for (int i = 0; i < 2 * Lab.BLOCK; i++) {
            later[i] = (byte) (later[i] * 3 + 1);
        }
        byte[] noise = Lab.noise(777, 77);
        System.arraycopy(noise, 0, later, DISK - noise.length, noise.length);
        return later;
    }

    LivedInVault() {
        byte[] before = small(2);
        right = later(before);
        try (Vault vault = Lab.create(store)) {
            try (Session lost = vault.begin(Lab.CONSOLE, List.of())) {
                stored(lost, small(3));
            }
            Commit early = Lab.backUp(vault, "early", before, null);
            rightId = Lab.backUp(vault, "right", right, early).id();
            vault.purge(Lab.CONSOLE, early.id());
            vault.collect(Lab.CONSOLE, new Repacking(1, Long.MAX_VALUE), Work.quiet());
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                Lab.write(session, left, null, true);
                leftId = session.commit(Lab.facts("left", null), new byte[] {4, 5, 6})
                        .id();
            }
            twoCopies(vault);
            purgedId = purged(vault);
            vault.describe(new byte[] {1, 2, 3}, false);
            SlotId slot = new SlotId(3, 4);
            KeySlots.put(store, slot, Slot.open(slot, 1, vault.key()));
            unfinished(vault);
            for (SessionId id : List.of(leftId, rightId)) {
                uses.put(id, usesOf(vault, id));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void twoCopies(Vault vault) throws StoreException {
        String pack = store.list("data/" + leftId).getFirst().name();
        byte[] old = store.bytes(pack);
        vault.avoid(Lab.CONSOLE, pack);
        if (!vault.heal(pack, Work.quiet())) {
            throw new IllegalStateException("not healed");
        }
        store.objects().put(pack, old);
    }

    private SessionId purged(Vault vault) {
        Commit commit;
        try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
            Lab.write(session, small(4), null, true);
            commit = session.commit(Lab.facts("purged", null), new byte[] {7});
        }
        vault.purge(Lab.CONSOLE, commit.id());
        return commit.id();
    }

    /** What processes leave that die, and one that goes on. Their sessions are never closed. */
    private void unfinished(Vault vault) throws IOException {
        Vault dying = Lab.open(store);
        Session dead = dying.begin(OTHER, List.of());
        stored(dead, small(5));
        Vault running = Lab.open(store);
        stored(running.begin(OTHER, running.settle(OTHER).adoptable()), small(6));
        Vault silent = Lab.open(store);
        Session asked = silent.begin(new ConsoleId(8, 9), List.of());
        stored(asked, small(7));
        vault.dismiss(Lab.CONSOLE, asked.id());
    }

    private static void stored(Session session, byte[] disk) throws IOException {
        Lab.write(session, disk, null, true);
        session.blocks().spill();
    }

    private PackSet usesOf(Vault vault, SessionId id) throws IOException {
        Place place = new Place(store, "lab");
        try (Keys keys = new Keys(Lab.key(), vault.id())) {
            VaultCore core = VaultCore.of(place, keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);
            Catalog catalog = new Catalog(core, new Markers(core));
            PackSet packs = catalog.uses(catalog.commit(id));
            core.benches().close();
            return packs;
        }
    }

    /** Whether a backup cannot do without this object; one of two copies it can do without. */
    boolean needs(SessionId backup, String object) {
        StoredPacks.Named named = StoredPacks.named(object);
        if (named == null) {
            return object.endsWith("/" + backup) && object.matches("(commit|uses|about)/.*");
        }
        PackSet used = uses.getOrDefault(backup, new PackSet());
        return used.contains(named.type(), named.pack())
                && store.list(Names.copies(named.type(), named.pack())).size() == 1;
    }

    /** What kinds of objects there are: the first parts of their names, and of packs whether they are copies. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        for (StoredObject object : store.list("")) {
            String name = object.name();
            StoredPacks.Named pack = StoredPacks.named(name);
            kinds.add(name.replaceFirst("[/-].*", "") + (pack != null && name.contains(".1-") ? ", copy" : ""));
        }
        return kinds;
    }
}
