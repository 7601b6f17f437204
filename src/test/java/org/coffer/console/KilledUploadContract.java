package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.coffer.console.attach.Attached;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.ObjectStore;
import org.coffer.engine.store.StoreException;
import org.coffer.engine.store.StoredObject;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Credentials;
import org.coffer.engine.store.s3.S3Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * V17 after the worst: a process that is killed with SIGKILL while it uploads into a bucket, on a computer that nobody sees
 * again. In another home everything that was published is back to the byte; what was half is nothing, and takes no room.
 * Held against each kind of server by a test of its own.
 */
@Timeout(180)
abstract class KilledUploadContract {
    /** MB a second: after a pack more than two go by before the next. */
    private static final long SLOW = 10;

    @TempDir
    private Path root;

    /** A new, empty bucket at the server. */
    abstract S3Settings fresh();

    /** What the server lets in. */
    abstract S3Credentials key();

    /** How long its lists lag, as somebody would type it; empty for what the trial finds. */
    String listDelay() {
        return "";
    }

    private Set<String> sessions(ObjectStore store, String kind) throws StoreException {
        return store.list(kind).stream()
                .map(StoredObject::name)
                .map(name -> name.substring(kind.length()).substring(0, 32))
                .collect(Collectors.toSet());
    }

    @Test
    void whatWasPublishedIsBackInAnotherHomeAndWhatWasHalfIsNothing() throws Exception {
        S3Settings bucket = fresh();
        NewLocation where = KilledUploadTest.place(bucket, key(), listDelay());
        Vault vault;
        Backup one;
        Backup two;
        byte[] first;
        byte[] second;
        String code;
        try (TestHome old = new TestHome(root.resolve("old"))) {
            Disk disk = old.image("web", 60);
            Location place = old.console().locations().add(where);
            NewVault wanted = new NewVault(
                    "far",
                    "",
                    place.id(),
                    100,
                    List.of(disk.id()),
                    true,
                    Optional.empty(),
                    false,
                    "",
                    Map.of("a", "b"));
            vault = old.console().vaults().create(wanted);
            code = old.console().vaults().keys().sheet(vault.id()).code();
            one = old.backUp(vault, disk, "one");
            first = Files.readAllBytes(disk.path());
            old.change(disk, 4 << 20, 500_000, 1);
            two = old.backUp(vault, disk, "two");
            second = Files.readAllBytes(disk.path());
            old.change(disk, 0, 60_000_000, 2);
            old.console().locations().limit(place.id(), SLOW);
        }
        try (ObjectStore whole = LocalBucket.beneath(bucket, "desk/vault-" + vault.id() + '/', key())) {
            Set<String> published = sessions(whole, "commit/");
            assertThat(Victim.killed(root.resolve("old"), "backup", "half", () -> {
                        Set<String> writing = sessions(whole, "data/");
                        writing.removeAll(published);
                        return !writing.isEmpty();
                    }))
                    .isTrue();
            assertThat(sessions(whole, "commit/")).as("killed in the middle").isEqualTo(published);
            Set<String> half = sessions(whole, "session/");
            half.removeAll(published);
            assertThat(half).hasSize(1);

            try (TestHome fresh = new TestHome(root.resolve("new"))) {
                Attached back = KilledUploadTest.attach(fresh, where, code, true);

                assertThat(back.notes()).isEmpty();
                assertThat(back.backups()).isEqualTo(2);
                assertThat(back.vault().tags()).containsEntry("a", "b");
                assertThat(fresh.restored(fresh.again(one.id()))).isEqualTo(first);
                assertThat(fresh.restored(fresh.again(two.id()))).isEqualTo(second);
                fresh.done(fresh.console().cleaning().start(vault.id()));
                assertThat(sessions(whole, "data/")).doesNotContainAnyElementsOf(half);
                assertThat(sessions(whole, "gone/")).containsAll(half);
                assertThat(fresh.restored(fresh.again(two.id()))).isEqualTo(second);
            }
        }
    }
}
