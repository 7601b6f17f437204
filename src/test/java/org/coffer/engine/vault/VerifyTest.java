package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.coffer.engine.store.FaultyStore;
import org.coffer.engine.store.ForwardingStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.work.CanceledException;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Checks that go round the packs in parts, that go on after an interruption, and that name whom damage hits. */
class VerifyTest {
    private static final int BLOCKS = 80;

    private final MemoryStore store = new MemoryStore();
    private final byte[] base = Lab.noise(BLOCKS * Lab.BLOCK, 1);

    private static List<SessionId> all(Vault vault) {
        return vault.backups().stream().map(Commit::id).toList();
    }

    private List<String> packs() {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith("data/") || name.startsWith("map/"))
                .sorted()
                .toList();
    }

    @Test
    void checksOfAPartEachGoRoundAllPacksAndBeginAgain() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", base, null);
            Lab.backUp(vault, "two", Lab.changed(base, 2, IntStream.range(0, 40).toArray()), first);
            List<String> read = new ArrayList<>();
            String after = "";
            for (int run = 0; run < 12; run++) {
                int before = read.size();
                VerifyReport report =
                        vault.verify(all(vault), Round.begin(20, after, (pack, done) -> read.add(pack)), Work.quiet());
                assertThat(report.damaged()).isEmpty();
                assertThat(read.size()).as("run %s reads something", run).isGreaterThan(before);
                after = read.getLast();
            }

            int all = packs().size();
            assertThat(all).as("a round of several runs").isGreaterThan(5);
            assertThat(read.size()).isGreaterThan(2 * all);
            assertThat(read.subList(0, all)).as("the first round").doesNotHaveDuplicates();
            assertThat(new TreeSet<>(read.subList(0, all))).containsExactlyElementsOf(packs());
            assertThat(read.subList(all, 2 * all)).as("the second round").isEqualTo(read.subList(0, all));
        }
    }

    @Test
    void aCheckThatWasInterruptedGoesOnWithTheRest() {
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "one", base, null);
            List<String> read = new ArrayList<>();
            long[] reached = {0};
            Work work = new Work();
            assertThatThrownBy(() -> vault.verify(
                            all(vault),
                            Round.begin(100, "", (pack, done) -> {
                                read.add(pack);
                                reached[0] = done;
                                if (read.size() == 2) {
                                    work.cancel();
                                }
                            }),
                            work))
                    .isInstanceOf(CanceledException.class);
            assertThat(read).hasSize(2);

            vault.verify(
                    all(vault),
                    new Round(100, "", read.getLast(), reached[0], (pack, done) -> read.add(pack)),
                    Work.quiet());

            assertThat(read).doesNotHaveDuplicates();
            assertThat(new TreeSet<>(read)).containsExactlyElementsOf(packs());
        }
    }

    /** Begins a check of every byte and cancels it as soon as a pack for which that holds was read; where to go on. */
    private static Round interrupted(Vault vault, Predicate<String> at, List<String> read) {
        Work work = new Work();
        long[] reached = {0};
        assertThatThrownBy(() -> vault.verify(
                        all(vault),
                        Round.begin(100, "", (pack, done) -> {
                            read.add(pack);
                            reached[0] = done;
                            if (at.test(pack)) {
                                work.cancel();
                            }
                        }),
                        work))
                .isInstanceOf(CanceledException.class);
        return new Round(100, "", read.getLast(), reached[0], (pack, done) -> read.add(pack));
    }

    @Test
    void aCheckThatWasInterruptedReadsTheRestAlsoIfWhatItHadReadWasDeletedMeanwhile() {
        try (Vault vault = Lab.create(store)) {
            Commit a = Lab.backUp(vault, "a", base, null);
            Commit b = Lab.backUp(vault, "b", Lab.noise(BLOCKS * Lab.BLOCK, 2), null, true, List.of());
            Commit low = a.id().toString().compareTo(b.id().toString()) < 0 ? a : b;
            Commit high = low == a ? b : a;
            String lastOfLow = packs().stream()
                    .filter(name -> name.startsWith("data/" + low.id()))
                    .reduce("", (one, next) -> next);
            List<String> read = new ArrayList<>();
            Round rest = interrupted(vault, lastOfLow::equals, read);
            vault.purge(Lab.CONSOLE, low.id());
            read.clear();

            vault.verify(List.of(high.id()), rest, Work.quiet());

            assertThat(new TreeSet<>(read))
                    .containsExactlyElementsOf(packs().stream()
                            .filter(name -> name.contains(high.id().toString()))
                            .toList());
        }
    }

    @Test
    void aCheckThatBeganInTheMiddleAndWasInterruptedBehindTheEndReadsUpToWhereItBegan() {
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "one", base, null);
            List<String> all = packs();
            String from = all.get(2);
            String after = all.getFirst();
            List<String> read = new ArrayList<>();

            vault.verify(all(vault), new Round(100, from, after, 1, (pack, done) -> read.add(pack)), Work.quiet());

            assertThat(read).containsExactlyElementsOf(all.subList(1, 3));
        }
    }

    @Test
    void damageOfAPackNamesEveryBackupThatNeedsItAndNoOther() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            // Shares all but what it changed with the first.
            Commit two = Lab.backUp(vault, "two", Lab.changed(base, 2, 0), one);
            byte[] other = Lab.noise(BLOCKS * Lab.BLOCK, 9);
            Commit apart = Lab.backUp(vault, "apart", other, two, true, List.of());
            String last = packs().stream()
                    .filter(name -> name.startsWith("data/" + one.id()))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            store.bytes(last)[500] ^= 1;

            VerifyReport report = vault.hit(last, Work.quiet());

            assertThat(report.damaged()).extracting(Damage::object).containsExactly(last);
            assertThat(report.hit()).containsExactlyInAnyOrder(one.id(), two.id());
            assertThat(vault.hit(packs().getFirst(), Work.quiet()).hit()).isSubsetOf(one.id(), two.id(), apart.id());
            assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                            .hit())
                    .isEqualTo(report.hit());
        }
    }

    @Test
    void aPackThatIsLostBetweenTheLookAtItsContentsAndItsBytesNamesTheBackupsThatNeedIt() {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", base, null);
            Commit second = Lab.backUp(
                    vault, "two", Lab.changed(base, 2, IntStream.range(0, 8).toArray()), first);
            String lost = packs().stream()
                    .filter(name -> name.startsWith("data/" + first.id()))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            List<String> read = new ArrayList<>();
            Round round = Round.begin(100, "", (pack, done) -> {
                read.add(pack);
                store.delete(lost);
            });
            VerifyReport report = vault.verify(all(vault), round, Work.quiet());
            assertThat(read)
                    .as("when its turn came it was gone")
                    .doesNotContain(lost)
                    .isNotEmpty();
            assertThat(report.damaged()).extracting(Damage::object).containsExactly(lost);
            assertThat(report.damaged().getFirst().backups()).containsExactlyInAnyOrder(first.id(), second.id());
        }
    }

    @Test
    void damageThatNoBackupNeedsIsNamedAllTheSame() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            // The first block is not needed any more once the first backup is gone.
            Commit two = Lab.backUp(vault, "two", Lab.changed(base, 2, 0), one);
            vault.purge(Lab.CONSOLE, one.id());
            String first = packs().stream()
                    .filter(name -> name.startsWith("data/" + one.id()))
                    .findFirst()
                    .orElseThrow();
            store.bytes(first)[100] ^= 1;

            VerifyReport report = vault.verify(List.of(two.id()), Round.everything(), Work.quiet());

            assertThat(report.damaged()).extracting(Damage::object).containsExactly(first);
            assertThat(Lab.restore(vault, two)).isEqualTo(Lab.changed(base, 2, 0));
        }
    }

    private String packOf(Commit commit) {
        return packs().stream()
                .filter(name -> name.startsWith("data/" + commit.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLaterFullBackupHealsTheEarlierOnes() {
        byte[] changed = Lab.changed(base, 2, 50);
        for (String harm : List.of("flipped", "cut", "lost")) {
            MemoryStore store = new MemoryStore();
            try (Vault vault = Lab.create(store)) {
                Commit one = Lab.backUp(vault, "one", base, null);
                Commit two = Lab.backUp(vault, "two", changed, one);
                String pack = store.objects().keySet().stream()
                        .filter(name -> name.startsWith("data/" + one.id()))
                        .min(String::compareTo)
                        .orElseThrow();
                switch (harm) {
                    case "flipped" -> store.bytes(pack)[5000] ^= 1;
                    case "cut" -> store.objects().put(pack, Arrays.copyOf(store.bytes(pack), 9000));
                    default -> store.objects().remove(pack);
                }
                vault.avoid(Lab.CONSOLE, pack);
                assertThat(vault.heal(pack, Work.quiet())).as("nothing has it").isFalse();
                assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                                .hit())
                        .as(harm)
                        .containsExactlyInAnyOrder(one.id(), two.id());

                Lab.backUp(vault, "three", changed, two, true, List.of());
                assertThat(vault.heal(pack, Work.quiet())).as(harm).isTrue();

                assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                                .damaged())
                        .as(harm)
                        .isEmpty();
                assertThat(Lab.restore(vault, one)).as(harm).isEqualTo(base);
                assertThat(Lab.restore(vault, two)).as(harm).isEqualTo(changed);
            }
            try (Vault vault = Lab.open(store)) {
                Commit one = Lab.named(vault, "one");
                assertThat(Lab.restore(vault, one)).as(harm + ", opened again").isEqualTo(base);
                vault.purge(Lab.CONSOLE, Lab.named(vault, "three").id());
                vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(Lab.restore(vault, one))
                        .as(harm + ", without what healed it")
                        .isEqualTo(base);
            }
        }
    }

    @Test
    void aBlockThatIsNowhereElseIsNotHealedAndNothingIsChanged() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            String pack = packOf(one);
            store.bytes(pack)[5000] ^= 1;
            // All but the first block is stored anew; the damaged frame holds the first.
            Lab.backUp(vault, "two", Lab.changed(base, 2, 0), one, true, List.of());
            var before = Map.copyOf(store.objects());
            assertThat(vault.heal(pack, Work.quiet())).isFalse();
            assertThat(store.objects()).containsExactlyInAnyOrderEntriesOf(before);
            assertThat(vault.heal("commit/" + one.id(), Work.quiet())).isFalse();
        }
    }

    @Test
    void aLostBlockIsLeftOutOnlyWhenNobodyCanComeToNeedIt() {
        try (Vault vault = Lab.create(store)) {
            byte[] changed = Lab.changed(base, 2, 0);
            Commit one = Lab.backUp(vault, "one", base, null);
            Commit two = Lab.backUp(vault, "two", changed, one);
            String pack = packOf(one);
            store.bytes(pack)[5000] ^= 1;
            // Its process began before the damage was found, and may refer to what is lost.
            Session old = vault.begin(Lab.CONSOLE, List.of());
            vault.avoid(Lab.CONSOLE, pack);
            Lab.backUp(vault, "three", changed, two, true, List.of());
            vault.purge(Lab.CONSOLE, one.id());

            assertThat(vault.heal(pack, Work.quiet()))
                    .as("somebody may need the first block")
                    .isFalse();
            old.close();
            assertThat(vault.heal(pack, Work.quiet())).isTrue();
            assertThat(Lab.restore(vault, two)).isEqualTo(changed);
            assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                            .damaged())
                    .isEmpty();
        }
    }

    /** What else was in it nobody knows, and who began before its loss was found may refer to that. */
    @Test
    void ofAPackThatIsGoneNothingIsPutAnewBeforeNobodyCanComeToNeedTheRest() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            String pack = packOf(one);
            store.objects().remove(pack);
            Session old = vault.begin(Lab.CONSOLE, List.of());
            vault.avoid(Lab.CONSOLE, pack);
            Lab.backUp(vault, "two", base, one, true, List.of());

            assertThat(vault.heal(pack, Work.quiet())).isFalse();
            old.close();
            assertThat(vault.heal(pack, Work.quiet())).isTrue();
            assertThat(Lab.restore(vault, one)).isEqualTo(base);
        }
    }

    @Test
    void aHealedCopyThatDoesNotReadBackTakesNobodysPlace() {
        ObjectStore bent = new ForwardingStore(store) {
            @Override
            public void put(String name, ByteBuffer... bytes) throws StoreException {
                super.put(name, bytes);
                if (name.matches("data/.*\\.1-.*")) {
                    store.bytes(name)[2000] ^= 1;
                }
            }
        };
        try (Vault vault = Lab.create(bent)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            String pack = packOf(one);
            store.bytes(pack)[5000] ^= 1;
            vault.avoid(Lab.CONSOLE, pack);
            Lab.backUp(vault, "two", base, one, true, List.of());
            var before = Map.copyOf(store.objects());
            assertThat(vault.heal(pack, Work.quiet())).isFalse();
            assertThat(store.objects()).containsExactlyInAnyOrderEntriesOf(before);
        }
    }

    /** As long as the map of a backup cannot be read, it may need what is lost. */
    @Test
    void aLostBlockIsNotLeftOutWhereAMapCannotBeRead() {
        byte[] changed = Lab.changed(base, 2, 0);
        String pack;
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            Lab.backUp(vault, "two", changed, one);
            pack = packOf(one);
            store.bytes(pack)[5000] ^= 1;
            vault.avoid(Lab.CONSOLE, pack);
            Lab.backUp(vault, "three", changed, null, true, List.of());
            store.objects().keySet().removeIf(name -> name.startsWith("map/" + one.id()));
        }
        try (Vault vault = Lab.open(store)) {
            assertThat(vault.heal(pack, Work.quiet())).isFalse();
        }
    }

    @Test
    void healingThatDiesAnywhereHarmsNobody() {
        MemoryStore sound = new MemoryStore();
        String pack;
        try (Vault vault = Lab.create(sound)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            pack = sound.objects().keySet().stream()
                    .filter(name -> name.startsWith("data/" + one.id()))
                    .min(String::compareTo)
                    .orElseThrow();
            sound.bytes(pack)[5000] ^= 1;
            vault.avoid(Lab.CONSOLE, pack);
            Lab.backUp(vault, "two", base, one, true, List.of());
        }
        for (FaultyStore.Fault fault : FaultyStore.Fault.values()) {
            boolean finished = false;
            for (int step = 0; !finished; step++) {
                MemoryStore store = sound.copy();
                FaultyStore faulty = new FaultyStore(store, fault, step);
                try (Vault vault = Lab.open(faulty)) {
                    vault.heal(pack, Work.quiet());
                } catch (ProblemException e) {
                    assertThat(e.problem().code()).isEqualTo("location.unreachable");
                }
                finished = !faulty.struck();
                try (Vault vault = Lab.open(store)) {
                    assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(base);
                    if (!store.list(pack.replaceFirst("\\.0-.*", ".1-")).isEmpty()) {
                        assertThat(Lab.restore(vault, Lab.named(vault, "one")))
                                .as("the sound copy counts, %s at step %s", fault, step)
                                .isEqualTo(base);
                        assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                                        .damaged())
                                .isEmpty();
                    }
                    vault.heal(pack, Work.quiet());
                    assertThat(Lab.restore(vault, Lab.named(vault, "one")))
                            .as("%s at step %s", fault, step)
                            .isEqualTo(base);
                    vault.collect(Lab.CONSOLE, Work.quiet());
                    assertThat(Lab.restore(vault, Lab.named(vault, "one")))
                            .as("collected, %s at step %s", fault, step)
                            .isEqualTo(base);
                }
            }
        }
    }

    @Test
    void aCheckThatMetDamageAndWasInterruptedMeetsItAgain() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            String first = packs().getFirst();
            store.bytes(first)[500] ^= 1;
            List<String> passed = new ArrayList<>();
            Round round = Round.begin(100, "", (pack, done) -> passed.add(pack));

            VerifyReport report = vault.verify(List.of(one.id()), round, Work.quiet());

            assertThat(report.hit()).containsExactly(one.id());
            assertThat(passed).as("whoever goes on begins before the damage").isEmpty();
            assertThat(report.reached()).as("the next check begins behind it").isEqualTo(packs().getLast());
        }
    }

    @Test
    void aPackThatALaterBackupMayStillReferToIsNotRewritten() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            String pack = packOf(one);
            store.bytes(pack)[5000] ^= 1;
            Lab.backUp(vault, "two", base, one, true, List.of());
            assertThat(vault.heal(pack, Work.quiet())).as("not condemned").isFalse();
            vault.avoid(Lab.CONSOLE, pack);
            assertThat(vault.heal(pack, Work.quiet())).isTrue();
        }
    }
}
