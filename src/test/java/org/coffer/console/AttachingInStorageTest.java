package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.attach.Attaching;
import org.coffer.console.backup.DiskTotals;
import org.coffer.console.location.Location;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Stranger;
import org.coffer.console.vault.Vault;
import org.coffer.engine.store.s3.LocalBucket;
import org.coffer.engine.store.s3.S3Settings;
import org.coffer.engine.store.s3.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** V17 from a bucket: what was read to look at a vault is not read once more to attach it. */
@Timeout(120)
class AttachingInStorageTest {
    private static final int BACKUPS = 5;

    @TempDir
    private Path root;

    private final S3Settings bucket = LocalBucket.shared().fresh();

    /** Folders in which a home keeps near what it read. */
    private static List<Path> near(Path home) throws Exception {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> path.getFileName().toString().startsWith("near-"))
                    .toList();
        }
    }

    @Test
    void eachBackupIsReadOnceAndWhatWasOnlyLookedAtIsNotKept() throws Exception {
        Vault vault;
        String code;
        try (TestHome old = new TestHome(root.resolve("old"))) {
            Disk disk = old.image("web", 1);
            Location place = old.console().locations().add(KilledUploadTest.place(bucket));
            vault = old.console()
                    .vaults()
                    .create(new NewVault(
                            "far",
                            "",
                            place.id(),
                            100,
                            List.of(disk.id()),
                            true,
                            Optional.empty(),
                            false,
                            "",
                            Map.of()));
            code = old.console().vaults().keys().sheet(vault.id()).code();
            for (int i = 0; i < BACKUPS; i++) {
                old.change(disk, 4096, 4096, i);
                old.backUp(vault, disk, "b" + i);
            }
        }
        Path home = root.resolve("new/home");
        try (TestHome fresh = new TestHome(root.resolve("new"));
                Wire wire = Wire.to(LocalBucket.shared().port())) {
            Location place =
                    fresh.console().locations().add(KilledUploadTest.place(LocalBucket.through(wire.port(), bucket)));
            Attaching attaching = fresh.console().attaching();
            Stranger found = attaching.find(place.id()).getFirst();
            attaching.open(found, Optional.of(code.toCharArray())).close();
            assertThat(near(home)).as("looked at").hasSize(1);
            found = attaching.find(place.id()).getFirst();
            assertThat(near(home)).as("and not attached").isEmpty();

            int before = wire.seen().size();
            try (OpenedStranger opened = attaching.open(found, Optional.of(code.toCharArray()))) {
                attaching.attach(opened, true);
            }
            assertThat(fresh.console().backups().totals())
                    .extracting(DiskTotals::backups)
                    .containsExactly(BACKUPS);
            List<String> commits = wire.seen().subList(before, wire.seen().size()).stream()
                    .filter(seen -> seen.is("GET", "/commit/"))
                    .map(Wire.Seen::line)
                    .toList();
            assertThat(new HashSet<>(commits)).hasSize(BACKUPS);
            assertThat(commits).as("each of them once").hasSize(BACKUPS);
            attaching.find(place.id());
            assertThat(near(home)).as("of what is this home's").hasSize(1);
        }
    }
}
