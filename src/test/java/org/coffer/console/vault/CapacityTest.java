package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V4, V6, V7: how large vaults are, when they are full, and how they grow. */
class CapacityTest {
    @TempDir
    private Path root;

    private static Vault small(TestHome home, boolean autoExpand, Disk... disks) {
        NewVault plain = home.newVault("vault_small", disks);
        return home.console()
                .vaults()
                .create(new NewVault(
                        plain.name(),
                        "",
                        plain.location(),
                        10,
                        plain.disks(),
                        true,
                        Optional.empty(),
                        autoExpand,
                        "",
                        Map.of()));
    }

    /** Lets a vault take up {@code gigabytes} at no cost: a hole among its objects. */
    private static void ballast(TestHome home, Vault vault, long gigabytes) throws Exception {
        Path folder = Files.createDirectories(home.objects(vault).resolve("data"));
        try (RandomAccessFile hole =
                new RandomAccessFile(folder.resolve("ballast").toFile(), "rw")) {
            hole.setLength(gigabytes * Vault.GB);
        }
    }

    private static List<Task> expansions(TestHome home, Vault vault) {
        return home.console()
                .tasks()
                .list(
                        new TaskFilter(
                                Set.of(TaskType.EXPAND),
                                Set.of(),
                                Optional.empty(),
                                Optional.of(vault.id()),
                                Optional.empty(),
                                ""),
                        0,
                        10);
    }

    @Test
    void theAdvisedCapacityIsTwiceTheDisksInWholeGbWithinTheLimits() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vaults vaults = home.console().vaults();
            assertThat(vaults.suggestedCapacityGb(List.of())).isEqualTo(10);
            Disk tiny = home.image("tiny", 1);
            assertThat(vaults.suggestedCapacityGb(List.of(tiny.id()))).isEqualTo(10);
            Disk odd = sparse(home, "odd", 30 * Vault.GB + 1);
            assertThat(vaults.suggestedCapacityGb(List.of(odd.id()))).isEqualTo(61);
            assertThat(vaults.suggestedCapacityGb(List.of(odd.id(), tiny.id()))).isEqualTo(61);
        }
    }

    private static Disk sparse(TestHome home, String name, long bytes) throws Exception {
        return home.sparse(name, bytes);
    }

    @Test
    void growingMultipliesByOneAndAQuarterRoundsUpAndRepeats() {
        assertThat(Capacity.grown(10, 10 * Vault.GB, 100)).isEqualTo(10);
        assertThat(Capacity.grown(10, 10 * Vault.GB + 1, 100)).isEqualTo(13);
        assertThat(Capacity.grown(10, 13 * Vault.GB + 1, 100)).isEqualTo(17);
        assertThat(Capacity.grown(100, 101 * Vault.GB, 1000)).isEqualTo(125);
        assertThat(Capacity.grown(10, 90 * Vault.GB, 20)).isEqualTo(20);
        assertThat(Capacity.grown(20, 90 * Vault.GB, 20)).isEqualTo(20);
        assertThat(Capacity.grown(10_000_000, 20_000_000 * Vault.GB, Vault.LARGEST_GB))
                .isEqualTo(10_485_760);
    }

    @Test
    void expandingByHandAddsAtLeastOneGbAndEndsAtTheMaximum() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = small(home, false);
            Capacity capacity = home.console().capacity();
            assertThat(Refusals.code(() -> capacity.expand(vault.id(), 0))).isEqualTo("capacity.step");
            assertThat(Refusals.code(() -> capacity.expand(vault.id(), -5))).isEqualTo("capacity.step");
            assertThat(Refusals.code(() -> capacity.expand(vault.id(), Long.MAX_VALUE)))
                    .isEqualTo("capacity.range");
            assertThat(Refusals.code(() -> capacity.expand(vault.id(), 10_485_751)))
                    .isEqualTo("capacity.range");
            home.done(capacity.expand(vault.id(), 1));
            assertThat(home.again(vault).capacityGb()).isEqualTo(11);
            home.done(capacity.expand(vault.id(), 10_485_749));
            assertThat(home.again(vault).capacityGb()).isEqualTo(10_485_760);
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void aVaultThatIsOverItsCapacityTakesNoBackupAndReadsNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = small(home, false, disk);
            home.backUp(vault, disk, "one");
            ballast(home, vault, 10);
            assertThat(home.console().vaults().measure(vault.id())).isGreaterThan(10 * Vault.GB);
            Task refused = home.tryBackUp(vault, disk, "two");
            assertThat(home.failed(refused).code()).isEqualTo("vault.full");
            assertThat(home.failed(refused).args())
                    .hasEntrySatisfying("used", used -> assertThat(used).hasToString("11"))
                    .hasEntrySatisfying("capacity", gb -> assertThat(gb).hasToString("10"));
            assertThat(refused.progress().done()).isZero();
            assertThat(home.console().tasks().steps(refused.id())).isEmpty();
            assertThat(home.console().backups().count(org.coffer.console.backup.BackupFilter.ALL))
                    .isEqualTo(2);
        }
    }

    @Test
    void aVaultThatIsExactlyFullTakesOneMoreBackup() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = small(home, false, disk);
            home.backUp(vault, disk, "one");
            ballast(home, vault, 10);
            home.console().vaults().store().used(vault.id(), 10 * Vault.GB);
            home.backUp(vault, disk, "two");
            assertThat(home.again(vault).used()).isGreaterThan(10 * Vault.GB);
            assertThat(home.failed(home.tryBackUp(vault, disk, "three")).code()).isEqualTo("vault.full");
        }
    }

    @Test
    void ofTwoAtOnceInAVaultThatIsExactlyFullOneRunsAndTheOtherWaitsAndFails() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk one = home.image("one", 20);
            Disk two = home.image("two", 20);
            Vault vault = small(home, false, one, two);
            ballast(home, vault, 10);
            home.console().vaults().open().get(vault.id());
            home.console().vaults().store().used(vault.id(), 10 * Vault.GB);
            List<Task> tasks = home.console()
                    .backups()
                    .start(new org.coffer.console.backup.NewBackup(vault.id(), List.of(), "both", "", false));
            Task first = home.console().tasks().await(tasks.get(0).id());
            Task second = home.console().tasks().await(tasks.get(1).id());
            assertThat(List.of(first.status(), second.status()))
                    .containsExactlyInAnyOrder(TaskStatus.SUCCEEDED, TaskStatus.FAILED);
            Task failed = first.status() == TaskStatus.FAILED ? first : second;
            assertThat(home.failed(failed).code()).isEqualTo("vault.full");
            assertThat(failed.progress().done()).isZero();
        }
    }

    @Test
    void aBackupThatEndsAboveTheCapacityMakesTheVaultGrowInOneTask() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = small(home, true, disk);
            home.backUp(vault, disk, "one");
            ballast(home, vault, 14);
            home.backUp(vault, disk, "two");
            for (Task task : expansions(home, vault)) {
                home.done(task);
            }
            assertThat(expansions(home, vault)).hasSize(1);
            assertThat(home.again(vault).capacityGb()).isEqualTo(17);
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.AVAILABLE);
            home.backUp(vault, disk, "three");
            assertThat(expansions(home, vault)).hasSize(1);
        }
    }

    @Test
    void switchingGrowthOnWhileAlreadyOverChangesNothingUntilExpandedByHand() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = small(home, false, disk);
            ballast(home, vault, 14);
            home.backUp(vault, disk, "one");
            home.console().vaults().autoExpand(vault.id(), true);
            assertThat(home.failed(home.tryBackUp(vault, disk, "two")).code()).isEqualTo("vault.full");
            assertThat(home.again(vault).capacityGb()).isEqualTo(10);
            home.done(home.console().capacity().expand(vault.id(), 10));
            home.backUp(vault, disk, "three");
        }
    }

    private static Task waiting(TestHome home, Vault vault, Map<String, Object> how) {
        return home.console()
                .tasks()
                .create(new NewTask(
                        TaskType.EXPAND, Task.Subject.vault(vault.id(), vault.name(), vault.locationId()), how));
    }

    @Test
    void twoExpansionsThatWereAskedForAtOnceAddUp() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = small(home, false);
            Task one = waiting(home, vault, Map.of("toGb", 20, "byGb", 10));
            Task two = waiting(home, vault, Map.of("toGb", 20, "byGb", 10));
            home.console().tasks().launch(one);
            home.console().tasks().launch(two);
            home.done(one);
            home.done(two);
            assertThat(home.again(vault).capacityGb()).isEqualTo(30);
            home.done(home.console().capacity().expand(vault.id(), 5));
            assertThat(expansions(home, vault).getFirst().parameters()).containsEntry("byGb", 5);
        }
    }

    @Test
    void aVaultThatIsInTheTrashByThenDoesNotGrowAndStaysAsItIs() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = small(home, false);
            Task task = waiting(home, vault, Map.of("toGb", 20));
            home.console().vaults().trashed(vault.id(), true);
            home.console().vaults().deleting(vault.id());
            home.console().tasks().launch(task);
            assertThat(home.failed(task).code()).isEqualTo("vault.trashed");
            assertThat(home.again(vault).capacityGb()).isEqualTo(10);
            assertThat(home.again(vault).status()).isEqualTo(VaultStatus.DELETING);
        }
    }
}
