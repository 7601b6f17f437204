package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.SmallDisk;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vault on a real disk without a byte left: deleting and collecting get through while it is full, and with what they
 * free backups go on. Needs root for its loop device.
 */
class FullDiskTest {
    private static final int BLOCKS = 200;

    private final byte[] one = Lab.noise(BLOCKS * Lab.BLOCK, 1);
    private final byte[] two =
            Lab.changed(one, 2, IntStream.range(0, BLOCKS / 2).map(i -> 2 * i).toArray());
    private final byte[] other = Lab.noise(BLOCKS * Lab.BLOCK, 3);

    @TempDir
    private Path folder;

    /** A vault's folder of its own, as in every location, beside what else is on the drive. */
    private static FolderStore store(SmallDisk disk) throws Exception {
        Path place = Files.createDirectory(disk.path().resolve("vault"));
        return new FolderStore(place, FolderStore.initialize(place));
    }

    /** What is left of the first backup are packs that are dead by half, so that collecting has to write as well. */
    private void fill(SmallDisk disk, FolderStore store) throws Exception {
        try (Vault vault = Lab.create(store)) {
            Commit first = Lab.backUp(vault, "one", one, null);
            Lab.backUp(vault, "two", two, first);
            Lab.backUp(vault, "other", other, null, true, List.of());
        }
        disk.fill();
    }

    @Test
    void aFullVaultIsEmptiedAndGoesOn() throws Exception {
        try (SmallDisk disk = SmallDisk.make(folder, 160);
                FolderStore store = store(disk)) {
            fill(disk, store);
            try (Vault vault = Lab.open(store)) {
                vault.purge(Lab.CONSOLE, Lab.named(vault, "one").id());
                vault.purge(Lab.CONSOLE, Lab.named(vault, "other").id());
                CollectReport report = vault.collect(Lab.CONSOLE, Work.quiet());
                assertThat(report.blocking()).isEmpty();
                assertThat(report.waiting()).isEmpty();
                assertThat(report.packs()).isPositive();
                assertThat(report.repacked()).isPositive();
                assertThat(report.freed()).isGreaterThan(BLOCKS * (long) Lab.BLOCK);
                goesOn(vault);
            }
        }
    }

    /** A run that does not know that there is no room takes what was kept for deleting, and leaves enough of it. */
    @Test
    void aRunThatFoundNoRoomLeavesWhatDeletingNeeds() throws Exception {
        try (SmallDisk disk = SmallDisk.make(folder, 160);
                FolderStore store = store(disk)) {
            fill(disk, store);
            byte[] large = Lab.noise(20 * BLOCKS * Lab.BLOCK, 4);
            try (Vault vault = Lab.open(store)) {
                assertThatThrownBy(() -> Lab.backUp(vault, "large", large, null))
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem().code()).isEqualTo("location.full"));
            }
            try (Vault vault = Lab.open(store)) {
                vault.settle(Lab.CONSOLE);
                vault.purge(Lab.CONSOLE, Lab.named(vault, "other").id());
                assertThat(vault.collect(Lab.CONSOLE, Work.quiet()).freed()).isGreaterThan(BLOCKS * (long) Lab.BLOCK);
                goesOn(vault);
            }
        }
    }

    private void goesOn(Vault vault) {
        Commit parent = Lab.named(vault, "two");
        assertThat(Lab.restore(vault, parent)).isEqualTo(two);
        Commit next = Lab.backUp(vault, "next", one, parent);
        assertThat(Lab.restore(vault, next)).isEqualTo(one);
        List<SessionId> all = vault.backups().stream().map(Commit::id).toList();
        assertThat(vault.verify(all, Round.everything(), Work.quiet()).damaged())
                .isEmpty();
    }
}
