package org.coffer.engine.vault;

import java.security.SecureRandom;
import java.time.Clock;
import org.coffer.engine.store.ObjectStore;

/** The pieces of a vault with the product's sizes, on a store that costs nothing. */
final class Scene {
    static final SessionId SESSION = new SessionId(3, 4);

    final ObjectStore store = new BenchStore();
    final VaultCore core;

    Scene() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Keys keys = new Keys(MasterKey.of(key), new VaultId(5, 6));
        this.core =
                VaultCore.of(new Place(store, "bench"), keys, Clock.systemUTC(), new SecureRandom(), Tuning.standard());
    }
}
