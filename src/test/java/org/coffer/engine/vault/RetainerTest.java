package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.Work;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** V16: in a place that can, what locked vaults put is kept from the beginning, and what backups need as long as they do. */
class RetainerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant MONTH = NOW.plus(Duration.ofDays(30));

    /** A place that keeps objects as it is told, and remembers it. */
    private static final class Keeping extends ForwardingStore {
        final Map<String, Instant> kept = new TreeMap<>();
        final List<String> lists = new ArrayList<>();
        boolean forbidden;

        Keeping(MemoryStore real) {
            super(real);
        }

        @Override
        public boolean retains() {
            return true;
        }

        @Override
        public void putKept(String name, Instant until, ByteBuffer... bytes) throws StoreException {
            put(name, bytes);
            retain(name, until);
        }

        @Override
        public List<StoredObject> list(String prefix) throws StoreException {
            lists.add(prefix);
            return super.list(prefix);
        }

        /** The lists of packs that something takes. */
        List<String> listsOf(Runnable act) {
            lists.clear();
            act.run();
            return lists.stream()
                    .filter(prefix -> prefix.startsWith("data/") || prefix.startsWith("map/"))
                    .toList();
        }

        @Override
        public void retain(String name, Instant until) throws StoreException {
            get(name); // Nobody keeps what is not there.
            if (forbidden) {
                throw new StoreException(
                        StoreException.Kind.DENIED,
                        Problem.of("storage.denied.write", "location", "place"),
                        "forbidden",
                        null);
            }
            assertThat(kept.getOrDefault(name, Instant.MIN))
                    .as("never shortened")
                    .isBeforeOrEqualTo(until);
            kept.put(name, until);
        }

        Set<String> kinds() {
            return kept.keySet().stream()
                    .map(name -> name.split("[/0-9]", -1)[0])
                    .collect(Collectors.toSet());
        }
    }

    private final Keeping place = new Keeping(new MemoryStore());

    @Test
    void nothingIsKeptBeforeTheVaultIsLockedAndWhatBackupsMayNeedAfterThat() {
        try (Vault vault = Lab.create(place)) {
            Lab.backUp(vault, "before", Lab.noise(2_000_000, 1), null);
            assertThat(place.kept).isEmpty();
            vault.describe(new byte[3], true);
            Lab.backUp(vault, "after", Lab.noise(2_000_000, 2), null);
            assertThat(place.kinds()).containsExactlyInAnyOrder("data", "map", "commit", "uses");
            assertThat(place.kept.values()).containsOnly(NOW.plus(LockableStore.FIRST));
        }
    }

    @Test
    void everythingThatABackupNeedsIsKeptWhoeverWroteIt() throws Exception {
        byte[] disk = Lab.noise(3_000_000, 1);
        try (Vault vault = Lab.create(place)) {
            Commit first = Lab.backUp(vault, "one", disk, null);
            Commit second = Lab.backUp(vault, "two", Lab.changed(disk, 5, 3), first);
            assertThat(vault.retain(Map.of(second.id(), MONTH), Work.quiet())).isPositive();
            Set<String> packs = place.list("").stream()
                    .map(object -> object.name())
                    .filter(name -> name.startsWith("data/"))
                    .collect(Collectors.toSet());
            assertThat(place.kept.keySet())
                    .as("packs of the first that the second uses, too")
                    .containsAll(packs)
                    .contains("commit/" + second.id(), "uses/" + second.id(), "header-1")
                    .doesNotContain("commit/" + first.id());
            assertThat(place.kept.values())
                    .allMatch(end -> !end.isBefore(MONTH.plus(Retainer.MARGIN)))
                    .allMatch(end -> end.isBefore(MONTH.plus(Retainer.MARGIN).plus(Retainer.STEP)));
        }
    }

    @Test
    void whatIsKeptLongEnoughIsNotAskedForAgainBeforeItHasTo() {
        try (Vault vault = Lab.create(place)) {
            Commit only = Lab.backUp(vault, "one", Lab.noise(1_000_000, 1), null);
            long all = vault.retain(Map.of(only.id(), MONTH), Work.quiet());
            Instant end = place.kept.values().iterator().next();
            assertThat(vault.retain(Map.of(only.id(), MONTH), Work.quiet())).isZero();
            assertThat(vault.retain(Map.of(only.id(), end.minus(Retainer.MARGIN)), Work.quiet()))
                    .isZero();
            assertThat(vault.retain(Map.of(only.id(), end), Work.quiet())).isEqualTo(all);
            assertThat(vault.retain(Map.of(only.id(), NOW), Work.quiet()))
                    .as("never shorter")
                    .isZero();
        }
    }

    @Test
    void aPlaceThatCannotKeepAnythingIsNotAsked() {
        try (Vault vault = Lab.create(new MemoryStore())) {
            vault.describe(new byte[3], true);
            Commit only = Lab.backUp(vault, "one", Lab.noise(100_000, 1), null);
            assertThat(vault.retain(Map.of(only.id(), MONTH), Work.quiet())).isZero();
        }
    }

    @Test
    void aKeyThatMayNotDoThisIsSaidToLackTheRight() {
        try (Vault vault = Lab.create(place)) {
            Commit only = Lab.backUp(vault, "one", Lab.noise(100_000, 1), null);
            place.forbidden = true;
            ProblemException refused = catchThrowableOfType(
                    ProblemException.class, () -> vault.retain(Map.of(only.id(), MONTH), Work.quiet()));
            assertThat(refused.problem().code()).isEqualTo("storage.denied.write");
        }
    }

    @Test
    void allIsListedOnceADayAndInBetweenOnlyWhatIsNotKnownYet() {
        AtomicLong passed = new AtomicLong();
        Clock moving = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return NOW.plusSeconds(passed.get());
            }
        };
        byte[] disk = Lab.noise(3_000_000, 1);
        Lab.create(place).close();
        try (Vault vault =
                Vault.open(place, "lab", new Unlock.Key(Lab.key()), null, moving, new SecureRandom(), Lab.SMALL)) {
            Commit one = Lab.backUp(vault, "one", disk, null);
            assertThat(place.listsOf(() -> vault.retain(Map.of(one.id(), MONTH), Work.quiet())))
                    .containsExactlyInAnyOrder("data/", "map/");
            Commit two = Lab.backUp(vault, "two", Lab.changed(disk, 5, 3), one);
            Map<SessionId, Instant> both = Map.of(one.id(), MONTH, two.id(), MONTH);
            assertThat(place.listsOf(() -> vault.retain(both, Work.quiet())))
                    .containsExactlyInAnyOrder("data/" + two.id() + '/', "map/" + two.id() + '/');
            assertThat(place.kept.keySet())
                    .as("what the second wrote too")
                    .anyMatch(name -> name.startsWith("data/" + two.id()));
            assertThat(place.listsOf(() -> vault.retain(both, Work.quiet()))).isEmpty();
            passed.set(Retainer.BELIEVED.toSeconds());
            assertThat(place.listsOf(() -> vault.retain(both, Work.quiet())))
                    .containsExactlyInAnyOrder("data/", "map/");
        }
    }

    @Test
    void aCopyThatWentMeanwhileHasAllListedAgain() throws Exception {
        try (Vault vault = Lab.create(place)) {
            Commit one = Lab.backUp(vault, "one", Lab.noise(3_000_000, 1), null);
            vault.retain(Map.of(one.id(), MONTH), Work.quiet());
            String pack = place.list("data/").getFirst().name();
            String other = pack.substring(0, pack.indexOf('.')) + ".1-0123456789abcdef";
            place.put(other, ByteBuffer.wrap(place.get(pack)));
            place.delete(pack);
            Instant later = MONTH.plus(Retainer.STEP);
            assertThat(place.listsOf(() -> vault.retain(Map.of(one.id(), later), Work.quiet())))
                    .containsExactlyInAnyOrder("data/", "map/");
            assertThat(place.kept.get(other)).isAfter(later);
        }
    }
}
