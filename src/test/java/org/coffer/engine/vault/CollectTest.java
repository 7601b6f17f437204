package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting and freeing, rules 7 to 14. */
class CollectTest {
    /** What they were putting is not listed, so that nobody sees how much room it takes. */
    @Test
    void whatDeadCollectorsAndHealersWerePuttingIsRemovedAndWhatAnOpenSessionIsPuttingStays(@TempDir Path folder)
            throws IOException {
        byte[] disk = Lab.noise(20 * Lab.BLOCK, 1);
        FolderStore.initialize(folder);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        try (FolderStore store =
                new FolderStore(folder, FolderStore.identify(folder).orElseThrow())) {
            Lab.create(store).close();
            try (Vault vault = Vault.open(
                            store, "lab", new Unlock.Key(Lab.key()), null, later, new SecureRandom(), Lab.SMALL);
                    Session open = vault.begin(Lab.CONSOLE, List.of())) {
                Commit one = Lab.backUp(vault, "one", disk, null);
                Lab.write(open, disk, null, true);
                open.blocks().spill();
                String dead = ".tmp-1234";
                List<Path> leftovers = List.of(
                        folder.resolve(Names.CONDEMNED + open.id() + dead),
                        folder.resolve(Names.copy(ObjectType.DATA, new PackId(one.id(), 0), new Copy(1, 5)) + dead));
                Path living = folder.resolve(Names.original(ObjectType.DATA, new PackId(open.id(), 77)) + dead);
                for (Path file : leftovers) {
                    Files.createDirectories(file.getParent());
                    Files.write(file, new byte[1000]);
                }
                Files.write(living, new byte[1000]);

                assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isEmpty();

                assertThat(leftovers).allSatisfy(file -> assertThat(file).doesNotExist());
                assertThat(living).exists();
                assertThat(Lab.restore(vault, one)).isEqualTo(disk);
            }
        }
    }

    private static final int BLOCKS = 60;

    private final MemoryStore store = new MemoryStore();
    private final byte[] one = Lab.noise(BLOCKS * Lab.BLOCK, 1);
    private final byte[] two = Lab.changed(one, 2, span(0, 20));
    private final byte[] three = Lab.changed(two, 3, span(0, 20));

    private static int[] span(int from, int to) {
        return java.util.stream.IntStream.range(from, to).toArray();
    }

    /** Whoever moved the folder of the commits away and back again has lost nothing, also by a program that never knew them. */
    @Test
    void aCommitThatIsGoneWithoutHavingBeenDeletedStopsCollecting() throws Exception {
        SessionId lost;
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            lost = Lab.backUp(vault, "two", two, first).id();
            vault.purge(Lab.CONSOLE, first.id());
        }
        String name = Names.COMMIT + lost;
        byte[] commit = store.get(name);
        store.delete(name);
        try (Vault vault = Lab.open(store)) {
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking())
                    .extracting(Damage::object, Damage::reason)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(name, Damage.Reason.VANISHED));
            assertThat(report.problem().orElseThrow().code()).isEqualTo("collect.lost");
            assertThat(report.packs()).isZero();
        }
        store.put(name, java.nio.ByteBuffer.wrap(commit));
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isEmpty();
            assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(two);
        }
    }

    /** What it uses stands nowhere else that is looked at: to take it for nothing would free what it leans on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBackupOfWhichNobodyCanSayWhatItUsesStopsCollecting(boolean missing) throws Exception {
        String uses;
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            uses = Names.USES + Lab.backUp(vault, "two", two, first).id();
            vault.purge(Lab.CONSOLE, first.id());
        }
        if (missing) {
            store.delete(uses);
        } else {
            store.bytes(uses)[60] ^= 1;
        }
        try (Vault vault = Lab.open(store)) {
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking()).extracting(Damage::object).containsExactly(uses);
            assertThat(report.packs()).isZero();
            assertThat(store.list(Names.CONDEMNED)).isEmpty();
            assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(two);
        }
    }

    /** Rule 2: any pack may be named there. */
    @Test
    void whereACondemnationCannotBeReadABackupSharesNothing() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            store.objects().put(Names.CONDEMNED + "0".repeat(32), new byte[100]);
            Counts counts = Lab.backUp(vault, "two", one, first).counts();
            assertThat(counts.unchanged() + counts.shared()).isZero();
            assertThat(counts.newBytes()).isEqualTo(one.length);
        }
    }

    /** The packs alone tell that there was a backup. */
    @Test
    void commitsThatAreGoneWithAllThatNamesThemStopCollecting() throws Exception {
        SessionId lost;
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            lost = Lab.backUp(vault, "two", two, first).id();
            vault.purge(Lab.CONSOLE, first.id());
        }
        Map<String, byte[]> away = new java.util.TreeMap<>();
        for (String folder : List.of(Names.COMMIT, Names.USES, Names.ABOUT)) {
            for (StoredObject object : List.copyOf(store.list(folder))) {
                away.put(object.name(), store.get(object.name()));
                store.delete(object.name());
            }
        }
        try (Vault vault = Lab.open(store)) {
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.blocking())
                    .extracting(Damage::object, Damage::reason)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(Names.COMMIT + lost, Damage.Reason.VANISHED));
            assertThat(report.packs()).isZero();
        }
        for (var object : away.entrySet()) {
            store.put(object.getKey(), java.nio.ByteBuffer.wrap(object.getValue()));
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isEmpty();
            assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(two);
        }
    }

    /** Collectors took it for ended, and freed what it leans on. */
    @Test
    void aRunWhoseSessionWasTakenAwayIsNoBackup() {
        try (Vault vault = Lab.create(store);
                Vault other = Lab.open(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            try (Session run = vault.begin(Lab.CONSOLE, List.of())) {
                Lab.write(run, Lab.changed(one, 2, 3), first, false);
                store.delete(Names.SESSION + run.id());
                other.refresh();
                other.purge(Lab.CONSOLE, first.id());
                // It has no pack yet by which anybody could see that there is a run.
                assertThat(other.collect(Lab.CONSOLE, Work.quiet()).packs()).isPositive();
                assertUnmarked(run, first);
            }
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.backups()).isEmpty();
        }
    }

    private void assertUnmarked(Session run, Commit parent) {
        assertThatThrownBy(() -> run.commit(Lab.facts("two", parent)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("backup.unmarked"));
        assertThat(store.objects()).containsKey(Names.GONE + run.id());
    }

    /** A machine that slept, or a home that was copied: to those who go on in its place its backup is there, and stays. */
    @Test
    void aRunThatIsTakenForDeadRightAfterItsCommitIsABackup() {
        SessionId[] taken = new SessionId[1];
        ObjectStore slow = new ForwardingStore(store) {
            @Override
            public void put(String name, ByteBuffer... bytes) throws StoreException {
                super.put(name, bytes);
                if (name.startsWith(Names.COMMIT)) {
                    try (Vault inItsPlace = Lab.open(store)) {
                        List<SessionId> found = inItsPlace.settle(Lab.CONSOLE).committed();
                        taken[0] = found.isEmpty() ? null : found.getFirst();
                        assertThat(inItsPlace.collect(Lab.CONSOLE, Work.quiet()).blocking())
                                .isEmpty();
                    }
                }
            }
        };
        Commit first;
        try (Vault vault = Lab.create(store)) {
            first = Lab.backUp(vault, "one", one, null);
        }
        try (Vault vault = Lab.open(slow)) {
            Commit commit = Lab.backUp(vault, "two", two, first);
            assertThat(commit.id()).isEqualTo(taken[0]);
        }
        assertThat(store.list(Names.SESSION)).isEmpty();
        try (Vault vault = Lab.open(store)) {
            assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(two);
        }
    }

    /** A collector that did not see it condemned what it leans on, or perhaps did, and is about to delete it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRunWhoseSessionWasTakenAwayIsNoBackupEitherWhereWhatItLeansOnIsCondemned(boolean certain) {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            try (Session run = vault.begin(Lab.CONSOLE, List.of())) {
                Lab.write(run, Lab.changed(one, 2, 3), first, false);
                store.delete(Names.SESSION + run.id());
                if (certain) {
                    vault.avoid(Lab.CONSOLE, Names.original(ObjectType.DATA, new PackId(first.id(), 0)));
                } else {
                    store.objects().put(Names.CONDEMNED + "0".repeat(32), new byte[100]);
                }
                assertUnmarked(run, first);
            }
        }
    }

    /** One that was killed right after its commit is not told apart from one that died before it, while the commits are away. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatDiedAtItsCommitIsNotEndedWhileOtherCommitsAreAway(int folders) throws Exception {
        SessionId killed;
        byte[] session;
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            try (Session run = vault.begin(Lab.CONSOLE, List.of())) {
                killed = run.id();
                session = store.get(Names.SESSION + killed);
                Lab.write(run, two, first, false);
                run.commit(Lab.facts("two", first));
            }
        }
        store.put(Names.SESSION + killed, java.nio.ByteBuffer.wrap(session));
        Map<String, byte[]> away = new java.util.HashMap<>();
        for (String folder : List.of(Names.COMMIT, Names.USES, Names.ABOUT).subList(0, folders)) {
            for (StoredObject object : List.copyOf(store.list(folder))) {
                away.put(object.name(), store.get(object.name()));
                store.delete(object.name());
            }
        }
        try (Vault vault = Lab.open(store)) {
            Settlement left = vault.settle(Lab.CONSOLE);
            assertThat(left.unclear()).extracting(Damage::object).containsExactly(Names.COMMIT + killed);
            assertThat(left.adoptable()).isEmpty();
            assertThat(store.list(Names.GONE)).isEmpty();
        }
        for (var object : away.entrySet()) {
            store.put(object.getKey(), java.nio.ByteBuffer.wrap(object.getValue()));
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.settle(Lab.CONSOLE).committed()).containsExactly(killed);
            assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(two);
        }
    }

    /** It waits for nothing: without a list of what it uses it cannot have a commit, here or anywhere. */
    @Test
    void whatDiedBeforeItsCommitIsEndedAlsoWhileOtherCommitsAreAway() throws Exception {
        Vault dying = Lab.create(store);
        Lab.backUp(dying, "one", one, null);
        Session run = dying.begin(Lab.CONSOLE, List.of());
        Lab.write(run, two, null, true);
        // No close: the process is dead.
        for (StoredObject commit : List.copyOf(store.list(Names.COMMIT))) {
            store.delete(commit.name());
        }
        try (Vault vault = Lab.open(store)) {
            Settlement left = vault.settle(Lab.CONSOLE);
            assertThat(left.adoptable()).containsExactly(run.id());
            assertThat(left.unclear()).isEmpty();
            assertThat(store.list(Names.GONE)).extracting(StoredObject::name).containsExactly(Names.GONE + run.id());
        }
    }

    /** Its own commit is where it belongs, so it is a backup, whatever became of the others. */
    @Test
    void whatDiedAfterItsCommitIsABackupAlsoWhileOtherCommitsAreAway() throws Exception {
        SessionId killed;
        byte[] session;
        Commit first;
        try (Vault vault = Lab.create(store)) {
            first = Lab.backUp(vault, "one", one, null);
            try (Session run = vault.begin(Lab.CONSOLE, List.of())) {
                killed = run.id();
                session = store.get(Names.SESSION + killed);
                Lab.write(run, two, first, false);
                run.commit(Lab.facts("two", first));
            }
        }
        store.put(Names.SESSION + killed, java.nio.ByteBuffer.wrap(session));
        store.delete(Names.COMMIT + first.id());
        try (Vault vault = Lab.open(store)) {
            Settlement left = vault.settle(Lab.CONSOLE);
            assertThat(left.committed()).containsExactly(killed);
            assertThat(left.unclear()).isEmpty();
            assertThat(store.list(Names.SESSION)).isEmpty();
        }
    }

    @Test
    void deletingTheMiddleFreesOnlyWhatItAloneHeld() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            Commit third = Lab.backUp(vault, "three", three, second);
            Sizes sizes = vault.sizes(Set.of(second.id()));
            long before = store.size();

            vault.purge(Lab.CONSOLE, second.id());
            assertThat(store.size()).isGreaterThanOrEqualTo(before);
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());

            assertThat(report.waiting()).isEmpty();
            assertThat(report.blocking()).isEmpty();
            assertThat(sizes.freedNow()).isBetween(20L * Lab.BLOCK, 21L * Lab.BLOCK);
            assertThat(report.freed()).isBetween(sizes.freedNow(), sizes.freedNow() + 10_000);
            assertThat(before - store.size()).isBetween(20L * Lab.BLOCK, 21L * Lab.BLOCK);
            assertThat(vault.backups()).extracting(Commit::id).containsExactlyInAnyOrder(first.id(), third.id());
            assertThat(Lab.restore(vault, first)).isEqualTo(one);
            assertThat(Lab.restore(vault, third)).isEqualTo(three);
            assertThat(store.list(Names.CONDEMNED)).isEmpty();
        }
    }

    /** What is counted again after a change is all that is different since, and right. */
    @Test
    void onlyBackupsThatShareWithWhatChangedHoldMoreOrLessAloneAfterwards() {
        byte[] other = Lab.noise(BLOCKS * Lab.BLOCK, 77);
        System.arraycopy(one, 0, other, 0, 10 * Lab.BLOCK);
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "alone", Lab.noise(BLOCKS * Lab.BLOCK, 99), null);
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            Lab.backUp(vault, "three", three, second);
            Map<SessionId, Sizes> known = vault.sizesOfEach();

            Commit shares = Lab.backUp(vault, "other", other, null);
            Map<SessionId, Sizes> around = vault.sizesAround(Set.of(shares.id()));
            assertThat(around)
                    .hasSize(2)
                    .doesNotContainKey(Lab.named(vault, "alone").id());
            known.putAll(around);
            assertThat(vault.sizesOfEach()).isEqualTo(known);

            for (Commit deleted : List.of(second, shares, first)) {
                vault.purge(Lab.CONSOLE, deleted.id());
                known.remove(deleted.id());
                CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
                Set<SessionId> touched = report.touched().orElseThrow();
                assertThat(touched)
                        .isNotEmpty()
                        .doesNotContain(Lab.named(vault, "alone").id());
                known.putAll(vault.sizesAround(touched));
                assertThat(vault.sizesOfEach()).isEqualTo(known);
            }
        }
    }

    /** Rule 9: to condemn it would lose nothing, but all of it would have to be stored again. */
    @Test
    void whatAnOpenSessionAdoptedIsNotCondemned() {
        Lab.create(store).close();
        Vault dying = Lab.open(store);
        Lab.write(dying.begin(Lab.CONSOLE, List.of()), one, null, true);
        // No close: the process is dead.

        try (Vault vault = Lab.open(store)) {
            List<SessionId> adoptable = vault.settle(Lab.CONSOLE).adoptable();
            try (Session heir = vault.begin(Lab.CONSOLE, adoptable)) {
                assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).waiting()).isEmpty();
                assertThat(store.list(Names.CONDEMNED)).isEmpty();

                Lab.write(heir, one, null, false);
                Commit commit = heir.commit(Lab.facts("resumed", null));
                assertThat(commit.counts().shared()).isPositive();
                assertThat(Lab.restore(vault, commit)).isEqualTo(one);
            }
        }
    }

    /** Which run goes on with which stands in the session's object alone, and the run that went on may have no pack of its own yet. */
    @Test
    void whatARunTookOverThatIsGoneOnWithOutlivesManyCollections() {
        Lab.create(store).close();
        Vault dying = Lab.open(store);
        Lab.write(dying.begin(Lab.CONSOLE, List.of()), one, null, true);
        // No close: the process is dead.
        SessionId wentOn;
        try (Vault vault = Lab.open(store)) {
            wentOn = vault.begin(Lab.CONSOLE, vault.settle(Lab.CONSOLE).adoptable())
                    .id();
            // Nor is this one closed.
        }

        try (Vault vault = Lab.open(store)) {
            List<SessionId> adoptable = vault.settle(Lab.CONSOLE).adoptable();
            for (int i = 0; i < 3; i++) {
                vault.collect(Lab.CONSOLE, Set.of(wentOn), Work.quiet());
            }
            try (Session heir = vault.begin(Lab.CONSOLE, adoptable)) {
                Lab.write(heir, one, null, false);
                assertThat(heir.commit(Lab.facts("resumed", null)).counts().shared())
                        .isGreaterThan(one.length / 2);
            }
        }
    }

    @Test
    void deletingEverythingLeavesOnlyTheHeadAndTheMarkers() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            vault.purge(Lab.CONSOLE, first.id());
            vault.purge(Lab.CONSOLE, second.id());
            vault.collect(Lab.CONSOLE, Work.quiet());

            assertThat(store.objects().keySet())
                    .allMatch(name -> name.startsWith("header-") || name.startsWith("gone/"));
            assertThat(vault.backups()).isEmpty();
            assertThat(vault.damaged()).isEmpty();
        }
    }

    @Test
    void afterTheFirstIsGoneTheNextBackupStillComparesWithTheSecond() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            vault.purge(Lab.CONSOLE, first.id());
            vault.collect(Lab.CONSOLE, Work.quiet());
            Commit third = Lab.backUp(vault, "three", three, second);

            assertThat(third.counts().newBlocks()).isEqualTo(20);
            assertThat(Lab.restore(vault, third)).isEqualTo(three);
        }
    }

    @Test
    void aRunningSessionIsWaitedForAndWhatItSharesSurvives() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                vault.purge(Lab.CONSOLE, first.id());
                CollectReport waiting = vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(waiting.waiting()).containsExactly(session.id());
                assertThat(waiting.freed()).isZero();

                // It began before the purge: the purged backup's blocks are still its to use.
                Lab.write(session, one, first, false);
                Commit second = session.commit(Lab.facts("second", first));
                assertThat(second.counts().unchanged()).isEqualTo(one.length);

                CollectReport done = vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(done.packs()).isZero();
                assertThat(Lab.restore(vault, second)).isEqualTo(one);
            }
        }
    }

    @Test
    void whatIsCondemnedIsStoredAgainByTheNextBackup() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second;
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                vault.purge(Lab.CONSOLE, first.id());
                vault.collect(Lab.CONSOLE, Work.quiet());
                Lab.write(session, one, first, false);
                second = session.commit(Lab.facts("second", first));
            }
            vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(store.list(Names.CONDEMNED)).hasSize(1);

            Commit third = Lab.backUp(vault, "third", one, second);
            assertThat(third.counts().newBytes()).isEqualTo(one.length);
            vault.purge(Lab.CONSOLE, second.id());
            vault.collect(Lab.CONSOLE, Work.quiet());

            assertThat(store.list(Names.CONDEMNED)).isEmpty();
            assertThat(Lab.restore(vault, third)).isEqualTo(one);
            assertThat(store.size()).isLessThan((long) one.length * 11 / 10);
        }
    }

    @Test
    void aDamagedCommitForbidsDeletingUntilItIsPurged() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            Commit third = Lab.backUp(vault, "three", three, second);
            store.bytes(Names.COMMIT + second.id())[60] ^= 1;
            vault.purge(Lab.CONSOLE, first.id());
            try (Vault again = Lab.open(store)) {
                assertThat(again.damaged()).extracting(Damage::object).containsExactly(Names.COMMIT + second.id());
                CollectReport report = again.collect(Lab.CONSOLE, Work.quiet());
                assertThat(report.problem()).isPresent();
                assertThat(report.freed()).isZero();

                again.purge(Lab.CONSOLE, second.id());
                assertThat(again.collect(Lab.CONSOLE, Work.quiet()).freed()).isPositive();
                assertThat(Lab.restore(again, third)).isEqualTo(three);
            }
        }
    }

    @Test
    void aDamagedSessionForbidsDeletingUntilItIsDismissedAndItsRunThenFails() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            vault.purge(Lab.CONSOLE, first.id());
            try (Session session = vault.begin(Lab.CONSOLE, List.of());
                    Vault again = Lab.open(store)) {
                String damaged = Names.SESSION + session.id();
                store.bytes(damaged)[60] ^= 1;
                CollectReport report = again.collect(Lab.CONSOLE, Work.quiet());
                assertThat(report.blocking()).extracting(Damage::object).containsExactly(damaged);
                assertThat(report.freed()).isZero();

                again.dismiss(Lab.CONSOLE, session.id());
                report = again.collect(Lab.CONSOLE, Work.quiet());
                assertThat(report.blocking()).isEmpty();
                assertThat(report.freed()).isPositive();
                assertThat(Lab.restore(again, second)).isEqualTo(two);
                Lab.write(session, three, second, false);
                assertThatThrownBy(() -> session.commit(Lab.facts("late", second)))
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining("backup.asked");
            }
        }
    }

    @Test
    void aDamagedFinalMarkerForbidsDeletingAndIsNotPutAnew() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            vault.purge(Lab.CONSOLE, first.id());
            String damaged = Names.GONE + first.id();
            store.bytes(damaged)[60] ^= 1;
            byte[] before = store.bytes(damaged).clone();
            try (Vault again = Lab.open(store)) {
                assertThatThrownBy(() -> again.purge(Lab.CONSOLE, first.id())).isInstanceOf(ProblemException.class);
                assertThat(store.bytes(damaged)).isEqualTo(before);
                CollectReport report = again.collect(Lab.CONSOLE, Work.quiet());
                assertThat(report.blocking()).extracting(Damage::object).contains(damaged);
                assertThat(report.freed()).isZero();
                assertThat(Lab.restore(again, second)).isEqualTo(two);
            }
        }
    }

    @Test
    void anUnknownFeatureForbidsCollectingButNotReading() {
        Commit first;
        try (Vault vault = Lab.create(store)) {
            first = Lab.backUp(vault, "one", one, null);
            vault.purge(Lab.CONSOLE, Lab.backUp(vault, "two", two, first).id());
        }
        byte[] head = store.bytes("header-1");
        Header header = Header.read(head);
        try (Keys keys = new Keys(Lab.key(), header.vault())) {
            byte[] other = new Header(
                            header.version(),
                            header.open(),
                            1L << 40,
                            header.vault(),
                            header.fingerprint(),
                            header.created(),
                            header.program())
                    .write(keys);
            for (int copy = 1; copy <= 3; copy++) {
                store.objects().put("header-" + copy, other);
            }
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(Lab.restore(vault, vault.backups().getFirst())).isEqualTo(one);
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.freed()).isZero();
            assertThat(report.blocking()).extracting(Damage::reason).containsExactly(Damage.Reason.NEWER);
        }
    }

    @Test
    void aReaderOfADeletedBackupLearnsThatItWasDeleted() {
        try (Vault vault = Lab.create(store);
                Vault other = Lab.open(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            assertThat(Lab.restore(other, first)).isEqualTo(one);
            vault.purge(Lab.CONSOLE, first.id());
            vault.collect(Lab.CONSOLE, Work.quiet());

            assertThatThrownBy(() -> Lab.restore(other, first))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("deleted meanwhile");
        }
    }

    @Test
    void aDismissedSessionFailsAndItsBlocksAreAdoptedByTheNext() {
        try (Vault vault = Lab.create(store)) {
            SessionId dismissed;
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                dismissed = session.id();
                vault.dismiss(Lab.CONSOLE, session.id());
                Lab.write(session, one, null, false);
                assertThatThrownBy(() -> session.commit(Lab.facts("late", null)))
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining("backup.asked");
            }
            vault.refresh();
            assertThat(vault.backups()).isEmpty();

            Commit next = Lab.backUp(vault, "next", one, null, false, List.of(dismissed));
            assertThat(next.counts().newBlocks()).isZero();
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isEmpty();
            assertThat(Lab.restore(vault, next)).isEqualTo(one);
        }
    }

    @Test
    void sizesTellFreedNowFromHeldHereAlone() {
        byte[] half = Lab.changed(one, 5, span(30, 60));
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "half", half, first);
            Sizes sizes = vault.sizes(Set.of(first.id()));

            assertThat(sizes.added()).isEqualTo(first.added());
            assertThat(sizes.onlyHere()).isBetween(30L * Lab.BLOCK, 31L * Lab.BLOCK);
            assertThat(sizes.freedNow()).isLessThan(sizes.onlyHere());
            assertThat(vault.sizes(Set.of(first.id(), second.id())).freedNow())
                    .isBetween(90L * Lab.BLOCK, 91L * Lab.BLOCK);
        }
    }

    @Test
    void sizesOfAllAtOnceAreThoseOfEachByItself() {
        byte[] half = Lab.changed(one, 5, span(30, 60));
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "half", half, first);
            Commit third = Lab.backUp(vault, "three", three, second);
            var all = vault.sizesOfEach();

            assertThat(all).hasSize(3);
            for (Commit commit : List.of(first, second, third)) {
                assertThat(all.get(commit.id())).isEqualTo(vault.sizes(Set.of(commit.id())));
            }
        }
    }

    @Test
    void aCollectionThatWaitsForAStoreWithLateListingsHearsACancelAtOnce(@TempDir Path folder) throws Exception {
        String id = FolderStore.initialize(folder);
        var late = new FolderStore(folder, id, Optional.of(Duration.ofHours(1)));
        try (Vault vault = Lab.create(late)) {
            vault.purge(Lab.CONSOLE, Lab.backUp(vault, "one", one, null).id());
            Work work = new Work();
            List<Throwable> ended = new CopyOnWriteArrayList<>();
            Thread collecting = Thread.ofPlatform().start(() -> {
                try {
                    vault.collect(Lab.CONSOLE, work);
                } catch (CanceledException e) {
                    ended.add(e);
                }
            });
            while (collecting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }

            work.cancel();
            collecting.join();

            assertThat(ended).hasSize(1);
            assertThat(late.list("data/"))
                    .as("nothing is deleted before the wait is over")
                    .isNotEmpty();
        }
    }
}
