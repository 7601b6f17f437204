package org.coffer.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.store.s3.CephServer;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.S3Store;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V16, at a server that enforces object lock: whoever has the bucket owner's key cannot take an automatic backup away. */
class LockedInCephTest {
    @TempDir
    private Path folder;

    @Test
    void whoDeletesEveryVersionThatTheServerLetsGoLeavesEachLockedBackupWhole() throws Exception {
        byte[] disk = Lab.noise(3_000_000, 1);
        byte[] later = Lab.changed(disk, 5, 3, 17);
        try (CephServer server = CephServer.start(folder)) {
            S3Settings where = server.locking();
            try (S3Store place = new S3Store(where, () -> CephServer.KEY, Clock.systemUTC(), new SplittableRandom(5))) {
                Map<SessionId, Instant> until;
                try (Vault vault = Vault.create(
                        place,
                        "lab",
                        new NewVault(true, "0.1"),
                        Lab.key(),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        Lab.SMALL)) {
                    Commit before = Lab.backUp(vault, "before the lock", disk, null);
                    vault.describe(new byte[3], true);
                    Commit after = Lab.backUp(vault, "after it", later, before);
                    Instant month = Instant.now().plus(Duration.ofDays(30));
                    until = Map.of(before.id(), month, after.id(), month);
                    assertThat(vault.retain(until, Work.quiet())).isPositive();
                }

                List<String> kept = new ArrayList<>();
                List<String> destroyed = new ArrayList<>();
                for (StoredObject object : place.list("")) {
                    try {
                        CephServer.destroy(where, object.name(), CephServer.version(where, object.name()));
                        destroyed.add(object.name());
                    } catch (StoreException e) {
                        assertThat(e.kind()).as(object.name()).isEqualTo(StoreException.Kind.DENIED);
                        kept.add(object.name());
                    }
                }
                assertThat(destroyed)
                        .as("what nobody needs to restore goes: the trial is a real one")
                        .anyMatch(name -> name.startsWith(Names.INDEX));
                assertThat(kept).filteredOn(name -> name.startsWith("data/")).hasSizeGreaterThan(1);
                try (Vault vault = Lab.open(place)) {
                    assertThat(vault.backups())
                            .extracting(Commit::id)
                            .containsExactlyInAnyOrderElementsOf(until.keySet());
                    assertThat(Lab.restore(vault, Lab.named(vault, "before the lock")))
                            .isEqualTo(disk);
                    assertThat(Lab.restore(vault, Lab.named(vault, "after it"))).isEqualTo(later);
                }
            }
        }
    }
}
