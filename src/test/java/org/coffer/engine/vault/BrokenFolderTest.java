package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.coffer.engine.store.FolderStore;
import org.coffer.engine.store.SmallDisk;
import org.coffer.engine.work.Work;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real file system that lost track of one of a vault's folders: nothing that a backup needs is deleted because of it. */
class BrokenFolderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"commit", "data", "gone", "session"})
    void nothingIsDeletedWhileAFolderCannotBeLookedAt(String name) throws Exception {
        byte[] first = Lab.noise(40 * Lab.BLOCK, 1);
        byte[] second = Lab.changed(first, 5, 3, 4);
        try (SmallDisk disk = SmallDisk.make(folder, 60)) {
            String id = FolderStore.initialize(disk.path());
            try (Vault vault = Lab.create(store(disk, id))) {
                Commit one = Lab.backUp(vault, "one", first, null);
                Lab.backUp(vault, "two", second, one);
                vault.purge(Lab.CONSOLE, one.id());
            }
            disk.harm(name, true);
            assertThatThrownBy(() -> {
                        try (Vault vault = Lab.open(store(disk, id))) {
                            vault.collect(Lab.CONSOLE, Work.quiet());
                        }
                    })
                    .isInstanceOf(ProblemException.class);
            disk.harm(name, false);
            try (Vault vault = Lab.open(store(disk, id))) {
                assertThat(vault.backups()).hasSize(1);
                assertThat(Lab.restore(vault, Lab.named(vault, "two"))).isEqualTo(second);
            }
        }
    }

    private static FolderStore store(SmallDisk disk, String id) {
        return new FolderStore(disk.path(), id, Optional.of(Duration.ZERO));
    }
}
