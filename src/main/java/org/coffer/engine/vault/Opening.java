package org.coffer.engine.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Gets from a store and a way to unlock it to the keys of the vault, or says exactly why not. */
final class Opening {
    private final Place place;

    Opening(Place place) {
        this.place = place;
    }

    /** An opened head of a vault. */
    record Opened(Header header, Keys keys, List<Damage> damaged) {}

    /** What was found at the place of a header copy. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Copy(String name, byte[] bytes, @Nullable DamagedException unreadable) {
        /** Whether this version can read it. */
        boolean usable() {
            return bytes.length == Header.LENGTH && Header.looksRight(bytes) && Header.version(bytes) == Header.VERSION;
        }

        /** Whether nothing is there. */
        boolean absent() {
            return bytes.length == 0 && unreadable == null;
        }
    }

    Opened open(Unlock unlock, @Nullable Pin pin) throws IOException {
        List<Copy> copies = copies();
        List<Copy> usable = copies.stream().filter(Copy::usable).toList();
        if (usable.isEmpty()) {
            throw unusable(copies);
        }
        List<MasterKey> keys = keys(unlock);
        try {
            for (MasterKey key : keys) {
                Opened opened = match(key, usable, copies);
                if (opened != null) {
                    return pinned(opened, pin);
                }
            }
        } finally {
            keys.forEach(MasterKey::close);
        }
        throw refused(unlock, usable, pin);
    }

    /** What lies at the places of the three copies of the header. */
    List<Copy> copies() throws IOException {
        Copy[] copies = new Copy[Header.COPIES];
        List<SideBySide.Act> reads = new ArrayList<>();
        for (int i = 0; i < Header.COPIES; i++) {
            int at = i;
            reads.add(() -> copies[at] = copy(Names.HEADER + (at + 1)));
        }
        SideBySide.small(place.store(), reads);
        return List.of(copies);
    }

    private Copy copy(String name) throws IOException {
        try {
            return new Copy(name, Reads.get(place.store(), name, Header.MOST), null);
        } catch (DamagedException e) {
            return new Copy(name, new byte[0], e);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.MISSING) {
                throw e;
            }
            return new Copy(name, new byte[0], null);
        }
    }

    /** Why none of these copies of a header can be used. */
    ProblemException unusable(List<Copy> copies) {
        for (Copy copy : copies) {
            if (Header.looksRight(copy.bytes) && Header.version(copy.bytes) > Header.VERSION) {
                return newer(Header.program(copy.bytes));
            }
        }
        for (Copy copy : copies) {
            if (copy.unreadable != null && copy.unreadable.getCause() instanceof StoreException failed) {
                return place.problem(failed); // Nobody tampered with it: the place fails.
            }
        }
        return place.header("no usable header");
    }

    private ProblemException newer(String program) {
        return new ProblemException(Problem.of("vault.newer", "vault", place.vault(), "version", program));
    }

    private ProblemException wrong() {
        return new ProblemException(Problem.of("key.wrong", "vault", place.vault()));
    }

    /** The keys that this way of unlocking gives; more than one only if somebody planted slots. */
    private List<MasterKey> keys(Unlock unlock) throws IOException {
        return switch (unlock) {
            case Unlock.Key known -> List.of(copy(known.key()));
            case Unlock.Recovery typed ->
                List.of(RecoveryCode.parse(typed.code()).orElseThrow(this::wrong));
            case Unlock.Passphrase typed -> slots(Slot.PASSPHRASE, slot -> Slot.unlock(slot, typed.passphrase()));
            case Unlock.Open open -> slots(Slot.OPEN, Slot::unlock);
        };
    }

    private static MasterKey copy(MasterKey key) {
        byte[] bytes = key.copy();
        MasterKey copy = MasterKey.of(bytes);
        Arrays.fill(bytes, (byte) 0);
        return copy;
    }

    private List<MasterKey> slots(int kind, java.util.function.Function<byte[], Optional<MasterKey>> unlock)
            throws IOException {
        List<MasterKey> keys = new ArrayList<>();
        ObjectStore store = place.store();
        for (byte[] slot : KeySlots.distinct(store)) {
            if (Slot.usable(slot, kind)) {
                Optional<MasterKey> key = unlock.apply(slot);
                key.ifPresent(found -> {
                    if (keys.stream().anyMatch(other -> other.same(found))) {
                        found.close();
                    } else {
                        keys.add(found);
                    }
                });
            }
        }
        return keys;
    }

    private @Nullable Opened match(MasterKey key, List<Copy> usable, List<Copy> all) {
        for (Copy copy : usable) {
            Header header = Header.read(copy.bytes);
            Keys keys = new Keys(key, header.vault());
            if (Header.authentic(copy.bytes, keys)) {
                if (!Header.knownRules(copy.bytes)) {
                    keys.close();
                    throw newer(header.program());
                }
                return new Opened(header, keys, differing(copy, all));
            }
            keys.close();
        }
        return null;
    }

    /**
     * Looks again at the copies of the header of a vault that is open.
     *
     * @return those that are missing, cannot be read, or are not what the vault was opened by
     */
    List<Damage> lookAgain(Header header, Keys keys) throws IOException {
        List<Copy> copies = copies();
        Copy good = copies.stream()
                .filter(copy -> copy.usable() && Header.authentic(copy.bytes, keys))
                .findFirst()
                .orElseGet(() -> new Copy("what it was", header.write(keys), null));
        return differing(good, copies);
    }

    private static List<Damage> differing(Copy good, List<Copy> all) {
        List<Damage> damaged = new ArrayList<>();
        for (Copy copy : all) {
            if (!Arrays.equals(copy.bytes, good.bytes)) {
                boolean missing = copy.bytes.length == 0 && copy.unreadable == null;
                damaged.add(new Damage(
                        copy.name,
                        missing ? Damage.Reason.MISSING : Damage.Reason.DAMAGED,
                        List.of(),
                        copy.unreadable != null
                                ? String.valueOf(copy.unreadable.getMessage())
                                : missing ? "is missing" : "differs from " + good.name));
            }
        }
        return damaged;
    }

    private Opened pinned(Opened opened, @Nullable Pin pin) {
        if (pin != null && !pin.equals(pin(opened.header()))) {
            opened.keys().close();
            throw place.header(
                    "is not the vault that was pinned: " + opened.header().vault());
        }
        return opened;
    }

    static Pin pin(Header header) {
        return new Pin(header.vault(), header.fingerprint().toString(), header.version());
    }

    /** No copy is authentic under any of the keys: tells tampering, swapping and a wrong key apart. */
    private ProblemException refused(Unlock unlock, List<Copy> usable, @Nullable Pin pin) {
        for (Copy copy : usable) {
            Header header = Header.read(copy.bytes);
            if (unlock instanceof Unlock.Key known) {
                try (Keys keys = new Keys(known.key(), header.vault())) {
                    if (keys.fingerprint().equals(header.fingerprint())) {
                        return place.header("was changed");
                    }
                }
            }
        }
        boolean swapped = pin != null
                && usable.stream()
                        .noneMatch(copy -> pin(Header.read(copy.bytes)).equals(pin));
        return swapped ? place.header("is not the vault that was pinned") : wrong();
    }
}
