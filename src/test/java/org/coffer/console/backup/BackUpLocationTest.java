package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.coffer.console.TestHome;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L5: a disk that was bound before a location was made around its file. */
class BackUpLocationTest {
    @TempDir
    private Path root;

    @Test
    void aDiskThatCameToLieInALocationIsNotBackedUpAndTheTaskSaysWhy() throws Exception {
        try (TestHome home = new TestHome(root.resolve("mine"))) {
            Path folder = Files.createDirectory(root.resolve("folder"));
            Path file = Files.write(folder.resolve("web.img"), new byte[1_000_000]);
            Disk disk = home.console().disks().addImage(new NewImage(file, Optional.of("web"), Disk.Role.DATA));
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "before");
            home.console().locations().add(new NewLocation("around", folder, ""));
            Problem refused = home.failed(home.tryBackUp(vault, disk, "after"));
            assertThat(refused.code()).isEqualTo("image.in-location");
            assertThat(refused.args()).containsEntry("location", "around");
        }
    }
}
