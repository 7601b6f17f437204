package org.coffer.console.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.location.NewLocation;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.NewImage;
import org.coffer.console.vault.Vault;
import org.coffer.machine.LoopDevice;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3, S4, L5: nothing is restored into the folders that vaults lie in. Needs root, for loop devices. */
class RestoreIntoLocationTest {
    @TempDir
    private Path root;

    private TestHome home;
    private Vault vault;
    private Backup one;

    @BeforeEach
    void aBackup() throws Exception {
        home = new TestHome(root.resolve("mine"));
        Disk disk = home.image("web", 2);
        vault = home.vault("vault_a", disk);
        one = home.backUp(vault, disk, "one");
    }

    @AfterEach
    void close() {
        home.close();
    }

    private Stream<String> blocking(Target target) {
        NewRestore wanted = new NewRestore(one.id(), target, true);
        Plan plan = home.console().restores().plan(wanted);
        String first = Refusals.code(() -> home.console().restores().start(wanted));
        assertThat(plan.blocking().getFirst().code()).isEqualTo(first);
        return plan.blocking().stream().map(Refusals::spoken).map(Problem::code);
    }

    @Test
    void noNewFileIsMadeInALocationAVaultOrTheHome() throws IOException {
        Path place = home.location().folder().orElseThrow();
        Path link = Files.createSymbolicLink(root.resolve("link"), home.objects(vault));
        assertThat(blocking(new Target.NewFile(place.resolve("new.img")))).containsExactly("image.in-location");
        assertThat(blocking(new Target.NewFile(link.resolve("data/new.img")))).containsExactly("image.in-location");
        assertThat(blocking(new Target.NewFile(home.root().resolve("home/new.img"))))
                .containsExactly("image.in-home");
    }

    @Test
    void anImageThatCameToLieInALocationIsNoTargetNorIsALoopDeviceOverAnyFileThere() throws Exception {
        Path folder = Files.createDirectory(root.resolve("folder"));
        Path file = folder.resolve("big.img");
        Files.write(file, new byte[3_000_000]);
        Disk image = home.console().disks().addImage(new NewImage(file, Optional.of("big"), Disk.Role.DATA));
        home.console().locations().add(new NewLocation("around", folder, ""));
        assertThat(blocking(new Target.OtherDisk(image.id()))).containsExactly("image.in-location");
        Path object;
        try (Stream<Path> objects = Files.walk(home.objects(vault).resolve("data"))) {
            object = objects.filter(path -> path.toFile().length() > 500_000)
                    .findFirst()
                    .orElseThrow();
        }
        try (LoopDevice loop = LoopDevice.attach(object)) {
            Disk device = home.device(loop.path());
            assertThat(blocking(new Target.OtherDisk(device.id()))).contains("image.in-location");
        }
    }
}
