package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Damage names the stretches of disks that are hit: those, block by block, that cannot be read, and no others. */
class DamagedRangesTest {
    private static final int BLOCKS = 80;
    private static final long BLOCK = Lab.BLOCK;

    private final MemoryStore store = new MemoryStore();
    /** The last block is a short one. */
    private final byte[] base = Lab.noise(BLOCKS * Lab.BLOCK - 1_000, 1);

    private static List<SessionId> all(Vault vault) {
        return vault.backups().stream().map(Commit::id).toList();
    }

    private List<String> packs(String type, Commit commit) {
        return store.objects().keySet().stream()
                .filter(name -> name.startsWith(type + "/" + commit.id()))
                .sorted()
                .toList();
    }

    private static Commit backUp(Vault vault, String disk, byte[] content) {
        try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
            DiskWriter writer = session.disk(new DiskFacts("id-" + disk, disk), null, false);
            ByteBuffer leaf = ByteBuffer.allocateDirect(DiskWriter.LEAF);
            for (int at = 0; at < content.length; at += DiskWriter.LEAF) {
                leaf.clear()
                        .put(content, at, Math.min(DiskWriter.LEAF, content.length - at))
                        .flip();
                writer.put(at / DiskWriter.LEAF, leaf, LeafKinds.none());
            }
            writer.finish(content.length);
            return session.commit(Lab.facts(disk, null));
        }
    }

    /** What a restore that asks for each block by itself does not get, in a vault that remembers nothing. */
    private List<DiskRange> unreadable(Commit backup) {
        List<DiskRange> runs = new ArrayList<>();
        try (Vault vault = Lab.open(store)) {
            Commit commit = vault.backups().stream()
                    .filter(one -> one.id().equals(backup.id()))
                    .findFirst()
                    .orElseThrow();
            DiskReader reader = vault.disk(commit, 0);
            String name = commit.disks().getFirst().facts().name();
            ByteBuffer leaf = ByteBuffer.allocateDirect(DiskWriter.LEAF);
            for (long from = 0; from < reader.size(); from += BLOCK) {
                BitSet only = new BitSet();
                only.set((int) (from / BLOCK % DiskWriter.LEAF_BLOCKS));
                long to = Math.min(from + BLOCK, reader.size());
                try {
                    reader.read(from / DiskWriter.LEAF, only, leaf);
                } catch (ProblemException e) {
                    boolean on = !runs.isEmpty() && runs.getLast().to() == from;
                    runs.add(new DiskRange(name, on ? runs.removeLast().from() : from, to));
                }
            }
        }
        return runs;
    }

    private static List<DiskRange> runs(VerifyReport report, Commit backup) {
        DamagedRanges ranges = report.ranges().get(backup.id());
        return ranges == null ? List.of() : ranges.runs();
    }

    @Test
    void aFlippedByteHitsTheBlocksOfItsFrameInEachBackupThatNeedsThemWhereverTheyLieOnItsDisk() {
        try (Vault vault = Lab.create(store)) {
            Commit one = backUp(vault, "one", base);
            // The same blocks, five further on, on another disk.
            byte[] shifted = new byte[base.length + 5 * Lab.BLOCK];
            System.arraycopy(Lab.noise(5 * Lab.BLOCK, 3), 0, shifted, 0, 5 * Lab.BLOCK);
            System.arraycopy(base, 0, shifted, 5 * Lab.BLOCK, base.length);
            Commit two = backUp(vault, "two", shifted);
            Commit apart = backUp(vault, "apart", Lab.noise(BLOCKS * Lab.BLOCK, 9));
            String pack = packs("data", one).getFirst();
            store.bytes(pack)[500] ^= 1;

            VerifyReport whole = vault.verify(all(vault), Round.everything(), Work.quiet());
            VerifyReport alone = vault.hit(pack, Work.quiet());

            for (VerifyReport report : List.of(whole, alone)) {
                assertThat(runs(report, one)).isNotEmpty().isEqualTo(unreadable(one));
                assertThat(runs(report, two))
                        .isEqualTo(runs(report, one).stream()
                                .map(run -> new DiskRange("two", run.from() + 5 * BLOCK, run.to() + 5 * BLOCK))
                                .toList())
                        .isEqualTo(unreadable(two));
                assertThat(report.ranges()).doesNotContainKey(apart.id());
            }
            assertThat(runs(whole, one).getFirst().from()).isZero();
        }
    }

    @Test
    void aDeletedPackHitsWhatLayInItAlsoIfNoByteIsRead() {
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", base, null);
            Commit two = Lab.backUp(vault, "two", Lab.changed(base, 2, 70, 72, 79), one);
            List<String> lasts = packs("data", one);
            String lost = lasts.getLast();
            store.objects().remove(lost);
            List<DiskRange> ofOne = unreadable(one);
            assertThat(ofOne).hasSize(1);
            assertThat(ofOne.getFirst().to())
                    .as("to the end of the disk, which is no whole block")
                    .isEqualTo(base.length);

            for (VerifyReport report : List.of(
                    vault.verify(all(vault), Round.begin(0, "", (pack, done) -> {}), Work.quiet()),
                    vault.verify(all(vault), Round.everything(), Work.quiet()),
                    vault.hit(lost, Work.quiet()))) {
                assertThat(runs(report, one)).isEqualTo(ofOne);
                assertThat(Objects.requireNonNull(report.ranges().get(one.id())).bytes())
                        .isEqualTo(ofOne.getFirst().length());
                // What the second backup stored anew is not hit in it.
                long from = ofOne.getFirst().from();
                List<DiskRange> expected = new ArrayList<>();
                if (from < 70 * BLOCK) {
                    expected.add(new DiskRange("disk", from, 70 * BLOCK));
                }
                expected.add(new DiskRange("disk", 71 * BLOCK, 72 * BLOCK));
                expected.add(new DiskRange("disk", 73 * BLOCK, 79 * BLOCK));
                assertThat(runs(report, two)).isEqualTo(expected).isEqualTo(unreadable(two));
            }
        }
    }

    @Test
    void aDamagedOrDeletedPackOfNodesHitsAllThatIsBelowThem() {
        byte[] large = Lab.noise(3 * DiskWriter.LEAF - 5_000, 4);
        try (Vault vault = Lab.create(store)) {
            Commit one = Lab.backUp(vault, "one", large, null);
            // Only the middle leaf and the root are its own.
            Commit two = Lab.backUp(vault, "two", Lab.changed(large, 5, 130), one);
            String map = packs("map", one).getFirst();
            byte[] sound = store.bytes(map).clone();
            store.bytes(map)[sound.length / 2] ^= 1;
            VerifyReport flipped = vault.verify(all(vault), Round.everything(), Work.quiet());
            assertThat(runs(flipped, one)).isNotEmpty().isEqualTo(unreadable(one));
            assertThat(runs(flipped, two)).isEqualTo(unreadable(two));

            store.objects().remove(map);
            for (VerifyReport report :
                    List.of(vault.verify(all(vault), Round.everything(), Work.quiet()), vault.hit(map, Work.quiet()))) {
                assertThat(runs(report, one)).containsExactly(new DiskRange("disk", 0, large.length));
                assertThat(runs(report, two))
                        .containsExactly(
                                new DiskRange("disk", 0, DiskWriter.LEAF),
                                new DiskRange("disk", 2L * DiskWriter.LEAF, large.length))
                        .isEqualTo(unreadable(two));
            }
        }
    }

    @Test
    void aSoundVaultNamesNoRange() {
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "one", base, null);
            assertThat(vault.verify(all(vault), Round.everything(), Work.quiet())
                            .ranges())
                    .isEmpty();
        }
    }

    @Test
    void neighboursAreOneAndWhatIsTooMuchIsCounted() {
        RangeList list = new RangeList(3);
        list.disk("a");
        list.add(0, 10);
        list.add(4, 6);
        list.add(10, 20);
        list.disk("b");
        IntStream.range(1, 6).forEach(i -> list.add(20L * i, 20L * i + 1));

        assertThat(list.ranges())
                .isEqualTo(new DamagedRanges(
                        List.of(new DiskRange("a", 0, 20), new DiskRange("b", 20, 21), new DiskRange("b", 40, 41)),
                        3,
                        25));
    }
}
