package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * The generations of a vault's description. A new one is a new object that names its predecessor and the predecessor's
 * hash; the newest that is authentic counts. The last 16 that open are kept.
 */
final class Descriptions {
    private static final int KEPT = 16;
    private static final int LOCKED = 1;
    private static final int PAYLOAD_LIMIT = 16 << 20;

    private final VaultCore core;
    private volatile List<Damage> damaged = List.of();

    Descriptions(VaultCore core) {
        this.core = core;
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Newest(String name, byte[] object, Description description) {
        static final Comparator<StoredObject> ORDER =
                Comparator.comparing(StoredObject::name).reversed();
    }

    List<Damage> damaged() {
        return damaged;
    }

    Optional<Description> current() throws IOException {
        return Optional.ofNullable(newest()).map(Newest::description);
    }

    private @Nullable Newest newest() throws IOException {
        List<Damage> bad = new ArrayList<>();
        try {
            return newest(bad);
        } finally {
            damaged = List.copyOf(bad);
        }
    }

    private @Nullable Newest newest(List<Damage> bad) throws IOException {
        List<StoredObject> all = new ArrayList<>(core.store().list(Names.DESCRIPTION));
        all.sort(Newest.ORDER);
        for (StoredObject object : all) {
            try {
                byte[] bytes = Reads.get(core.store(), object.name(), ObjectType.DESCRIPTION.most());
                return new Newest(object.name(), bytes, read(object.name(), bytes));
            } catch (DamagedException e) {
                bad.add(new Damage(e.object(), e.reason(), List.of(), String.valueOf(e.getMessage())));
            } catch (StoreException e) {
                // Tidied away by somebody who wrote a newer one.
                if (e.kind() != StoreException.Kind.MISSING) {
                    throw e;
                }
            }
        }
        return null;
    }

    private Description read(String name, byte[] object) throws DamagedException {
        FieldReader in = new FieldReader(
                name, core.small().open(ObjectType.DESCRIPTION, name, object).bytes());
        int generation = in.u32();
        in.text();
        in.raw(32);
        boolean locked = (in.u32() & LOCKED) != 0;
        return new Description(generation, locked, in.raw(in.count(PAYLOAD_LIMIT)));
    }

    /** Writes what follows from the newest one; says whether the lock is set now. */
    boolean write(Function<Optional<byte[]>, Optional<byte[]>> next, boolean lock) throws IOException {
        Newest before = newest();
        Optional<byte[]> wanted = next.apply(Optional.ofNullable(before).map(found -> found.description.payload()));
        if (wanted.isEmpty()) {
            return before != null && before.description.locked();
        }
        byte[] payload = wanted.get();
        if (payload.length > PAYLOAD_LIMIT) {
            throw new IllegalArgumentException("a description of " + payload.length + " bytes");
        }
        int generation = before == null ? 1 : before.description.generation() + 1;
        if (before != null
                && Arrays.equals(before.description.payload(), payload)
                && (before.description.locked() || !lock)) {
            return before.description.locked();
        }
        boolean locked = lock || (before != null && before.description.locked());
        FieldWriter body = new FieldWriter().u32(generation);
        body.text(before == null ? "" : before.name);
        body.raw(before == null ? new byte[32] : hash(before.object));
        body.u32(locked ? LOCKED : 0).u32(payload.length).raw(payload);
        String name = Names.description(generation, SessionId.random(core.random()));
        core.small().put(ObjectType.DESCRIPTION, name, body.bytes());
        tidyIfAllowed();
        return locked;
    }

    private static byte[] hash(byte[] object) {
        return java.util.HexFormat.of().parseHex(Attachment.of(object).hash());
    }

    /** Tidying takes a right that a description does not. */
    private void tidyIfAllowed() throws IOException {
        try {
            tidy();
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.DENIED) {
                throw e;
            }
        }
    }

    /** Removes what is below the 16 highest that open. What does not open is not counted, for anybody can put it. */
    private void tidy() throws IOException {
        List<StoredObject> all = new ArrayList<>(core.store().list(Names.DESCRIPTION));
        if (all.size() <= KEPT) {
            return;
        }
        all.sort(Newest.ORDER);
        int kept = 0;
        for (int open = 0; open < KEPT && kept < all.size(); kept++) {
            open += opens(all.get(kept).name()) ? 1 : 0;
        }
        for (StoredObject old : all.subList(kept, all.size())) {
            core.store().delete(old.name());
        }
        core.store().syncDeletes();
    }

    private boolean opens(String name) throws IOException {
        try {
            core.small().get(ObjectType.DESCRIPTION, name);
            return true;
        } catch (DamagedException e) {
            return false;
        } catch (StoreException e) {
            // Somebody else is tidying up too.
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
            return false;
        }
    }
}
