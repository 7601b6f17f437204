package org.coffer.console.attach;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.vault.OpenedStranger;
import org.coffer.console.vault.Stranger;
import org.coffer.engine.vault.MasterKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vault of format version 1 with a backup in the trash, written once and kept: every later version has to find the label
 * there, and the backup under it.
 */
class GoldenTrashTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/kinds/trashed");

    @TempDir
    private Path root;

    private static String recoveryCode() {
        byte[] bytes = new byte[32];
        new SplittableRandom(7).nextBytes(bytes);
        try (MasterKey key = MasterKey.of(bytes)) {
            return key.recoveryCode();
        }
    }

    private Location place(TestHome home) throws Exception {
        Path folder = Files.createDirectory(root.resolve("drive"));
        Location place = home.console().locations().add(new NewLocation("drive", folder, ""));
        Path vault = folder.resolve("vault-6d0cdbd5-0000-4000-8000-000000000000");
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = vault.resolve(GOLDEN.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return place;
    }

    @Test
    void aBackupThatLayInTheTrashLiesThereAgainAndComesBackFromIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Attaching attaching = home.console().attaching();
            Stranger found = attaching.find(place(home).id()).getFirst();
            Attached back;
            try (OpenedStranger opened =
                    attaching.open(found, Optional.of(recoveryCode().toCharArray()))) {
                back = attaching.attach(opened, true);
            }

            assertThat(back.backups()).isEqualTo(2);
            List<Backup> trash = home
                    .console()
                    .backups()
                    .ofVaultWithTrash(back.vault().id())
                    .stream()
                    .filter(backup -> backup.trashedAt().isPresent())
                    .toList();
            assertThat(trash).extracting(Backup::name).containsExactly("one");
            assertThat(trash.getFirst().description()).isEqualTo("to go");

            home.console().deletion().trash().takeBack(trash.getFirst().id());

            Backup kept = home.again(trash.getFirst().id());
            assertThat(kept.trashedAt()).isEmpty();
            assertThat(home.restored(kept)).hasSize(6 << 16);
        }
    }
}
