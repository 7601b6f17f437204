package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.coffer.console.MovableClock;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a backup asks a place some way off which packs lie there, and what it does about one that is lost. */
class LostPacksTest {
    /** A place that counts how often it is asked for its packs. */
    private static final class Place extends ForwardingStore {
        private final int readsAtOnce;
        private int asked;

        Place(MemoryStore real, int readsAtOnce) {
            super(real);
            this.readsAtOnce = readsAtOnce;
        }

        @Override
        public int readsAtOnce() {
            return readsAtOnce;
        }

        @Override
        public synchronized List<StoredObject> list(String prefix) throws StoreException {
            asked += prefix.equals("data/") || prefix.equals("map/") ? 1 : 0;
            return super.list(prefix);
        }
    }

    @TempDir
    private Path near;

    private final MemoryStore store = new MemoryStore();
    private final MovableClock clock = new MovableClock();
    private final Place far = new Place(store, 8);
    private final byte[] disk = Lab.noise(40 * Lab.BLOCK, 1);

    @BeforeEach
    void create() {
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "one", disk, null);
        }
    }

    private Vault open(Place place) {
        return Vault.open(
                place,
                "lab",
                new Unlock.Key(Lab.key()),
                null,
                place.readsAtOnce() == 1 ? NearCache.none() : NearCache.in(near, 1 << 20, clock),
                clock,
                new SecureRandom(),
                Lab.SMALL);
    }

    /** Backs up into the vault as it is opened by a new process; how often its packs were listed for that. */
    private int askedBy(Place place, String name) {
        try (Vault vault = open(place)) {
            int before = place.asked;
            Commit next = Lab.backUp(vault, name, disk, Lab.named(vault, "one"));
            assertThat(Lab.restore(vault, next)).isEqualTo(disk);
            return place.asked - before;
        }
    }

    private String pack() {
        List<String> packs = new ArrayList<>();
        store.objects().keySet().stream()
                .filter(name -> name.startsWith("data/"))
                .forEach(packs::add);
        return packs.getFirst();
    }

    @Test
    void onceAWeekIsEnoughAsLongAsNothingIsMissingAlsoOverARestart() {
        assertThat(askedBy(far, "two")).as("the first of this home").isEqualTo(2);
        try (Vault vault = open(far)) {
            int before = far.asked;
            Commit one = Lab.named(vault, "one");
            Lab.backUp(vault, "three", Lab.changed(disk, 3, 1), one);
            Lab.backUp(vault, "four", Lab.changed(disk, 4, 1), one);
            assertThat(far.asked - before).as("the normal path").isZero();
        }
        clock.push(LostPacks.TRUSTED.minusMinutes(5));
        assertThat(askedBy(far, "five")).isZero();
        clock.push(Duration.ofMinutes(10));
        assertThat(askedBy(far, "six")).isEqualTo(2);
        assertThat(askedBy(far, "seven")).isZero();
        clock.push(Duration.ofDays(-30));
        assertThat(askedBy(far, "eight")).as("the clock went back").isEqualTo(2);
    }

    @Test
    void whatANewHomeOrOneWithoutItsCacheDoesNotKnowItAsks() {
        askedBy(far, "two");
        NearCache.remove(near);
        assertThat(askedBy(far, "three")).isEqualTo(2);
    }

    @Test
    void aLostPackIsNotReferredToAndThePlaceIsAskedAsLongAsItIsMissed() {
        store.objects().remove(pack());
        assertThat(askedBy(far, "two")).as("stored again").isEqualTo(2);
        assertThat(askedBy(far, "three")).isEqualTo(2);
    }

    @Test
    void oneThatWasLostSinceAndIsCondemnedIsNotReferredToEither() {
        askedBy(far, "two");
        String lost = pack();
        store.objects().remove(lost);
        try (Vault vault = open(far)) {
            vault.avoid(Lab.CONSOLE, lost);
        }
        assertThat(askedBy(far, "three"))
                .as("it is stored again without a list")
                .isZero();
    }

    @Test
    void aPlaceThatIsNearIsAskedEachTime() {
        Place folder = new Place(store, 1);
        assertThat(Stream.of("two", "three").map(name -> askedBy(folder, name))).containsExactly(2, 2);
    }
}
