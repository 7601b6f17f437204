package org.coffer.console.vault;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.coffer.console.home.Secrets;
import org.coffer.console.location.Address;
import org.coffer.console.location.Locations;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.vault.MasterKey;
import org.coffer.engine.vault.NearCache;
import org.coffer.engine.vault.Unlock;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;

/**
 * The vaults that this process has open, for the nouns to the right. A vault is opened when it is first needed, with
 * the key that the home keeps sealed, and stays open: opening reads all its commits. Closing the console closes them.
 */
public final class OpenVaults implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OpenVaults.class.getName());
    /** Begins the name of the folder in which a vault's parts are kept near; its ID follows. */
    private static final String NEAR = "near-";

    private final VaultStore store;
    private final Locations locations;
    private final Secrets secrets;
    private final Path cache;
    private final Map<UUID, Held> open = new HashMap<>();
    private final Map<UUID, Object> opening = new ConcurrentHashMap<>();
    private final List<org.coffer.engine.vault.Vault> left = new ArrayList<>();
    private final List<Consumer<UUID>> onOpen = new ArrayList<>();
    private final Clock clock;
    private final Map<UUID, Head> heads = new ConcurrentHashMap<>();

    /** How long what was seen of a head counts, as that of the locations does. */
    private static final Duration HEAD_COUNTS = Duration.ofSeconds(15);

    /** What a look at a vault's head found, where, and when. */
    private record Head(Address where, Instant at, Optional<Problem> problem) {}

    /** An open vault, and where its location was when it was opened. */
    private record Held(org.coffer.engine.vault.Vault vault, Address where) {}

    /** @param cache where vaults may keep what makes them quicker, a folder for each */
    OpenVaults(VaultStore store, Locations locations, Secrets secrets, Path cache, Clock clock) {
        this.store = store;
        this.locations = locations;
        this.secrets = secrets;
        this.cache = cache;
        this.clock = clock;
    }

    /** Lets {@code listener} know of every vault that is opened, right after it was: to compare it with the catalog. */
    public void onOpen(Consumer<UUID> listener) {
        onOpen.add(listener);
    }

    /**
     * The open vault.
     *
     * @throws ProblemException {@code vault.unknown}, {@code vault.no-key} if this home does not have its key, or why
     *     the location cannot be read or the vault not be opened
     */
    public org.coffer.engine.vault.Vault get(UUID id) {
        org.coffer.engine.vault.Vault vault;
        // A lock for each vault: one whose location hangs must not keep the others closed.
        synchronized (opening.computeIfAbsent(id, key -> new Object())) {
            VaultStore.Row row =
                    store.find(id).orElseThrow(() -> new ProblemException(Problem.of("vault.unknown", "vault", id)));
            Address where = locations.get(row.location()).address();
            Optional<org.coffer.engine.vault.Vault> known = known(id, where);
            if (known.isPresent()) {
                return known.get();
            }
            byte[] key = secrets.get(secretName(id))
                    .orElseThrow(() -> new ProblemException(Problem.of("vault.no-key", "vault", row.name())));
            try (MasterKey master = MasterKey.of(key)) {
                vault = open(row, new Unlock.Key(master));
            } finally {
                Arrays.fill(key, (byte) 0);
            }
            vault.keepFingerprints(cache.resolve(id.toString()));
            if (row.lockedAt().isPresent()) {
                vault.keepLocked(); // Whatever became of the description in which that stands.
            }
            hold(id, new Held(vault, where));
        }
        onOpen.forEach(listener -> listener.accept(id));
        return vault;
    }

    private synchronized Optional<org.coffer.engine.vault.Vault> known(UUID id, Address where) {
        Held known = open.get(id);
        if (known != null && !known.where().equals(where)) {
            // The location came back elsewhere (L1). What still runs on the old one fails by itself.
            open.remove(id);
            left.add(known.vault());
            return Optional.empty();
        }
        return Optional.ofNullable(known).map(Held::vault);
    }

    private synchronized void hold(UUID id, Held held) {
        open.put(id, held);
    }

    /** Opens with whatever the user knows; the caller closes it. */
    org.coffer.engine.vault.Vault open(VaultStore.Row row, Unlock unlock) {
        ObjectStore objects = locations.open(row.location(), row.prefix());
        return org.coffer.engine.vault.Vault.open(
                objects,
                row.name(),
                unlock,
                row.pin().isEmpty() ? null : VaultPin.parse(row.pin()),
                near(row.id(), objects));
    }

    /** What was read of a vault that is some way off; of one in a folder nothing is kept. */
    NearCache near(UUID id, ObjectStore objects) {
        return objects.readsAtOnce() == 1 ? NearCache.none() : NearCache.in(place(id), NearCache.USUAL, clock);
    }

    /** Deletes what was read of vaults that somebody looked at and did not attach. */
    void forgetLooks() {
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(cache, NEAR + '*')) {
            for (Path folder : kept) {
                String id = folder.getFileName().toString().substring(NEAR.length());
                if (store.find(UUID.fromString(id)).isEmpty()) {
                    NearCache.remove(folder);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "what was kept near is left in " + cache, e); // It costs room and nothing else.
        }
    }

    private Path place(UUID id) {
        return cache.resolve(NEAR + id);
    }

    /** Why this home cannot open the vault: {@code vault.no-key} or {@code secrets.unreadable}; empty if it has its key. */
    Optional<Problem> keyless(VaultStore.Row row) {
        try {
            Optional<byte[]> key = secrets.get(secretName(row.id()));
            key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
            return key.isPresent() ? Optional.empty() : Optional.of(Problem.of("vault.no-key", "vault", row.name()));
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    /**
     * Why a vault could not be opened where it lies now: it is another one, was changed, or is of a newer format; empty if
     * it could, and if this home has no key or the location does not answer, which others tell. What was found counts for
     * some seconds.
     */
    Optional<Problem> refusal(VaultStore.Row row, Address where) {
        Head known = heads.get(row.id());
        if (known != null
                && known.where().equals(where)
                && known.at().plus(HEAD_COUNTS).isAfter(clock.instant())) {
            return known.problem();
        }
        Optional<Problem> found = head(row);
        heads.put(row.id(), new Head(where, clock.instant(), found));
        return found;
    }

    private Optional<Problem> head(VaultStore.Row row) {
        byte[] key = secrets.get(secretName(row.id())).orElse(null);
        if (key == null || row.pin().isEmpty()) {
            return Optional.empty();
        }
        try (MasterKey master = MasterKey.of(key);
                var objects = locations.open(row.location(), row.prefix())) {
            return org.coffer.engine.vault.Vault.refusal(
                    objects, row.name(), new Unlock.Key(master), VaultPin.parse(row.pin()));
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The key that this home has for a vault; the caller wipes it. */
    Optional<byte[]> kept(UUID id) {
        return secrets.get(secretName(id));
    }

    void keep(UUID id, byte[] key) {
        secrets.put(secretName(id), key);
    }

    void forgetKey(UUID id) {
        heads.remove(id);
        secrets.remove(secretName(id));
        NearCache.remove(place(id));
    }

    /** Closes one vault, so that the next use opens it afresh. */
    public synchronized void close(UUID id) {
        Held held = open.remove(id);
        if (held != null) {
            held.vault().close();
        }
    }

    private static String secretName(UUID id) {
        return "vault." + id;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(held -> held.vault().close());
        open.clear();
        left.forEach(org.coffer.engine.vault.Vault::close);
        left.clear();
    }
}
