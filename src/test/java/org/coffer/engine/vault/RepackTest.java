package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.coffer.engine.store.FaultyStore;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Packs that are dead in part.
 *
 * <pre>
 *   first   |AAAAAAAAAAAAAAAAAAAA|BBBBBBBBBBBBBBBBBBBB|CCCCCCCCCCCCCCCCCCCC|   60 blocks in packs of about 17
 *   second  |A a A a A a A a …   |BBBBBBBBBBBBBBBBBBBB|CCCCCCCCCCCCCCCCCCCC|   every second block of A is new
 *   delete the first: half of A's packs is dead, and nobody else uses it
 * </pre>
 */
class RepackTest {
    private final MemoryStore store = new MemoryStore();
    private final byte[] one = mixed();
    private final byte[] two = Lab.changed(one, 2, every(2, 1, 30));

    private static byte[] mixed() {
        byte[] disk = Lab.noise(60 * Lab.BLOCK, 1);
        // A part that compresses, in which blocks differ.
        for (int i = 32 * Lab.BLOCK; i < 48 * Lab.BLOCK; i++) {
            disk[i] = (byte) (i / 97 + i / Lab.BLOCK);
        }
        return disk;
    }

    private static int[] every(int step, int from, int to) {
        return IntStream.range(from, to).filter(i -> (i - from) % step == 0).toArray();
    }

    private Commit first;
    private Commit second;

    @BeforeEach
    void makeTheVault() {
        try (Vault vault = Lab.create(store)) {
            first = Lab.backUp(vault, "one", one, null);
            second = Lab.backUp(vault, "two", two, first);
        }
    }

    private static List<SessionId> all(Vault vault) {
        return vault.backups().stream().map(Commit::id).toList();
    }

    private static void sound(Vault vault, String when, Map<String, byte[]> contents) {
        vault.refresh();
        assertThat(vault.damaged()).as(when).isEmpty();
        assertThat(vault.verify(all(vault), Round.everything(), Work.quiet()).damaged())
                .as(when)
                .isEmpty();
        for (Commit commit : vault.backups()) {
            assertThat(Lab.restore(vault, commit))
                    .as(when)
                    .isEqualTo(contents.get(commit.facts().name()));
        }
    }

    private Map<String, byte[]> contents() {
        return Map.of("one", one, "two", two, "three", one);
    }

    private Collection<String> copies(int generation) {
        return store.objects().keySet().stream()
                .filter(name -> name.matches("(data|map)/.*/........\\." + generation + "-.*"))
                .toList();
    }

    @Test
    void whatIsDeadIsFreedAndTheRestRestores() {
        try (Vault vault = Lab.open(store)) {
            Sizes preview = vault.sizes(Set.of(first.id()));
            long before = store.size();
            vault.purge(Lab.CONSOLE, first.id());
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());

            assertThat(report.repacked()).isPositive();
            assertThat(report.later()).isZero();
            assertThat(report.waiting()).isEmpty();
            assertThat(before - store.size()).isBetween(14L * Lab.BLOCK, 16L * Lab.BLOCK);
            assertThat((double) report.freed())
                    .isCloseTo((double) (before - store.size()), org.assertj.core.data.Offset.offset(2000.0));
            assertThat((double) preview.afterRepacking())
                    .isCloseTo((double) report.freed(), org.assertj.core.data.Percentage.withPercentage(3));
            assertThat(preview.freedNow()).isLessThan(preview.afterRepacking());
            assertThat(copies(1)).hasSize(report.repacked());
            sound(vault, "after repacking", contents());
        }
        try (Vault again = Lab.open(store)) {
            sound(again, "in a new process", contents());
        }
    }

    /** It began when the first was there, and comes back to what only that had; nobody has to wait for it any more when it is looked again. */
    @Test
    void whatABackupNeedsThatIsPublishedWhileOthersCondemnStays() {
        Session[] writing = new Session[1];
        ObjectStore condemning = new ForwardingStore(store) {
            @Override
            public void put(String name, ByteBuffer... bytes) throws StoreException {
                super.put(name, bytes);
                Session session = writing[0];
                if (name.startsWith(Names.CONDEMNED) && session != null) {
                    writing[0] = null;
                    session.commit(Lab.facts("three", first));
                }
            }
        };
        try (Vault writer = Lab.open(store);
                Vault vault = Lab.open(condemning);
                Session session = writer.begin(Lab.CONSOLE, List.of())) {
            Lab.write(session, one, first, false);
            writing[0] = session;
            vault.purge(Lab.CONSOLE, first.id());
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());

            assertThat(writing[0]).as("it was published meanwhile").isNull();
            assertThat(report.waiting()).isEmpty();
            sound(vault, "after it was published", contents());
            Commit three = Lab.named(vault, "three");
            assertThat(Lab.restore(vault, three)).isEqualTo(one);
            assertThat(Lab.backUp(vault, "four", one, three).counts().newBlocks())
                    .as("what was condemned meanwhile is not inherited, though it is there")
                    .isEqualTo(15);
        }
    }

    /** A collector that died when it had put its copy leaves two of a pack; when all is dead, both go. */
    @Test
    void ofAPackThatIsDeadAllCopiesGo() {
        ObjectStore keeping = new ForwardingStore(store) {
            @Override
            public void delete(String name) throws StoreException {
                if (name.matches("data/.*\\.0-.*")) {
                    throw new StoreException(StoreException.Kind.UNREACHABLE, "the place is gone");
                }
                super.delete(name);
            }
        };
        try (Vault vault = Lab.open(keeping)) {
            vault.purge(Lab.CONSOLE, first.id());
            assertThatThrownBy(() -> vault.collect(Lab.CONSOLE, Work.quiet())).isInstanceOf(ProblemException.class);
        }
        assertThat(copies(1)).isNotEmpty();
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, second.id());
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).blocking()).isEmpty();
        }
        assertThat(copies(0)).isEmpty();
        assertThat(copies(1)).isEmpty();
    }

    @Test
    void aCopyThatDoesNotReadBackTakesNobodysPlace() {
        ObjectStore bent = new ForwardingStore(store) {
            @Override
            public void put(String name, ByteBuffer... bytes) throws StoreException {
                super.put(name, bytes);
                if (name.matches("data/.*\\.1-.*")) {
                    store.bytes(name)[2000] ^= 1;
                }
            }
        };
        try (Vault vault = Lab.open(bent)) {
            vault.purge(Lab.CONSOLE, first.id());
            CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(report.repacked()).isZero();
            assertThat(report.unread()).isNotEmpty();
            assertThat(copies(1)).as("what came out wrong is not left behind").isEmpty();
            sound(vault, "after rewriting failed", contents());
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).repacked())
                    .as("the next collection goes on")
                    .isPositive();
            sound(vault, "after rewriting again", contents());
        }
    }

    @Test
    void previewsTellBeforehandWhatIsFreedAtOnceAndWhatRewritingFrees() {
        for (SessionId id : List.of(first.id(), second.id())) {
            MemoryStore copy = store.copy();
            try (Vault vault = Lab.open(copy)) {
                Sizes preview = vault.sizes(Set.of(id));
                assertThat(vault.sizesOfEach()).containsEntry(id, preview);
                vault.purge(Lab.CONSOLE, id);
                CollectReport now = vault.collect(Lab.CONSOLE, Repacking.none(), Work.quiet());
                CollectReport then = vault.collect(Lab.CONSOLE, Work.quiet());

                assertThat(now.freed()).isBetween(preview.freedNow(), preview.freedNow() + 10_000);
                assertThat((double) now.freed() + then.freed())
                        .isCloseTo((double) preview.afterRepacking(), org.assertj.core.data.Offset.offset(40_000.0));
            }
        }
    }

    @Test
    void aBackupAfterwardsSharesWhatLivesAndStoresAgainWhatWasDropped() {
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, first.id());
            vault.collect(Lab.CONSOLE, Work.quiet());
            Commit third = Lab.backUp(vault, "three", one, second);

            assertThat(third.counts().newBlocks()).isEqualTo(15);
            sound(vault, "after a backup of what was dropped", contents());
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).repacked()).isZero();
        }
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, second.id());
            vault.purge(Lab.CONSOLE, Lab.named(vault, "three").id());
            vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(store.objects().keySet())
                    .allMatch(name -> name.startsWith("header-") || name.startsWith(Names.GONE));
        }
    }

    @Test
    void aRunThatAdoptsADeadOneUsesNoBlockThatWasDropped() {
        SessionId dead;
        try (Vault vault = Lab.open(store)) {
            Session session = vault.begin(Lab.CONSOLE, List.of());
            dead = session.id();
            Lab.write(session, Lab.changed(two, 9, every(1, 0, 60)), null, false);
            session.blocks();
            vault.purge(Lab.CONSOLE, first.id());
            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).waiting()).containsExactly(dead);
            session.abandon();
            vault.collect(Lab.CONSOLE, Work.quiet());
        }
        try (Vault vault = Lab.open(store)) {
            Commit third = Lab.backUp(vault, "three", one, second, false, List.of(dead));
            assertThat(third.counts().newBlocks()).isEqualTo(15);
            sound(vault, "after adopting what was collected", contents());
        }
    }

    @Test
    void aBackupThatRunsIsWaitedForAndKeepsTheBlocksItTook() {
        try (Vault vault = Lab.open(store);
                Vault other = Lab.open(store)) {
            Session session = other.begin(Lab.CONSOLE, List.of());
            Lab.write(session, one, first, false);
            vault.purge(Lab.CONSOLE, first.id());
            CollectReport waiting = vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(waiting.waiting()).containsExactly(session.id());
            assertThat(waiting.later()).isGreaterThan(14L * Lab.BLOCK);

            session.commit(Lab.facts("three", first));
            vault.collect(Lab.CONSOLE, Work.quiet());
            sound(vault, "after the backup ended", contents());
            assertThat(vault.backups()).hasSize(2);
        }
    }

    @Test
    void aRestoreThatRunsGoesOnWhileAnotherProcessRepacks() {
        try (Vault reading = Lab.open(store);
                Vault collecting = Lab.open(store)) {
            assertThat(Lab.restore(reading, second)).isEqualTo(two);
            collecting.purge(Lab.CONSOLE, first.id());
            assertThat(collecting.collect(Lab.CONSOLE, Work.quiet()).repacked()).isPositive();

            // It remembers copies that are no longer there.
            assertThat(Lab.restore(reading, second)).isEqualTo(two);
            assertThat(reading.verify(List.of(second.id()), Round.everything(), Work.quiet())
                            .damaged())
                    .isEmpty();
        }
    }

    @Test
    void aSmallBudgetDoesThePackWithMostWasteFirstAndTheNextCollectionGoesOn() {
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, first.id());
            List<CollectReport> reports = new ArrayList<>();
            do {
                reports.add(vault.collect(Lab.CONSOLE, new Repacking(20, 1), Work.quiet()));
                sound(vault, "after " + reports.size() + " collections", contents());
            } while (reports.getLast().later() > 0);

            assertThat(reports).hasSizeGreaterThan(1);
            assertThat(reports).allMatch(report -> report.repacked() == 1);
            assertThat(reports).extracting(CollectReport::later).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
    }

    @Test
    void packsWithLittleWasteStayAsTheyAre() {
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, first.id());
            CollectReport report = vault.collect(Lab.CONSOLE, new Repacking(90, Long.MAX_VALUE), Work.quiet());
            assertThat(report.repacked()).isZero();
            assertThat(copies(1)).isEmpty();
            assertThat(store.list(Names.CONDEMNED)).isEmpty();
        }
    }

    @Test
    void aCanceledCollectionLosesNothingAndTheNextOneFinishes() {
        for (int bytes = 0; bytes < 3; bytes++) {
            MemoryStore copy = store.copy();
            try (Vault vault = Lab.open(copy)) {
                vault.purge(Lab.CONSOLE, first.id());
                Work work = new Work();
                int stop = bytes;
                Thread.ofVirtual().start(() -> {
                    while (work.snapshot().stored() < stop * 500_000L && !work.canceled()) {
                        Thread.onSpinWait();
                    }
                    work.cancel();
                });
                if (bytes == 0) {
                    work.cancel();
                    assertThatThrownBy(() -> vault.collect(Lab.CONSOLE, work)).isInstanceOf(CanceledException.class);
                } else {
                    try {
                        vault.collect(Lab.CONSOLE, work);
                    } catch (CanceledException e) {
                        assertThat(work.canceled()).isTrue();
                    }
                }
                work.cancel();
                sound(vault, "after being canceled", contents());
                vault.collect(Lab.CONSOLE, Work.quiet());
                sound(vault, "after going on", contents());
                assertThat(store.size() - copy.size()).isBetween(14L * Lab.BLOCK, 16L * Lab.BLOCK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyStore.Fault.class)
    void repackingKilledBetweenAnyTwoStepsGoesOnLaterAndHarmsNobody(FaultyStore.Fault fault) {
        boolean finished = false;
        for (int step = 0; !finished; step++) {
            MemoryStore copy = store.copy();
            FaultyStore faulty = new FaultyStore(copy, fault, step);
            try (Vault vault = Lab.open(faulty)) {
                vault.purge(Lab.CONSOLE, first.id());
                vault.collect(Lab.CONSOLE, Work.quiet());
            } catch (ProblemException e) {
                assertThat(e.problem().code()).isEqualTo("location.unreachable");
            }
            finished = !faulty.struck();
            try (Vault vault = Lab.open(copy)) {
                sound(vault, fault + " at step " + step, contents());
                if (vault.backups().size() == 2) {
                    vault.purge(Lab.CONSOLE, first.id());
                }
                vault.collect(Lab.CONSOLE, Work.quiet());
                sound(vault, "after going on, " + fault + " at step " + step, contents());
                assertThat(store.size() - copy.size())
                        .as("%s at step %s", fault, step)
                        .isBetween(14L * Lab.BLOCK, 16L * Lab.BLOCK);
            }
        }
    }

    @Test
    void collectorsInTwoProcessesAtOnceRepackWithoutHarm() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 10; round++) {
                MemoryStore copy = store.copy();
                try (Vault a = Lab.open(copy);
                        Vault b = Lab.open(copy);
                        Vault c = Lab.open(copy)) {
                    a.purge(Lab.CONSOLE, first.id());
                    Future<CollectReport> left = threads.submit(() -> a.collect(Lab.CONSOLE, Work.quiet()));
                    Future<CollectReport> right = threads.submit(() -> b.collect(Lab.CONSOLE, Work.quiet()));
                    Future<byte[]> restored = threads.submit(() -> Lab.restore(c, second));
                    left.get();
                    right.get();
                    assertThat(restored.get()).isEqualTo(two);
                    sound(c, "after two collectors at once", contents());
                    a.collect(Lab.CONSOLE, Work.quiet());
                    assertThat(store.size() - copy.size()).isBetween(14L * Lab.BLOCK, 16L * Lab.BLOCK);
                }
            }
        }
    }

    private static List<String> copies(MemoryStore store, ObjectType type, PackId pack) {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith(Names.copies(type, pack)))
                .toList();
    }

    /** As one is left by who dies while it is put, where puts are not whole or nothing; or by a bad spot of the disk. */
    @Test
    void aHigherCopyThatCannotBeReadGoesWithTheOthersUnlessItsNumberIsFarOff() throws Exception {
        try (Vault vault = Lab.open(store)) {
            vault.purge(Lab.CONSOLE, first.id());
            PackId near = new PackId(first.id(), 0);
            PackId far = new PackId(first.id(), 2);
            String damaged = Names.copy(ObjectType.DATA, near, new Copy(7, 5));
            String planted = Names.copy(ObjectType.DATA, far, new Copy(Integer.MAX_VALUE, 5));
            store.put(damaged, ByteBuffer.wrap(Lab.noise(5000, 3)));
            store.put(planted, ByteBuffer.wrap(Lab.noise(5000, 4)));

            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).unread()).isEmpty();

            assertThat(copies(store, ObjectType.DATA, near))
                    .hasSize(1)
                    .first()
                    .satisfies(name -> assertThat(Objects.requireNonNull(StoredPacks.copyOf(name))
                                    .generation())
                            .isEqualTo(8));
            assertThat(copies(store, ObjectType.DATA, far)).contains(planted);
            assertThat(Lab.restore(vault, second)).isEqualTo(two);
            assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                            .damaged())
                    .isEmpty();
            // Once it is done nothing is written any more.
            long size = store.size();
            vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(store.size()).isEqualTo(size);
        }
    }

    /** Ids of nodes cover what their children are, not where they lie. */
    @Test
    void aCopyOfAMapPackWhoseNodesPointElsewhereSupersedesNothing() throws Exception {
        MemoryStore place = new MemoryStore();
        byte[] disk = Lab.noise(140 * Lab.BLOCK, 5);
        byte[] later = Lab.changed(disk, 6, 0);
        try (Vault vault = Lab.create(place);
                Keys keys = new Keys(Lab.key(), vault.id())) {
            Commit old = Lab.backUp(vault, "old", disk, null);
            Commit kept = Lab.backUp(vault, "kept", later, old);
            vault.purge(Lab.CONSOLE, old.id());
            PackId pack = StoredPacks.list(place, ObjectType.MAP, old.id())
                    .ids()
                    .iterator()
                    .next();
            VaultCore core = VaultCore.of(new Place(place, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);
            copyNodes(place, core, pack, true);

            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).unread()).isNotEmpty();

            assertThat(copies(place, ObjectType.MAP, pack)).contains(Names.original(ObjectType.MAP, pack));
            assertThat(Lab.restore(vault, kept)).isEqualTo(later);
        }
        try (Vault vault = Lab.open(place)) {
            assertThat(Lab.restore(vault, Lab.named(vault, "kept"))).isEqualTo(later);
        }
    }

    /** What is damaged below contradicts nobody; else a map pack would be rewritten and thrown away again for ever. */
    @Test
    void aDamagedLowerCopyOfAMapPackGoesByTheHigherOne() throws Exception {
        MemoryStore place = new MemoryStore();
        byte[] disk = Lab.noise(140 * Lab.BLOCK, 5);
        byte[] later = Lab.changed(disk, 6, 0);
        try (Vault vault = Lab.create(place);
                Keys keys = new Keys(Lab.key(), vault.id())) {
            Commit old = Lab.backUp(vault, "old", disk, null);
            Commit kept = Lab.backUp(vault, "kept", later, old);
            vault.purge(Lab.CONSOLE, old.id());
            PackId pack = StoredPacks.list(place, ObjectType.MAP, old.id())
                    .ids()
                    .iterator()
                    .next();
            VaultCore core = VaultCore.of(new Place(place, "lab"), keys, Lab.CLOCK, new SecureRandom(), Lab.SMALL);
            copyNodes(place, core, pack, false);
            String original = Names.original(ObjectType.MAP, pack);
            byte[] bytes = place.bytes(original);
            // Frames, not the trailer by which it opens.
            for (int i = Sealing.HEADER; i < bytes.length / 2; i++) {
                bytes[i] ^= 1;
            }

            assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).unread()).isEmpty();

            assertThat(copies(place, ObjectType.MAP, pack)).hasSize(1).doesNotContain(original);
            assertThat(Lab.restore(vault, kept)).isEqualTo(later);
        }
    }

    /** Puts a copy of generation 1; if wanted, one in which the last block of each leaf is said to be another one of its pack. */
    private static void copyNodes(MemoryStore place, VaultCore core, PackId pack, boolean elsewhere) throws Exception {
        String name = Names.copy(ObjectType.MAP, pack, new Copy(1, 9));
        PackReader.OpenPack from = core.packs().openCopy(ObjectType.MAP, Names.original(ObjectType.MAP, pack));
        PackTrailer trailer = from.trailer();
        PackCopy copy = new PackCopy(ObjectType.MAP, name, core.sealing(), 1 << 20);
        try (Workbench bench = core.benches().take()) {
            for (int number = 0; number < trailer.frames(); number++) {
                PackTrailer.Frame frame = trailer.frame(number);
                ByteBuffer fetched = core.packs().fetch(from, frame.markEnd(), frame.stored(), bench);
                PackReader.expand(from, frame, fetched, 0, bench, bench.gather, 0);
                Entries entries = new Entries();
                int first = frame.shape().first();
                for (int i = first; i < first + frame.shape().count(); i++) {
                    int at = trailer.offsetInFrame(i);
                    int last = at + trailer.length(i) - 1;
                    if (elsewhere && bench.gather.get(at) == 0) {
                        bench.gather.put(last, (byte) (bench.gather.get(last) ^ 1));
                    }
                    entries.add(trailer.id(i).high(), trailer.id(i).low(), trailer.length(i));
                }
                copy.add(bench, entries, first, bench.compress(bench.gather, 0, entries.bytes));
            }
            place.put(name, copy.finish(bench));
        }
    }
}
