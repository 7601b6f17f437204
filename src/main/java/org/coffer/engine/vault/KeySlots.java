package org.coffer.engine.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.problem.ProblemException;

/**
 * The ways into a vault that lie in the vault itself. Adding or removing one touches no data. Removing a passphrase does
 * not lock out somebody who once used it and kept the key.
 */
public final class KeySlots {
    /** A slot, without its secret. */
    public record KeySlot(SlotId id, Kind kind, Instant created) {}

    /** What opens a slot. */
    public enum Kind {
        /** A passphrase. */
        PASSPHRASE,
        /** Nothing: the vault is not encrypted. */
        OPEN
    }

    private final VaultCore core;

    KeySlots(VaultCore core) {
        this.core = core;
    }

    /**
     * Adds a passphrase. Meant to be slow: Argon2id works in 64 MiB.
     *
     * @param passphrase the caller wipes it afterwards
     * @throws ProblemException if the store fails
     */
    public KeySlot addPassphrase(char[] passphrase) {
        return addPassphrase(passphrase, Slot.Effort.STANDARD);
    }

    KeySlot addPassphrase(char[] passphrase, Slot.Effort effort) {
        SlotId id = SlotId.random(core.random());
        long now = core.clock().millis();
        try (MasterKey key = core.keys().master()) {
            byte[] slot = Slot.passphrase(id, now, passphrase, effort, key, core.random());
            put(core.store(), id, slot);
            return new KeySlot(id, Kind.PASSPHRASE, Instant.ofEpochMilli(now));
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    static void put(ObjectStore store, SlotId id, byte[] slot) throws StoreException {
        for (int copy = 1; copy <= Slot.COPIES; copy++) {
            store.put(Names.slot(id.toString(), copy), ByteBuffer.wrap(slot));
        }
    }

    /**
     * Removes a slot. That it is gone already is fine.
     *
     * @throws ProblemException if the store fails
     */
    public void remove(SlotId id) {
        try {
            for (int copy = 1; copy <= Slot.COPIES; copy++) {
                core.store().delete(Names.slot(id.toString(), copy));
            }
            core.store().syncDeletes();
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /**
     * The slots that can be used, oldest first.
     *
     * @throws ProblemException if the store fails
     */
    public List<KeySlot> list() {
        try {
            Map<String, KeySlot> found = new TreeMap<>();
            read(core.store()).forEach((name, slot) -> {
                boolean passphrase = Slot.usable(slot, Slot.PASSPHRASE);
                if (passphrase || Slot.usable(slot, Slot.OPEN)) {
                    SlotId id = SlotId.of(name.substring(Names.SLOT.length(), Names.SLOT.length() + 32));
                    Kind kind = passphrase ? Kind.PASSPHRASE : Kind.OPEN;
                    found.putIfAbsent(id.toString(), new KeySlot(id, kind, Instant.ofEpochMilli(Slot.created(slot))));
                }
            });
            return found.values().stream()
                    .sorted(java.util.Comparator.comparing(KeySlot::created))
                    .toList();
        } catch (IOException e) {
            throw core.place().problem(e);
        }
    }

    /** All copies of all slots by name; at most 48, so that a heap of forged ones cannot keep anybody busy. */
    static Map<String, byte[]> read(ObjectStore store) throws IOException {
        Map<String, byte[]> slots = new LinkedHashMap<>();
        for (StoredObject object : store.list(Names.SLOT)) {
            if (object.size() == Slot.LENGTH && named(object) && slots.size() < 16 * Slot.COPIES) {
                byte[] slot = readable(store, object.name());
                if (slot.length > 0) {
                    slots.put(object.name(), slot);
                }
            }
        }
        return slots;
    }

    static boolean named(StoredObject object) {
        return object.name().matches("slot/[0-9a-f]{32}-[1-3]");
    }

    /** A slot; nothing of one that cannot be read: there are three copies of each, and the recovery code. */
    private static byte[] readable(ObjectStore store, String name) throws IOException {
        try {
            return Reads.get(store, name, Slot.LENGTH);
        } catch (DamagedException e) {
            return new byte[0];
        }
    }

    /** The different contents among all copies: of three equal ones, one. */
    static List<byte[]> distinct(ObjectStore store) throws IOException {
        List<byte[]> different = new ArrayList<>();
        for (byte[] slot : read(store).values()) {
            if (different.stream().noneMatch(other -> Arrays.equals(other, slot))) {
                different.add(slot);
            }
        }
        return different;
    }
}
