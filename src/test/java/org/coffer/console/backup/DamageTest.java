package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vault whose objects were changed: what is hit is named, the rest still restores.
 *
 * <pre>
 *   one    base            one shared part
 *   two    base + 1 MB     the part that is damaged
 *   three  base + other    does not use it
 * </pre>
 */
class DamageTest {
    @TempDir
    private Path root;

    @FunctionalInterface
    private interface Harm {
        void to(Path objects) throws IOException;
    }

    /** Three backups in one vault. */
    private final class Scene {
        private final TestHome home;
        private final Disk disk;
        private final Vault vault;
        private final byte[] first;
        private final Backup one;
        private final Backup two;
        private final byte[] third;
        private final Backup three;

        Scene(TestHome home) throws Exception {
            this.home = home;
            disk = home.image("web", 10);
            vault = home.vault("vault_a", disk);
            first = Files.readAllBytes(disk.path());
            one = home.backUp(vault, disk, "one");
            home.change(disk, 1_000_000, 1_000_000, 2);
            two = home.backUp(vault, disk, "two");
            home.change(disk, 900_000, 1_200_000, 3);
            third = Files.readAllBytes(disk.path());
            three = home.backUp(vault, disk, "three");
        }

        void harm(Harm harm) throws IOException {
            Path objects = home.objects(vault);
            home.restart(() -> harm.to(objects));
        }

        Problem restoring(Backup backup) throws Exception {
            Task task = home.console()
                    .restores()
                    .start(new NewRestore(backup.id(), new Target.NewFile(root.resolve(backup.name() + ".bad")), true));
            return home.failed(task);
        }

        void othersStillRestoreAndTheNextBackupWorks() throws Exception {
            Path copy = root.resolve("one.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(first);
            Path other = root.resolve("three.img");
            home.restore(three, new Target.NewFile(other));
            assertThat(Files.readAllBytes(other)).isEqualTo(third);
            assertThat(home.again(one.id()).damaged()).isFalse();
            assertThat(home.again(three.id()).damaged()).isFalse();
            boolean damage = home.again(two.id()).damaged();
            Task task = home.done(home.tryBackUp(vault, disk, "four"));
            Backup four = home.backup(task);
            assertThat(four.kind()).isEqualTo(damage ? Kind.FULL : Kind.INCREMENTAL);
            assertThat(home.console().tasks().steps(task.id()).stream()
                            .anyMatch(step -> step.key().equals("full-after-damage")))
                    .isEqualTo(damage);
            Path last = root.resolve("four.img");
            home.restore(four, new Target.NewFile(last));
            assertThat(Files.readAllBytes(last)).isEqualTo(third);
            assertThat(home.backUp(vault, disk, "five").kind())
                    .as("four is worth leaning on")
                    .isEqualTo(Kind.INCREMENTAL);
        }

        void twoIsNamed() {
            Backup hit = home.again(two.id());
            assertThat(hit.damaged()).isTrue();
            assertThat(hit.problem().map(Refusals::spoken)).isPresent();
        }
    }

    private static String session(Backup backup) {
        return backup.session().orElseThrow();
    }

    private static Path only(Path folder, String part) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> path.toString().contains(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aFlippedBitInADataPackHitsOnlyTheBackupsThatUseIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            scene.harm(objects -> {
                Path pack = only(objects.resolve("data"), session(scene.two));
                TestHome.flip(pack, Files.size(pack) / 2);
            });
            assertThat(scene.restoring(scene.two).code()).isEqualTo("vault.damaged");
            scene.twoIsNamed();
            assertThat(home.objects(scene.vault).resolve("condemned"))
                    .as("no later backup leans on the damaged pack")
                    .isNotEmptyDirectory();
            scene.othersStillRestoreAndTheNextBackupWorks();
        }
    }

    @Test
    void aMapPackThatWasCutShortHitsOnlyTheBackupsThatUseIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            scene.harm(objects -> {
                Path pack = only(objects.resolve("map"), session(scene.two));
                try (RandomAccessFile out = new RandomAccessFile(pack.toFile(), "rw")) {
                    out.setLength(out.length() / 2);
                }
            });
            assertThat(scene.restoring(scene.two).code()).isEqualTo("vault.damaged");
            scene.twoIsNamed();
            scene.othersStillRestoreAndTheNextBackupWorks();
        }
    }

    @Test
    void aCommitThatWasDeletedIsNamedAsDamageAndNotForgotten() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            scene.harm(objects -> Files.delete(only(objects.resolve("commit"), session(scene.two))));
            home.console().vaults().open().get(scene.vault.id());
            scene.twoIsNamed();
            assertThat(scene.restoring(scene.two).code()).isIn("vault.damaged", "backup.damaged");
            scene.othersStillRestoreAndTheNextBackupWorks();
        }
    }

    @Test
    void aCommitWithAFlippedBitIsNamed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            scene.harm(objects -> {
                Path commit = only(objects.resolve("commit"), session(scene.two));
                TestHome.flip(commit, Files.size(commit) - 5);
            });
            home.console().vaults().open().get(scene.vault.id());
            scene.twoIsNamed();
            scene.othersStillRestoreAndTheNextBackupWorks();
        }
    }

    @Test
    void damageThatWasMendedIsForgottenWhenEveryByteWasReadAgain() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            Harm turn = objects -> {
                Path pack = only(objects.resolve("data"), session(scene.two));
                TestHome.flip(pack, Files.size(pack) / 2);
            };
            scene.harm(turn);
            scene.restoring(scene.two);
            scene.harm(turn);
            home.console().vaults().open().get(scene.vault.id());
            scene.twoIsNamed();
            home.restore(scene.two, new Target.NewFile(root.resolve("two.img")));
            Backup two = home.again(scene.two.id());
            assertThat(two.damaged()).isFalse();
            assertThat(two.problem()).isEmpty();
            assertThat(two.verifiedAt()).isPresent();
        }
    }

    @Test
    void aCommitThatCameBackIsNoDamageAnyMore() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            Path aside = root.resolve("aside");
            Path commit = only(home.objects(scene.vault).resolve("commit"), session(scene.two));
            scene.harm(objects -> Files.move(commit, aside));
            home.console().vaults().open().get(scene.vault.id());
            scene.twoIsNamed();
            scene.harm(objects -> Files.move(aside, commit));
            home.console().vaults().open().get(scene.vault.id());
            assertThat(home.again(scene.two.id()).damaged()).isFalse();
            assertThat(home.again(scene.two.id()).problem()).isEmpty();
            scene.othersStillRestoreAndTheNextBackupWorks();
        }
    }

    @Test
    void oneDamagedHeaderCopyIsNoHarmAndNoHeaderAtAllIsNamed() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            scene.harm(objects -> TestHome.flip(objects.resolve("header-1"), 50));
            scene.othersStillRestoreAndTheNextBackupWorks();
            Path objects = home.objects(scene.vault);
            home.restart(() -> {
                for (Path header : headers(objects)) {
                    TestHome.flip(header, 40);
                }
            });
            assertThat(home.again(scene.vault).status()).isEqualTo(VaultStatus.ERROR);
            assertThat(Refusals.code(() -> home.tryBackUp(scene.vault, scene.disk, "five")))
                    .isEqualTo("vault.header");
            assertThat(scene.restoring(scene.one).code()).isEqualTo("vault.header");
        }
    }

    @Test
    void aVaultOfANewerFormatIsLeftAlone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Scene scene = new Scene(home);
            scene.harm(objects -> setVersion(objects, 2));
            assertThat(home.again(scene.vault).status()).isEqualTo(VaultStatus.ERROR);
            assertThat(home.again(scene.vault).problem().map(Problem::code)).contains("vault.newer");
            assertThat(Refusals.code(() -> home.tryBackUp(scene.vault, scene.disk, "five")))
                    .isEqualTo("vault.newer");
            assertThat(scene.restoring(scene.one).code()).isEqualTo("vault.newer");
            scene.harm(objects -> setVersion(objects, 1));
            scene.othersStillRestoreAndTheNextBackupWorks();
        }
    }

    private static void setVersion(Path objects, int version) throws IOException {
        for (Path header : headers(objects)) {
            try (RandomAccessFile out = new RandomAccessFile(header.toFile(), "rw")) {
                out.seek(8);
                out.writeShort(version);
            }
        }
    }

    private static List<Path> headers(Path objects) throws IOException {
        try (Stream<Path> all = Files.list(objects)) {
            return all.filter(path -> path.getFileName().toString().startsWith("header-"))
                    .toList();
        }
    }

    @Test
    void anotherVaultInItsPlaceIsNotMistakenForIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Vault other = home.vault("vault_b");
            Path mine = home.objects(vault);
            Path theirs = home.objects(other);
            home.restart(() -> {
                Files.move(mine, root.resolve("aside"));
                Files.move(theirs, mine);
            });
            assertThat(home.again(vault).problem().map(Refusals::spoken).map(Problem::code))
                    .as("the vault does not pretend to be available")
                    .contains("vault.header");
            assertThat(Refusals.code(() -> home.tryBackUp(vault, disk, "two"))).isEqualTo("vault.header");
            home.restart(() -> {
                Files.move(mine, theirs);
                Files.move(root.resolve("aside"), mine);
            });
            home.backUp(vault, disk, "three");
        }
    }
}
