package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.coffer.engine.store.FaultyStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.QuickTime;
import org.coffer.engine.store.s3.S3Patience;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.S3Store;
import org.coffer.engine.store.s3.Wire;
import org.coffer.engine.store.s3.Wire.Trouble;
import org.coffer.engine.work.Requests;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A vault in object storage, through all that it lives through in a folder: backed up, restored, collected, and with the
 * plug pulled in between.
 *
 * <pre>
 *   Vault ──▶ S3Store ──▶ Wire (good, or not) ──▶ S3 server
 * </pre>
 */
class VaultInStorageTest {
    private final S3Settings settings = LocalBucket.shared().fresh();
    private final Wire wire = Wire.to(LocalBucket.shared().port());
    private final S3Store store = LocalBucket.store(told(settings));
    private final S3Store through = LocalBucket.store(told(LocalBucket.through(wire.port(), settings)));
    private final byte[] one = Lab.noise(40 * Lab.BLOCK, 1);
    private final byte[] two = Lab.changed(one, 2, IntStream.range(0, 20).toArray());
    private final byte[] three = Lab.changed(two, 3, IntStream.range(0, 20).toArray());

    private static S3Settings told(S3Settings settings) {
        return settings.with(settings.habits().conditionalPut(true));
    }

    @AfterEach
    void close() {
        store.close();
        through.close();
        wire.close();
    }

    private long stored(String prefix) throws Exception {
        return store.list(prefix).stream().mapToLong(StoredObject::size).sum();
    }

    @Test
    void backupsAreMadeComeBackAndAreCollected() throws Exception {
        ObjectStore place = store.within("vaults/one/");
        Lab.create(place).close();
        try (Vault vault = Lab.open(place)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            Lab.backUp(vault, "three", three, second);
        }
        try (Vault vault = Lab.open(place)) {
            assertThat(vault.backups()).hasSize(3);
            assertThat(vault.damaged()).isEmpty();
            long before = stored("vaults/one/");
            vault.purge(Lab.CONSOLE, Lab.named(vault, "two").id());
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());

            assertThat(report.waiting()).isEmpty();
            assertThat(before - stored("vaults/one/")).isBetween(20L * Lab.BLOCK, 21L * Lab.BLOCK);
            assertThat(Lab.restore(vault, Lab.named(vault, "one"))).isEqualTo(one);
            assertThat(Lab.restore(vault, Lab.named(vault, "three"))).isEqualTo(three);
            assertThat(place.list(Names.CONDEMNED)).isEmpty();
        }
    }

    @Test
    void manyBackupsAreReadSideBySideWhenTheVaultIsOpened() throws Exception {
        Lab.create(store).close();
        byte[] small = Lab.noise(Lab.BLOCK, 1);
        try (Vault vault = Lab.open(store)) {
            for (int i = 0; i < 12; i++) {
                Lab.backUp(vault, "b" + i, small, null);
            }
        }
        wire.latency(300);
        try (Vault vault = Lab.open(through)) {
            assertThat(vault.backups()).hasSize(12);
            assertThat(vault.damaged()).isEmpty();
        }
        assertThat(wire.most()).isBetween(4, 16);
    }

    @Test
    void whatABackupAsksForIsFewAndBounded() throws Exception {
        Lab.create(store).close();
        try (Vault vault = Lab.open(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Requests start = store.requests();
            Commit second = Lab.backUp(vault, "two", two, first);
            Requests before = store.requests();
            Lab.backUp(vault, "three", three, second);
            Requests made = store.requests().minus(before);
            assertThat(before.minus(start).lists())
                    .as("the first that can share looks once whether all packs are there")
                    .isEqualTo(6);

            // Two packs, a map, an index, the session, the uses and the commit; four lists (condemned, gone, commits,
            // index) and none of packs; the question, the parent's map.
            assertThat(made.puts()).as(made.toString()).isBetween(5L, 9L);
            assertThat(made.lists()).as(made.toString()).isEqualTo(4);
            assertThat(made.gets()).as(made.toString()).isLessThanOrEqualTo(16);
            assertThat(made.heads()).as(made.toString()).isZero();
            assertThat(made.sent()).as(made.toString()).isBetween(20L * Lab.BLOCK, 22L * Lab.BLOCK);
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyStore.Fault.class)
    void aBackupKilledAnywhereExistsWholeOrNotAtAll(FaultyStore.Fault fault) throws Exception {
        boolean finished = false;
        // Every third step; the folder's suite has them all.
        for (int step = 1; !finished; step += 3) {
            ObjectStore place = store.within("vaults/" + fault + step + "/");
            Commit first;
            try (Vault vault = Lab.create(place)) {
                first = Lab.backUp(vault, "one", one, null);
            }
            FaultyStore faulty = new FaultyStore(place, fault, step);
            boolean said = false;
            try (Vault vault = Lab.open(faulty)) {
                Lab.backUp(vault, "two", two, vault.backups().getFirst());
                said = true;
            } catch (ProblemException e) {
                assertThat(e.problem().code()).as("step %s", step).isIn("location.unreachable", "backup.unknown");
            }
            finished = !faulty.struck();
            try (Vault vault = Lab.open(place)) {
                Settlement settled = vault.settle(Lab.CONSOLE);
                assertThat(vault.damaged()).isEmpty();
                assertThat(vault.backups().size()).as("step %s", step).isBetween(said ? 2 : 1, 2);
                assertThat(Lab.restore(vault, first)).isEqualTo(one);
                Commit next = Lab.backUp(vault, "next", two, first, false, settled.adoptable());
                assertThat(Lab.restore(vault, next)).as("step %s", step).isEqualTo(two);
                vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(Lab.restore(vault, next)).as("step %s", step).isEqualTo(two);
            }
        }
    }

    @Test
    void aLineThatFailsEveryFewRequestsLosesNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(17);
        AtomicInteger harmed = new AtomicInteger();
        wire.plan(seen -> {
            Trouble trouble = trouble(random, seen);
            harmed.addAndGet(trouble.equals(Trouble.NONE) ? 0 : 1);
            return trouble;
        });
        Lab.create(through).close();
        try (Vault vault = Lab.open(through)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            Commit third = Lab.backUp(vault, "three", three, second);
            assertThat(Lab.restore(vault, second)).isEqualTo(two);
            vault.purge(Lab.CONSOLE, second.id());
            vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(Lab.restore(vault, first)).isEqualTo(one);
            assertThat(Lab.restore(vault, third)).isEqualTo(three);
        }
        assertThat(harmed.get()).isGreaterThan(10);
        assertThat(through.requests().again()).isBetween(10L, (long) harmed.get());
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.damaged()).isEmpty();
            List<SessionId> all = vault.backups().stream().map(Commit::id).toList();
            assertThat(vault.verify(all, Round.everything(), Work.quiet()).damaged())
                    .isEmpty();
        }
    }

    private static synchronized Trouble trouble(SplittableRandom random, Wire.Seen seen) {
        return switch (random.nextInt(24)) {
            case 0 -> new Trouble.CutRequest(random.nextInt(Math.max(1, seen.size())));
            case 1 -> new Trouble.CutAnswer(random.nextInt(200));
            case 2 -> new Trouble.Answer("HTTP/1.1 500 Broken", "");
            case 3 -> new Trouble.Answer("HTTP/1.1 503 Slow Down\r\nRetry-After: 0", "");
            default -> Trouble.NONE;
        };
    }

    @Test
    void anOutageEndsABackupAndTheNextOneStoresNothingTwice() throws Exception {
        byte[] large = Lab.noise(2 * DiskWriter.LEAF, 8);
        Lab.create(store).close();
        AtomicInteger packs = new AtomicInteger();
        wire.plan(seen -> {
            boolean pack = seen.is("PUT", "/data/");
            return packs.get() > 6 || (pack && packs.incrementAndGet() > 6) ? new Trouble.CutAnswer(0) : Trouble.NONE;
        });
        try (Vault vault = Lab.open(through)) {
            ProblemException failure =
                    catchThrowableOfType(ProblemException.class, () -> Lab.backUp(vault, "lost", large, null));
            assertThat(failure.problem().code()).isEqualTo("storage.broken");
        }
        wire.plan(seen -> Trouble.NONE);
        try (Vault vault = Lab.open(through)) {
            assertThat(vault.backups()).isEmpty();
            Settlement settled = vault.settle(Lab.CONSOLE);
            Commit resumed = Lab.backUp(vault, "resumed", large, null, false, settled.adoptable());
            assertThat(resumed.counts().shared()).isGreaterThanOrEqualTo(4L << 20);
            assertThat(Lab.restore(vault, resumed)).isEqualTo(large);
        }
    }

    /** How a place is away: how long that goes unnoticed, how long it is waited for, and what is said then. */
    enum Away {
        /** Nobody answers any more. */
        CUT(Duration.ofSeconds(2), Duration.ofSeconds(20), "storage.broken"),
        /** It answers that it cannot. */
        FAILING(Duration.ofSeconds(40), Duration.ofMinutes(3), "storage.busy");

        final Duration borne;
        final Duration patience;
        final String code;

        Away(Duration borne, Duration patience, String code) {
            this.borne = borne;
            this.patience = patience;
            this.code = code;
        }

        Trouble trouble() {
            return this == CUT ? new Trouble.CutAnswer(0) : new Trouble.Answer("HTTP/1.1 503 No", "");
        }
    }

    /** Takes the place away, for so long, when the fourth pack of a backup is on its way; the moment is told to {@code since}. */
    private void outage(QuickTime time, Away away, Duration length, AtomicLong since) {
        AtomicInteger packs = new AtomicInteger();
        wire.plan(seen -> {
            if (seen.is("PUT", "/data/") && packs.incrementAndGet() == 4) {
                since.set(time.now());
            }
            boolean gone = since.get() != 0 && time.since(since.get()).compareTo(length) < 0;
            return gone ? away.trouble() : Trouble.NONE;
        });
    }

    private S3Settings patient() {
        return told(LocalBucket.through(wire.port(), settings)).with(S3Patience.standard());
    }

    @ParameterizedTest
    @EnumSource
    void anHourWithoutThePlaceEndsABackupWithItsCauseAndLosesNothing(Away away) throws Exception {
        byte[] large = Lab.noise(2 * DiskWriter.LEAF, 8);
        Commit first;
        try (Vault vault = Lab.create(store)) {
            first = Lab.backUp(vault, "one", one, null);
        }
        QuickTime time = new QuickTime();
        AtomicLong since = new AtomicLong();
        Duration hour = Duration.ofHours(1);
        outage(time, away, hour, since);
        try (S3Store far = time.store(patient())) {
            try (Vault vault = Lab.open(far)) {
                ProblemException failure =
                        catchThrowableOfType(ProblemException.class, () -> Lab.backUp(vault, "lost", large, null));
                assertThat(failure.problem().code()).isEqualTo(away.code);
            }
            assertThat(time.since(since.get()))
                    .as("it was waited for as long as documented, and not for ever")
                    .isBetween(away.patience.dividedBy(3), Duration.ofMinutes(40));
            try (Vault beside = Lab.open(store)) {
                assertThat(beside.backups())
                        .extracting(Commit::id)
                        .as("nothing is published half")
                        .containsExactly(first.id());
                assertThat(beside.damaged()).isEmpty();
                assertThat(Lab.restore(beside, first)).isEqualTo(one);
            }
            ProblemException still = catchThrowableOfType(ProblemException.class, () -> Lab.open(far));
            assertThat(still.problem().code()).as("within the hour").isEqualTo(away.code);

            time.pass(hour);
            try (Vault vault = Lab.open(far)) {
                Settlement settled = vault.settle(Lab.CONSOLE);
                Commit resumed = Lab.backUp(vault, "resumed", large, null, false, settled.adoptable());
                assertThat(resumed.counts().shared())
                        .as("what was stored before the outage is not stored again")
                        .isGreaterThanOrEqualTo(2L << 20);
                vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(Lab.restore(vault, resumed)).isEqualTo(large);
                assertThat(Lab.restore(vault, first)).isEqualTo(one);
                List<SessionId> all = vault.backups().stream().map(Commit::id).toList();
                assertThat(all).hasSize(2);
                assertThat(vault.verify(all, Round.everything(), Work.quiet()).damaged())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aShortOutageGoesByUnnoticed(Away away) throws Exception {
        byte[] large = Lab.noise(2 * DiskWriter.LEAF, 8);
        Lab.create(store).close();
        QuickTime time = new QuickTime();
        AtomicLong since = new AtomicLong();
        outage(time, away, away.borne, since);
        try (S3Store far = time.store(patient());
                Vault vault = Lab.open(far)) {
            Commit made = Lab.backUp(vault, "one", large, null);
            assertThat(since).doesNotHaveValue(0);
            assertThat(far.requests().again()).isPositive();
            assertThat(Lab.restore(vault, made)).isEqualTo(large);
        }
    }
}
