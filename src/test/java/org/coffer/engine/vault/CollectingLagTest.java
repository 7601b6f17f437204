package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Where lists may lag, collecting waits that out before anything is deleted, and not for what there is no reason to. */
class CollectingLagTest {
    private static final Duration LAG = Duration.ofMillis(800);

    private static final class Lagging extends ForwardingStore {
        final List<Long> condemned = new ArrayList<>();
        final List<Long> deleted = new ArrayList<>();
        final List<Long> lifted = new ArrayList<>();

        Lagging() {
            super(new MemoryStore());
        }

        @Override
        public Optional<Duration> staleness() {
            return Optional.of(LAG);
        }

        @Override
        public void put(String name, java.nio.ByteBuffer... bytes) throws StoreException {
            super.put(name, bytes);
            if (name.startsWith(Names.CONDEMNED)) {
                condemned.add(System.nanoTime());
            }
        }

        @Override
        public void delete(String name) throws StoreException {
            if (name.startsWith("data/")) {
                deleted.add(System.nanoTime());
            } else if (name.startsWith(Names.CONDEMNED)) {
                lifted.add(System.nanoTime());
            }
            super.delete(name);
        }
    }

    private final Lagging place = new Lagging();

    @Test
    void threeLagsLieBetweenCondemningAndDeletingAndOneMoreBeforeTheCondemnationGoes() {
        try (Vault vault = Lab.create(place)) {
            Commit one = Lab.backUp(vault, "one", Lab.noise(2_000_000, 1), null);
            vault.purge(Lab.CONSOLE, one.id());
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.freed()).isPositive();
            assertThat(place.condemned).hasSize(1);
            assertThat(place.deleted).isNotEmpty();
            assertThat(place.deleted.getFirst() - place.condemned.getFirst())
                    .isGreaterThanOrEqualTo(LAG.multipliedBy(3).toNanos());
            assertThat(place.lifted).hasSize(1);
            assertThat(place.lifted.getFirst() - place.deleted.getLast()).isGreaterThanOrEqualTo(LAG.toNanos());
            assertThat(vault.listDelay()).contains(LAG);
        }
    }

    /** As with a folder on a file system in user space, which may be anything. */
    @Test
    void whereNobodyKnowsHowLongListsLagNothingGoesAndThatIsSaid() throws StoreException {
        ObjectStore unknown = new ForwardingStore(new MemoryStore()) {
            @Override
            public Optional<Duration> staleness() {
                return Optional.empty();
            }
        };
        try (Vault vault = Lab.create(unknown)) {
            Commit one = Lab.backUp(vault, "one", Lab.noise(200_000, 1), null);
            vault.purge(Lab.CONSOLE, one.id());
            int before = unknown.list("data/").size();
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.problem().orElseThrow().code()).isEqualTo("collect.lag");
            assertThat(report.problem().orElseThrow().args()).containsEntry("place", unknown.where());
            assertThat(unknown.list("data/")).hasSize(before).isNotEmpty();
        }
    }

    /** It is not known there either, for another reason, and it is that which is told. */
    @Test
    void aPlaceThatDoesNotAnswerIsNotTakenForOneOfUnknownHabits() {
        var away = new AtomicBoolean();
        ObjectStore leaving = new ForwardingStore(new MemoryStore()) {
            @Override
            public Optional<Duration> staleness() {
                return away.get() ? Optional.empty() : Optional.of(Duration.ZERO);
            }

            @Override
            public List<String> beneath(String prefix) throws StoreException {
                if (away.get()) {
                    throw new StoreException(StoreException.Kind.UNREACHABLE, "nobody answers");
                }
                return super.beneath(prefix);
            }
        };
        try (Vault vault = Lab.create(leaving)) {
            away.set(true);
            ProblemException told =
                    catchThrowableOfType(ProblemException.class, () -> vault.collect(Lab.CONSOLE, Work.quiet()));
            assertThat(told.problem().code()).isEqualTo("location.unreachable");
            away.set(false);
        }
    }

    @Test
    void whereNothingIsCondemnedOnlyTheLookIsWaitedFor() {
        try (Vault vault = Lab.create(place)) {
            Lab.backUp(vault, "one", Lab.noise(200_000, 1), null);
            long began = System.nanoTime();
            vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(LAG, LAG.multipliedBy(3));
        }
    }
}
