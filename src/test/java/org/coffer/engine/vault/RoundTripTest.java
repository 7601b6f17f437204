package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.coffer.engine.store.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out: sizes, kinds of content, threads. */
class RoundTripTest {
    private final MemoryStore store = new MemoryStore();

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                511,
                Lab.BLOCK - 1,
                Lab.BLOCK,
                Lab.BLOCK + 1,
                DiskWriter.LEAF - 1,
                DiskWriter.LEAF,
                DiskWriter.LEAF + 1,
                2 * DiskWriter.LEAF + 70_000
            })
    void aDiskOfAnySizeComesBack(int size) {
        byte[] disk = Lab.noise(size, size);
        try (Vault vault = Lab.create(store)) {
            Lab.backUp(vault, "one", disk, null);
        }
        try (Vault again = Lab.open(store)) {
            assertThat(again.backups()).hasSize(1);
            assertThat(again.damaged()).isEmpty();
            assertThat(Lab.restore(again, again.backups().getFirst())).isEqualTo(disk);
        }
    }

    @Test
    void zerosAndRepetitionsAndTextComeBackAndTakeLittleRoom() {
        byte[] disk = new byte[3 * DiskWriter.LEAF + 12_345];
        byte[] text = "All work and no play makes a dull backup. ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (int i = 0; i < 40 * Lab.BLOCK; i++) {
            disk[5 * Lab.BLOCK + i] = text[i % text.length];
        }
        byte[] noise = Lab.noise(Lab.BLOCK, 1);
        for (int copy = 0; copy < 50; copy++) {
            System.arraycopy(noise, 0, disk, (130 + 2 * copy) * Lab.BLOCK, Lab.BLOCK);
        }
        try (Vault vault = Lab.create(store)) {
            Commit commit = Lab.backUp(vault, "one", disk, null);

            assertThat(Lab.restore(vault, commit)).isEqualTo(disk);
            assertThat(commit.counts().newBlocks()).isLessThan(42);
            assertThat(commit.counts().shared()).isGreaterThanOrEqualTo(49L * Lab.BLOCK);
            assertThat(commit.counts().zero() + 90L * Lab.BLOCK).isEqualTo(disk.length);
            assertThat(store.size()).isLessThan(3 * Lab.BLOCK);
        }
    }

    @Test
    void holesAreNeitherReadNorStoredAndKnownAsHoles() {
        byte[] content = Lab.noise(DiskWriter.LEAF, 3);
        long size = 200L * DiskWriter.LEAF + 5_000;
        try (Vault vault = Lab.create(store);
                Session session = vault.begin(Lab.CONSOLE, List.of())) {
            DiskWriter writer = session.disk(new DiskFacts("id", "sparse"), null, false);
            ByteBuffer leaf =
                    ByteBuffer.allocateDirect(DiskWriter.LEAF).put(content).flip();
            for (long i = 0; i <= 200; i++) {
                if (i == 131) {
                    writer.put(i, leaf, LeafKinds.none().with(0).with(127));
                } else {
                    writer.hole(i);
                }
            }
            writer.finish(size);
            Commit commit = session.commit(Lab.facts("sparse", null));

            DiskReader reader = vault.disk(commit, 0);
            assertThat(reader.size()).isEqualTo(size);
            assertThat(reader.leaf(130).allHole()).isTrue();
            assertThat(reader.leaf(131).kind(0)).isEqualTo(BlockKind.HOLE);
            assertThat(reader.leaf(131).kind(1)).isEqualTo(BlockKind.DATA);
            assertThat(commit.counts().read()).isEqualTo(126L * Lab.BLOCK);
            assertThat(commit.counts().hole() + commit.counts().read()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 31, 64})
    void aLeafInPiecesIsStoredLikeOneInAWhole(int blocksAPiece) {
        byte[] before = Lab.noise(2 * DiskWriter.LEAF + 12_345, 7);
        byte[] disk = Lab.changed(before, 8, 0, 1, 5, 6, 7, 8, 9, 10, 63, 64, 65, 127, 128, 200, 256);
        System.arraycopy(disk, 0, disk, 20 * Lab.BLOCK, Lab.BLOCK);
        java.util.Arrays.fill(disk, 7 * Lab.BLOCK, 8 * Lab.BLOCK, (byte) 0);
        try (Vault vault = Lab.create(store)) {
            Commit parent = Lab.backUp(vault, "before", before, null);
            Commit commit;
            try (Session session = vault.begin(Lab.CONSOLE, List.of())) {
                DiskWriter writer = session.disk(
                        new DiskFacts("id-1", "disk"), parent.disks().getFirst(), false);
                for (int leaf = 0; leaf < 3; leaf++) {
                    writeInPieces(writer, leaf, disk, blocksAPiece * Lab.BLOCK);
                }
                writer.finish(disk.length);
                commit = session.commit(Lab.facts("pieces", parent));
            }
            Commit whole = Lab.backUp(vault, "whole", disk, parent);

            assertThat(Lab.restore(vault, commit)).isEqualTo(disk);
            assertThat(whole.counts().newBlocks()).isZero();
            assertThat(commit.counts().newBlocks()).isEqualTo(14);
            assertThat(commit.counts().shared()).isEqualTo(Lab.BLOCK);
        }
    }

    private static void writeInPieces(DiskWriter writer, int leaf, byte[] disk, int size) {
        int start = leaf * DiskWriter.LEAF;
        int length = Math.min(DiskWriter.LEAF, disk.length - start);
        ByteBuffer room = ByteBuffer.allocateDirect(size);
        try (DiskWriter.Leaf open = writer.open(leaf, length, LeafKinds.none())) {
            for (int at = 0; at < length; at += size) {
                open.add(room.clear()
                        .put(disk, start + at, Math.min(size, length - at))
                        .flip());
            }
            open.finish();
        }
    }

    @Test
    void aLeafThatIsNotFinishedEndsItsDisk() {
        try (Vault vault = Lab.create(store);
                Session session = vault.begin(Lab.CONSOLE, List.of())) {
            DiskWriter writer = session.disk(new DiskFacts("id", "disk"), null, false);
            ByteBuffer block = ByteBuffer.allocateDirect(Lab.BLOCK);
            try (DiskWriter.Leaf open = writer.open(0, 3 * Lab.BLOCK, LeafKinds.none())) {
                open.add(block);
                assertThatThrownBy(() -> open.add(block.duplicate().limit(77)))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(open::finish).isInstanceOf(IllegalStateException.class);
            }

            assertThatThrownBy(() -> writer.finish(3L * Lab.BLOCK)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void leavesMayComeFromManyThreadsInAnyOrder() throws Exception {
        byte[] disk = Lab.noise(6 * DiskWriter.LEAF + 99, 4);
        try (Vault vault = Lab.create(store);
                Session session = vault.begin(Lab.CONSOLE, List.of());
                var threads = Executors.newFixedThreadPool(4)) {
            DiskWriter writer = session.disk(new DiskFacts("id", "disk"), null, false);
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                int leaf = i;
                work.add(() -> {
                    int from = leaf * DiskWriter.LEAF;
                    int length = Math.min(DiskWriter.LEAF, disk.length - from);
                    ByteBuffer bytes = ByteBuffer.allocateDirect(length);
                    writer.put(leaf, bytes.put(disk, from, length).flip(), LeafKinds.none());
                    return null;
                });
            }
            Collections.shuffle(work, new Random(5));
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
            writer.finish(disk.length);
            Commit commit = session.commit(Lab.facts("threads", null));

            assertThat(Lab.restore(vault, commit)).isEqualTo(disk);
        }
    }

    @Test
    void singleBlocksCanBeReadWithoutTheirNeighbours() {
        byte[] disk = Lab.noise(DiskWriter.LEAF, 6);
        try (Vault vault = Lab.create(store)) {
            Commit commit = Lab.backUp(vault, "one", disk, null);
            ByteBuffer out = ByteBuffer.allocateDirect(DiskWriter.LEAF);
            BitSet wanted = new BitSet();
            wanted.set(3);
            wanted.set(77);
            vault.disk(commit, 0).read(0, wanted, out);

            byte[] expected = new byte[DiskWriter.LEAF];
            System.arraycopy(disk, 3 * Lab.BLOCK, expected, 3 * Lab.BLOCK, Lab.BLOCK);
            System.arraycopy(disk, 77 * Lab.BLOCK, expected, 77 * Lab.BLOCK, Lab.BLOCK);
            assertThat(out).isEqualTo(ByteBuffer.wrap(expected));
        }
    }

    @Test
    void whatTheConsoleAttachedComesBack() {
        byte[] about = "a machine".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (Vault vault = Lab.create(store);
                Session session = vault.begin(Lab.CONSOLE, List.of())) {
            Lab.write(session, new byte[10], null, false);
            session.commit(Lab.facts("名称", null), about);
        }
        try (Vault again = Lab.open(store)) {
            Commit commit = again.backups().getFirst();
            assertThat(again.about(commit)).isEqualTo(about);
            assertThat(commit.facts()).isEqualTo(Lab.facts("名称", null));
        }
    }

    @Test
    void aDiskWithAMissingLeafCannotBeFinished() {
        try (Vault vault = Lab.create(store);
                Session session = vault.begin(Lab.CONSOLE, List.of())) {
            DiskWriter writer = session.disk(new DiskFacts("id", "disk"), null, false);
            writer.hole(0);
            writer.hole(2);
            assertThatThrownBy(() -> writer.finish(3L * DiskWriter.LEAF)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.hole(2)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
