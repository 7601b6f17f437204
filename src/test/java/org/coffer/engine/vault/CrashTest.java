package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.coffer.engine.store.FaultyStore;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.MemoryStore;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plug pulled between any two durable steps of backing up, deleting and collecting: the vault is sound afterwards. */
class CrashTest {
    private final byte[] one = Lab.noise(40 * Lab.BLOCK, 1);
    private final byte[] two = Lab.changed(one, 2, 1, 2, 3, 38);
    private final byte[] three = Lab.changed(two, 3, 1, 2, 3, 38, 39);

    @ParameterizedTest
    @EnumSource(FaultyStore.Fault.class)
    void aBackupKilledAnywhereExistsWholeOrNotAtAll(FaultyStore.Fault fault) {
        MemoryStore start = new MemoryStore();
        Commit first;
        try (Vault vault = Lab.create(start)) {
            first = Lab.backUp(vault, "one", one, null);
        }
        boolean finished = false;
        for (int step = 0; !finished; step++) {
            MemoryStore store = start.copy();
            FaultyStore faulty = new FaultyStore(store, fault, step);
            boolean said = false;
            try (Vault vault = Lab.open(faulty)) {
                Lab.backUp(vault, "two", two, vault.backups().getFirst());
                said = true;
            } catch (ProblemException e) {
                assertThat(e.problem().code()).as("step %s", step).isIn("location.unreachable", "backup.unknown");
            }
            finished = !faulty.struck();
            soundAfterwards(store, first, said, "step " + step);
        }
    }

    private void soundAfterwards(MemoryStore store, Commit first, boolean said, String step) {
        try (Vault vault = Lab.open(store)) {
            Settlement settled = vault.settle(Lab.CONSOLE);
            assertThat(vault.damaged()).as(step).isEmpty();
            assertThat(vault.backups().size()).as(step).isBetween(said ? 2 : 1, 2);
            assertThat(Lab.restore(vault, first)).as(step).isEqualTo(one);
            if (vault.backups().size() == 2) {
                assertThat(Lab.restore(vault, Lab.named(vault, "two"))).as(step).isEqualTo(two);
            }
            Commit next = Lab.backUp(vault, "next", two, first, false, settled.adoptable());
            assertThat(Lab.restore(vault, next)).as(step).isEqualTo(two);

            vault.collect(Lab.CONSOLE, Work.quiet());
            assertThat(vault.verify(vault.backups().stream().map(Commit::id).toList(), Round.everything(), Work.quiet())
                            .damaged())
                    .as(step)
                    .isEmpty();
            assertThat(vault.settle(Lab.CONSOLE).adoptable()).as(step).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyStore.Fault.class)
    void aDeleteKilledAnywhereGoesOnLaterAndHarmsNobody(FaultyStore.Fault fault) {
        MemoryStore start = new MemoryStore();
        try (Vault vault = Lab.create(start)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Commit second = Lab.backUp(vault, "two", two, first);
            Lab.backUp(vault, "three", three, second);
        }
        long whole = start.size();
        boolean finished = false;
        for (int step = 0; !finished; step++) {
            MemoryStore store = start.copy();
            FaultyStore faulty = new FaultyStore(store, fault, step);
            try (Vault vault = Lab.open(faulty)) {
                vault.purge(Lab.CONSOLE, Lab.named(vault, "two").id());
                vault.collect(Lab.CONSOLE, Work.quiet());
            } catch (ProblemException e) {
                assertThat(e.problem().code()).isEqualTo("location.unreachable");
            }
            finished = !faulty.struck();
            try (Vault vault = Lab.open(store)) {
                for (Commit commit : vault.backups()) {
                    byte[] expected = switch (commit.facts().name()) {
                        case "one" -> one;
                        case "two" -> two;
                        default -> three;
                    };
                    assertThat(Lab.restore(vault, commit)).as("step %s", step).isEqualTo(expected);
                    if (commit.facts().name().equals("two")) {
                        vault.purge(Lab.CONSOLE, commit.id());
                    }
                }
                vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(vault.backups()).as("step %s", step).hasSize(2);
                assertThat(store.size()).as("step %s", step).isLessThan(whole - 3L * Lab.BLOCK);
                assertThat(store.list(Names.CONDEMNED)).as("step %s", step).isEmpty();
                assertThat(vault.damaged()).isEmpty();
            }
        }
    }

    @org.junit.jupiter.api.Test
    void whatADeadSessionStoredIsNotStoredAgain() {
        MemoryStore store = new MemoryStore();
        byte[] large = Lab.noise(3 * DiskWriter.LEAF, 8);
        Lab.create(store).close();
        Vault dying = Lab.open(store);
        Session session = dying.begin(Lab.CONSOLE, List.of());
        DiskWriter writer = session.disk(new DiskFacts("id-1", "disk"), null, false);
        java.nio.ByteBuffer leaf = java.nio.ByteBuffer.allocateDirect(DiskWriter.LEAF);
        writer.put(0, leaf.put(large, 0, DiskWriter.LEAF).flip(), LeafKinds.none());
        // No close: the process is dead.

        try (Vault vault = Lab.open(store)) {
            Settlement settled = vault.settle(Lab.CONSOLE);
            assertThat(settled.adoptable()).containsExactly(session.id());
            Commit commit = Lab.backUp(vault, "resumed", large, null, false, settled.adoptable());

            assertThat(commit.counts().shared()).isGreaterThan(DiskWriter.LEAF / 2);
            assertThat(Lab.restore(vault, commit)).isEqualTo(large);
            assertThat(vault.settle(Lab.CONSOLE).adoptable()).isEmpty();
        }
    }

    @org.junit.jupiter.api.Test
    void whatADeadSessionWasWritingTakesNoRoomAfterItIsSettled(@TempDir Path folder) throws Exception {
        FolderStore store = new FolderStore(folder, FolderStore.initialize(folder));
        try (Vault dying = Lab.create(store)) {
            Session session = dying.begin(Lab.CONSOLE, List.of());
            Path packs = Files.createDirectories(folder.resolve(Names.packs(ObjectType.DATA, session.id())));
            Path whole = Files.write(packs.resolve("00000007.0000000000000000"), new byte[10]);
            Path half = Files.write(packs.resolve("00000008.0000000000000000.tmp-1234"), new byte[10]);
            Path index = Files.createDirectories(folder.resolve("index"));
            Path halfIndex = Files.write(index.resolve(session.id() + "-0000.tmp-1234"), new byte[10]);
            Path other = Files.write(index.resolve("ff".repeat(16) + "-0000.tmp-1234"), new byte[10]);
            // No close of the session: the process is dead.

            try (Vault vault = Lab.open(store)) {
                assertThat(vault.settle(Lab.CONSOLE).adoptable()).containsExactly(session.id());
            }
            assertThat(List.of(half, halfIndex)).noneMatch(Files::exists);
            assertThat(List.of(whole, other)).as("whole, or somebody else's").allMatch(Files::exists);
        }
    }
}
