package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.coffer.engine.store.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A look that was slow loses nothing that this instance did meanwhile. */
class LastSeenTest {
    private final LastSeen seen = new LastSeen();
    private Contents withOne = Contents.empty();
    private Commit one = commit();
    private Commit two = commit();

    private static Commit commit() {
        try (Vault vault = Lab.create(new MemoryStore())) {
            return Lab.backUp(vault, "any", Lab.noise(Lab.BLOCK, 1), null);
        }
    }

    @BeforeEach
    void lookOnce() throws IOException {
        withOne = new Contents(java.util.Map.of(one.id(), one), java.util.Set.of(), java.util.List.of());
        seen.look(() -> withOne);
    }

    @Test
    void aBackupMadeDuringALookIsThereAfterIt() throws IOException {
        seen.look(() -> {
            seen.committed(two);
            return withOne;
        });
        assertThat(seen.contents().backups()).containsOnlyKeys(one.id(), two.id());
    }

    @Test
    void aBackupDeletedDuringALookDoesNotComeBack() throws IOException {
        seen.look(() -> {
            seen.purged(one.id());
            return withOne;
        });
        assertThat(seen.contents().backups()).isEmpty();
        assertThat(seen.contents().gone()).containsExactly(one.id());
    }

    @Test
    void whatALaterLookDoesNotFindAnyMoreIsGone() throws IOException {
        seen.committed(two);
        seen.look(() -> withOne);
        assertThat(seen.contents().backups()).containsOnlyKeys(one.id());
    }

    @Test
    void aBackupThatSomebodyElseDeletedMeanwhileStaysDeleted() throws IOException {
        seen.look(() -> {
            seen.committed(two);
            return new Contents(java.util.Map.of(), java.util.Set.of(two.id()), java.util.List.of());
        });
        assertThat(seen.contents().backups()).isEmpty();
    }
}
