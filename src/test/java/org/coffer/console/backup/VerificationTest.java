package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.NewRestore;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.ConsoleId;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checking backups without restoring them (B11). */
class VerificationTest {
    @TempDir
    private Path root;

    private static Path packOf(TestHome home, Vault vault, Backup backup) throws Exception {
        try (Stream<Path> all = Files.walk(
                home.objects(vault).resolve("data").resolve(backup.session().orElseThrow()))) {
            return all.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
    }

    private static Task checked(TestHome home, Vault vault, int percent) throws Exception {
        return home.done(home.console().verification().start(vault.id(), percent));
    }

    /** The checks, newest first. */
    private static List<Task> checks(TestHome home) {
        return home.console()
                .tasks()
                .list(
                        new TaskFilter(
                                Set.of(TaskType.VERIFY),
                                Set.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ""),
                        0,
                        9);
    }

    private static long bytes(Task task) {
        return task.outcome().get("bytes") instanceof Number bytes ? bytes.longValue() : -1;
    }

    @Test
    void everyByteOfSoundBackupsIsReadAndSaidToBeSound() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 1_000_000, 2);
            Backup two = home.backUp(vault, disk, "two");

            Task structure = checked(home, vault, 0);
            assertThat(structure.outcome()).containsEntry("bytes", 0).containsEntry("damaged", List.of());
            assertThat(home.again(one.id()).verifiedAt())
                    .as("not every byte was read")
                    .isEmpty();

            Task whole = checked(home, vault, 100);
            assertThat(bytes(whole)).isGreaterThan(3_000_000);
            assertThat(home.again(one.id()).verifiedAt()).isPresent();
            assertThat(home.again(two.id()).verifiedAt()).isPresent();
        }
    }

    @Test
    void damageNamesTheBackupsItHitsAndTheNextOneOfTheDiskIsFull() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Disk other = home.image("db", 6);
            Vault vault = home.vault("vault_a", disk, other);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000, 2);
            Backup two = home.backUp(vault, disk, "two");
            Backup apart = home.backUp(vault, other, "apart");
            Path pack = packOf(home, vault, one);
            home.restart(() -> TestHome.flip(pack, Files.size(pack) / 2));

            Task task = home.console().verification().start(vault.id(), 100);
            Problem why = home.failed(task);

            assertThat(why.code()).isEqualTo("verify.damaged");
            assertThat(why.args()).containsEntry("n", 2).containsEntry("names", List.of("two", "one"));
            assertThat(home.again(one.id()).damaged()).isTrue();
            assertThat(home.again(two.id()).damaged()).isTrue();
            assertThat(home.again(apart.id()).damaged()).isFalse();
            assertThat(home.again(apart.id()).verifiedAt()).isPresent();
            assertThat(home.console().tasks().find(task.id()).orElseThrow().outcome())
                    .containsEntry("backupsHit", List.of("two", "one"));
            List<LostRanges> lost =
                    LostRanges.of(home.console().tasks().find(task.id()).orElseThrow());
            assertThat(lost).extracting(LostRanges::backup).containsExactly("two", "one");
            for (LostRanges each : lost) {
                assertThat(each.runs()).isNotEmpty().allSatisfy(run -> {
                    assertThat(run.disk()).isEqualTo("web");
                    assertThat(run.from() % 65_536).isZero();
                    assertThat(run.to()).isGreaterThan(run.from()).isLessThanOrEqualTo(6 << 20);
                });
                assertThat(each.bytes())
                        .isEqualTo(each.runs().stream()
                                .mapToLong(run -> run.to() - run.from())
                                .sum());
            }
            // What the second changed at the beginning of the disk it has from elsewhere.
            assertThat(lost.getFirst().runs().getFirst().from()).isGreaterThanOrEqualTo(2 * 65_536);
            assertThat(LostRanges.of(home.again(one.id()).problem().orElseThrow()))
                    .as("the backup itself says so")
                    .contains(lost.getLast());
            assertThat(home.backUp(vault, disk, "three").kind()).isEqualTo(Kind.FULL);
            assertThat(home.backUp(vault, disk, "four").kind()).isEqualTo(Kind.INCREMENTAL);
        }
    }

    @Test
    void damageThatARestoreMetIsFollowedToEveryBackupThatNeedsIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 0, 100_000, 2);
            Backup two = home.backUp(vault, disk, "two");
            Path pack = packOf(home, vault, one);
            home.restart(() -> TestHome.flip(pack, Files.size(pack) / 2));

            home.failed(home.console()
                    .restores()
                    .start(new NewRestore(two.id(), new Target.NewFile(root.resolve("two.img")), true)));
            Task check = checks(home).getFirst();
            assertThat(home.failed(check).code()).isEqualTo("verify.damaged");
            assertThat(home.again(one.id()).damaged())
                    .as("nobody restored it yet")
                    .isTrue();
            assertThat(home.console()
                            .tasks()
                            .retryable(home.console().tasks().find(check.id()).orElseThrow()))
                    .isFalse();
        }
    }

    @Test
    void checksOfAShareGoOnWhereTheLastOneStoppedAcrossRestarts() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 200);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Set<String> reached = new TreeSet<>();
            for (int run = 0; run < 5; run++) {
                Task task = checked(home, vault, 20);
                assertThat(bytes(task)).isBetween(20_000_000L, 60_000_000L);
                reached.add(home.console()
                        .settings()
                        .get("verify.round." + vault.id())
                        .orElseThrow()
                        .split(" ", 4)[3]);
                home.restart();
            }
            assertThat(reached).as("each ended at another pack").hasSizeGreaterThan(2);
        }
    }

    @Test
    void oneBackupIsCheckedByItselfAndStaysUntilThatIsDone() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.console().locations().limit(vault.locationId(), 1);
            Task task = home.console().verification().startBackup(one.id(), true);
            try {
                assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(one.id()))))
                        .isEqualTo("backup.held");
            } finally {
                home.console().locations().limit(vault.locationId(), 0);
            }
            home.done(task);
            assertThat(home.again(one.id()).verifiedAt()).isPresent();
            assertThat(home.again(one.id()).status()).isEqualTo(BackupStatus.AVAILABLE);
        }
    }

    @Test
    void aPausedCheckGoesOnInTheNextProcessAndReadsNothingTwice() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 200);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            long stored = home.again(vault).used();
            home.console().locations().limit(vault.locationId(), 20);
            Task task = home.console().verification().start(vault.id(), 100);
            String round = "verify.round." + vault.id();
            while (home.console().settings().get(round).isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(home.console().tasks().pause(task.id()).status()).isEqualTo(TaskStatus.PAUSED);
            home.restart();
            assertThat(home.console().tasks().find(task.id()).orElseThrow().status())
                    .isEqualTo(TaskStatus.PAUSED);
            home.console().locations().limit(vault.locationId(), 0);

            home.console().tasks().resume(task.id());
            Task ended = home.done(home.console().tasks().find(task.id()).orElseThrow());

            assertThat(bytes(ended)).as("less than everything was left").isBetween(1L, stored - 20_000_000);
            assertThat(home.again(one.id()).verifiedAt()).isPresent();
        }
    }

    @Test
    void aCheckThatWasPausedCallsNoBackupSoundThatWasMadeMeanwhile() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 200);
            Disk other = home.image("mail", 4);
            Vault vault = home.vault("vault_a", disk, other);
            Backup one = home.backUp(vault, disk, "one");
            home.console().locations().limit(vault.locationId(), 20);
            Task task = home.console().verification().start(vault.id(), 100);
            while (home.console().settings().get("verify.round." + vault.id()).isEmpty()) {
                Thread.onSpinWait();
            }
            home.console().tasks().pause(task.id());
            home.console().locations().limit(vault.locationId(), 0);
            Backup meanwhile = home.backUp(vault, other, "meanwhile");

            home.console().tasks().resume(task.id());
            home.done(home.console().tasks().find(task.id()).orElseThrow());

            assertThat(home.again(one.id()).verifiedAt()).isPresent();
            assertThat(home.again(meanwhile.id()).verifiedAt())
                    .as("its packs may lie where the check had been")
                    .isEmpty();
            home.done(home.console().verification().start(vault.id(), 100));
            assertThat(home.again(meanwhile.id()).verifiedAt()).isPresent();
        }
    }

    @Test
    void whatANewerCofferWroteIsNoDamageAndNotCalledSoundEither() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Disk other = home.image("mail", 4);
            Vault vault = home.vault("vault_a", disk, other);
            Backup one = home.backUp(vault, disk, "one");
            Path pack = packOf(home, vault, one);
            Backup two = home.backUp(vault, other, "two");
            home.restart(() -> {
                try (FileChannel file = FileChannel.open(pack, StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.wrap(new byte[] {0, 9}), 4);
                }
            });

            Problem problem = home.failed(home.console().verification().start(vault.id(), 100));

            assertThat(problem.code()).isEqualTo("verify.newer");
            assertThat(problem.args()).containsEntry("names", List.of("one"));
            assertThat(home.again(one.id()).damaged()).isFalse();
            assertThat(home.again(one.id()).verifiedAt()).isEmpty();
            assertThat(home.again(two.id()).verifiedAt()).isPresent();
            assertThat(pack).exists();
        }
    }

    /** One of the vault's objects whose names begin so. */
    private static Path object(TestHome home, Vault vault, String prefix) throws Exception {
        try (Stream<Path> all = Files.walk(home.objects(vault))) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            home.objects(vault).relativize(file).toString().startsWith(prefix))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aDamagedCondemnationIsToldByTheQuickestCheckAndByFreeingRoomAndHitsNoBackup() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.console()
                    .vaults()
                    .open()
                    .get(vault.id())
                    .avoid(
                            new ConsoleId(1, 2),
                            home.objects(vault)
                                    .relativize(packOf(home, vault, one))
                                    .toString());
            Path condemned = object(home, vault, "condemned/");
            home.restart(() -> TestHome.flip(condemned, 60));
            String name = home.objects(vault).relativize(condemned).toString();

            Task check = home.console().verification().start(vault.id(), 0);
            Problem told = home.failed(check);

            assertThat(told.code()).isEqualTo("verify.marker");
            assertThat(told.args()).containsEntry("n", 1).containsEntry("names", List.of(name));
            assertThat(home.console().tasks().find(check.id()).orElseThrow().outcome())
                    .containsEntry("damaged", List.of(name))
                    .containsEntry("backupsHit", List.of());
            assertThat(home.again(one.id()).damaged()).isFalse();
            Problem collecting = home.failed(home.console().cleaning().start(vault.id()));
            assertThat(collecting.code()).isEqualTo("collect.marker");
            assertThat(collecting.args()).containsEntry("object", name);
        }
    }

    @Test
    void aDamagedHintIsInTheReportAndFailsNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            home.backUp(vault, disk, "one");
            Path header = object(home, vault, "header-2");
            Path index = object(home, vault, "index/");
            home.restart(() -> {
                TestHome.flip(header, 100);
                TestHome.flip(index, 60);
            });

            Task check = checked(home, vault, 100);

            assertThat(check.outcome().get("damaged"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrder(
                            "header-2", home.objects(vault).relativize(index).toString());
        }
    }

    @Test
    void whatCannotBeCheckedIsRefused() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_a");
            assertThat(Refusals.code(() -> home.console().verification().start(vault.id(), 101)))
                    .isEqualTo("verify.percent");
            assertThat(Refusals.code(() -> home.console().verification().start(vault.id(), 10)))
                    .isEqualTo("verify.nothing");
            assertThat(Refusals.code(() -> home.console().verification().startBackup(UUID.randomUUID(), true)))
                    .isEqualTo("backup.missing");
        }
    }

    @Test
    void theNextBackupHealsTheEarlierOnesWhereTheDiskStillHoldsWhatTheyLost() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 6);
            Vault vault = home.vault("vault_a", disk);
            byte[] first = Files.readAllBytes(disk.path());
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 5_900_000, 50_000, 2);
            Backup two = home.backUp(vault, disk, "two");
            Path pack = packOf(home, vault, one);
            home.restart(() -> TestHome.flip(pack, Files.size(pack) / 2));
            home.failed(home.console().verification().start(vault.id(), 100));
            assertThat(home.again(two.id()).damaged()).isTrue();

            assertThat(home.backUp(vault, disk, "three").kind()).isEqualTo(Kind.FULL);
            Task mending = checks(home).getFirst();
            home.done(mending);

            assertThat(home.console().tasks().steps(mending.id()))
                    .anyMatch(step -> step.key().equals("healed"));
            assertThat(home.again(one.id()).damaged()).isFalse();
            assertThat(home.again(two.id()).damaged()).isFalse();
            Path copy = root.resolve("copy.img");
            home.restore(one, new Target.NewFile(copy));
            assertThat(Files.readAllBytes(copy)).isEqualTo(first);
            assertThat(home.backUp(vault, disk, "four").kind()).isEqualTo(Kind.INCREMENTAL);
        }
    }

    @Test
    void whatWasMissingAndCameBackIsNoDamageAfterARestoreThatSucceeded() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 60);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            Path pack = packOf(home, vault, one);
            Path aside = root.resolve("aside");
            home.restart(() -> Files.move(pack, aside));
            Path copy = root.resolve("one.img");
            NewRestore wanted = new NewRestore(one.id(), new Target.NewFile(copy), true);
            home.failed(home.console().restores().start(wanted));
            home.failed(checks(home).getFirst());
            assertThat(home.again(one.id()).damaged()).isTrue();
            home.restart(() -> Files.move(aside, pack));

            home.done(home.console().restores().start(wanted));

            for (Task check : checks(home)) {
                home.console().tasks().await(check.id());
            }
            assertThat(home.again(one.id()).damaged()).isFalse();
        }
    }
}
