package org.coffer.console.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.catalog.Catalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {
    @TempDir
    private Path home;

    private static DiskStore.Row seen(UUID id, Disk.State state) {
        return new DiskStore.Row(
                new Disk(
                        id,
                        "web",
                        Path.of("/web.img"),
                        true,
                        1,
                        "",
                        "",
                        Disk.Role.DATA,
                        state,
                        Optional.empty(),
                        List.of(),
                        Disk.Encryption.NONE,
                        Optional.empty(),
                        Instant.EPOCH),
                "image:/web.img",
                Instant.EPOCH,
                false);
    }

    @Test
    void aLookThatBeganBeforeTheMarkWasMadeDoesNotTakeItAway() {
        try (Catalog catalog = Catalog.open(home)) {
            DiskStore store = new DiskStore(catalog);
            UUID id = UUID.randomUUID();
            UUID restore = UUID.randomUUID();
            store.put(seen(id, Disk.State.AVAILABLE));
            DiskStore.Row looking = seen(id, Disk.State.IN_USE);
            store.unusable(id, restore);
            store.put(looking);
            assertThat(store.find(id).orElseThrow().disk().state()).isEqualTo(Disk.State.IN_USE);
            assertThat(store.find(id).orElseThrow().disk().unfinishedRestore()).contains(restore);
            store.usable(id);
            assertThat(store.find(id).orElseThrow().disk().unfinishedRestore()).isEmpty();
        }
    }
}
