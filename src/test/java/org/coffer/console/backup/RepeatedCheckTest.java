package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A check in a process that runs for long, and that made or read before what is harmed since (B11): it goes by what is stored,
 * and not by what the process remembers. So does the check before a migration deletes the originals (V15).
 */
class RepeatedCheckTest {
    @TempDir
    private Path root;

    private static Path first(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file ->
                            Files.isRegularFile(file) && !file.toString().contains(".tmp-"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Task checked(TestHome home, Vault vault) throws Exception {
        return home.console()
                .tasks()
                .await(home.console().verification().start(vault.id(), 100).id());
    }

    private static void harm(Path object, String how) throws Exception {
        switch (how) {
            case "deleted" -> Files.delete(object);
            case "head" -> TestHome.flip(object, 20);
            default -> TestHome.flip(object, Files.size(object) - 5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "commit, head",
        "commit, deleted",
        "data, head",
        "data, tail",
        "data, deleted",
        "map, head",
        "map, tail",
        "map, deleted",
        "uses, head",
        "uses, deleted"
    })
    void aSecondCheckOfTheSameProcessSeesWhatWasHarmedSinceTheFirst(String kind, String how) throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            assertThat(checked(home, vault).status()).isEqualTo(TaskStatus.SUCCEEDED);

            harm(first(home.objects(vault).resolve(kind)), how);
            Task again = checked(home, vault);

            assertThat(again.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(again.problem().orElseThrow().code()).isEqualTo("verify.damaged");
            assertThat(again.outcome().get("backupsHit")).isEqualTo(List.of("one"));
            assertThat(home.again(one.id()).damaged()).isTrue();
        }
    }

    @Test
    void aBackupThatIsGoneFromItsVaultIsNotSaidToBeSound() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000, 2);
            Backup two = home.backUp(vault, disk, "two");
            assertThat(checked(home, vault).status()).isEqualTo(TaskStatus.SUCCEEDED);
            Path commit =
                    home.objects(vault).resolve("commit").resolve(two.session().orElseThrow());
            home.restart(() -> Files.delete(commit));

            Task again = checked(home, vault);

            assertThat(again.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(again.outcome().get("backupsHit")).isEqualTo(List.of("two"));
            assertThat(home.again(two.id()).damaged()).isTrue();
            assertThat(home.again(one.id()).damaged()).isFalse();
        }
    }

    @Test
    void nothingIsFreedWhileBackupsAreGoneThatNobodyDeleted() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000, 2);
            Backup two = home.backUp(vault, disk, "two");
            Path commits = home.objects(vault).resolve("commit");
            Path away = Files.move(commits, root.resolve("away"));

            Task deleted = home.console()
                    .tasks()
                    .await(home.console()
                            .deletion()
                            .delete(List.of(one.id()))
                            .getFirst()
                            .id());
            assertThat(deleted.problem().orElseThrow().code()).isEqualTo("collect.lost");
            Task collected = home.console()
                    .tasks()
                    .await(home.console().cleaning().start(vault.id()).id());
            assertThat(collected.problem().orElseThrow().code()).isEqualTo("collect.lost");
            assertThat(collected.problem().orElseThrow().args()).containsEntry("names", List.of("two"));

            Files.deleteIfExists(commits);
            Files.move(away, commits);
            home.restart();
            home.done(home.console().cleaning().start(vault.id()));
            Path copy = root.resolve("copy.img");
            home.restore(home.again(two.id()), new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({"head", "deleted"})
    void aMigrationLeavesTheOriginalsWhileACopyCannotBeRead(String how) throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault from = home.vault("vault_a", disk);
            Vault into = home.vault("vault_b");
            Backup one = home.backUp(from, disk, "one");
            Path commits = home.objects(into).resolve("commit");
            var harmed = new AtomicBoolean();
            Thread fault = Thread.ofPlatform().daemon().start(() -> {
                while (!harmed.get()) {
                    try {
                        harm(first(commits), how);
                        harmed.set(true);
                    } catch (Exception e) {
                        Thread.onSpinWait(); // Not there yet.
                    }
                }
            });
            Task moved = home.console()
                    .tasks()
                    .await(home.console()
                            .migrations()
                            .start(from.id(), List.of(disk.id()), into.id())
                            .getFirst()
                            .id());
            fault.join();

            assertThat(moved.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(moved.problem().orElseThrow().code()).isEqualTo("vault.damaged");
            assertThat(home.again(one.id()).vaultName()).isEqualTo("vault_a");
            Path copy = root.resolve("copy.img");
            Task restored = home.console().restores().start(new NewRestore(one.id(), new Target.NewFile(copy), true));
            home.done(restored);
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
        }
    }
}
