package org.coffer.console.location;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.coffer.console.home.Secrets;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.Patience;
import org.coffer.engine.store.StoreException;

/** What can be done at which address, with the secrets that it takes (L4). */
final class Sites {
    private final Grounds grounds;
    private final Secrets secrets;
    private final Clock clock;
    private final Map<UUID, Patience> patience = new ConcurrentHashMap<>();
    private final Map<UUID, Secret> known = new ConcurrentHashMap<>();
    /** The names of keys that were exchanged in this process: stores that are open were made with the ones before. */
    private final Map<UUID, String> keys = new ConcurrentHashMap<>();

    private volatile Locations.Witness witness = (location, place) -> true;

    Sites(Grounds grounds, Secrets secrets, Clock clock) {
        this.grounds = grounds;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Lets {@code answering} judge places that may be copies. */
    void witness(Locations.Witness answering) {
        witness = answering;
    }

    /** A place that is not known yet. */
    Site of(Address address, Secret secret) {
        return switch (address) {
            case Address.Folder folder -> new FolderSite(folder, grounds, Patience.standard(), this::complete);
            case Address.Bucket bucket -> new BucketSite(bucket, bucket::accessKey, () -> secret, clock);
        };
    }

    /** Where a location is. */
    Site of(LocationStore.Row row) {
        return switch (row.address()) {
            case Address.Folder folder -> {
                Patience waiting = patience.computeIfAbsent(row.id(), key -> Patience.standard());
                yield new FolderSite(folder, grounds, waiting, this::complete);
            }
            case Address.Bucket bucket ->
                new BucketSite(
                        bucket, () -> keys.getOrDefault(row.id(), bucket.accessKey()), () -> secret(row.id()), clock);
        };
    }

    /** Whether everything that should be at a location is at a place that carries its marker. */
    boolean complete(LocationStore.Row row, Site site) {
        try (ObjectStore candidate = site.open(row.marker())) {
            return witness.complete(row.id(), candidate);
        } catch (StoreException e) {
            return false;
        }
    }

    private boolean complete(LocationStore.Row row, Address address) {
        return complete(row, of(row.at(address)));
    }

    /** What goes with a location's key now: one that is exchanged counts at once, also for what is running. */
    Secret secret(UUID id) {
        return known.computeIfAbsent(id, key -> new Secret(kept(name(id)), kept(proxy(id))));
    }

    private String kept(String name) {
        return secrets.get(name)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** Keeps what goes with a location's key from now on, and which key that is. */
    void keep(UUID id, Address address, Secret secret) {
        if (address instanceof Address.Bucket bucket) {
            keys.put(id, bucket.accessKey());
        }
        known.put(id, secret);
        keep(name(id), secret.text());
        keep(proxy(id), secret.proxyPassword());
    }

    private void keep(String name, String text) {
        if (text.isEmpty()) {
            secrets.remove(name);
        } else {
            secrets.put(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Forgets a location. */
    void forget(UUID id) {
        secrets.remove(name(id));
        secrets.remove(proxy(id));
        known.remove(id);
        keys.remove(id);
        patience.remove(id);
    }

    private static String name(UUID id) {
        return "location." + id;
    }

    private static String proxy(UUID id) {
        return name(id) + ".proxy";
    }
}
