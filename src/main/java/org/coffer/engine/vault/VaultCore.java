package org.coffer.engine.vault;

import java.security.SecureRandom;
import java.time.Clock;
import org.coffer.engine.store.ObjectStore;

/**
 * What all pieces of one open vault share.
 *
 * @param place the store and the vault's name
 * @param keys the vault's keys
 * @param sealing begins and opens objects
 * @param benches hash, compress and seal
 * @param small puts and gets small objects
 * @param packs reads packs
 * @param near what was read of far objects before
 * @param prints what makes comparing with a parent quick
 * @param clock the time
 * @param random salts and names
 * @param tuning sizes
 */
record VaultCore(
        Place place,
        Keys keys,
        Sealing sealing,
        Benches benches,
        SmallObjects small,
        PackReader packs,
        NearCache near,
        FingerprintCache prints,
        Clock clock,
        SecureRandom random,
        Tuning tuning) {

    ObjectStore store() {
        return place.store();
    }

    static VaultCore of(Place place, Keys keys, Clock clock, SecureRandom random, Tuning tuning) {
        return of(place, keys, NearCache.none(), clock, random, tuning);
    }

    static VaultCore of(Place place, Keys keys, NearCache near, Clock clock, SecureRandom random, Tuning tuning) {
        Sealing sealing = new Sealing(keys, random);
        Benches benches = new Benches(keys, tuning.level());
        return new VaultCore(
                place,
                keys,
                sealing,
                benches,
                new SmallObjects(place.store(), sealing, benches),
                new PackReader(place.store(), sealing, benches, near),
                near,
                new FingerprintCache(),
                clock,
                random,
                tuning);
    }
}
