package org.coffer.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.MovableClock;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.engine.vault.Commit;
import org.coffer.engine.vault.Round;
import org.coffer.engine.work.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V15: a disk moves to another vault with all its backups, or stays where it is with all of them. */
class MigrationTest {
    @TempDir
    private Path root;

    private static Migrations migrations(TestHome home) {
        return home.console().migrations();
    }

    private static Task migrate(TestHome home, Vault from, Vault to, Disk disk) {
        return migrations(home).start(from.id(), List.of(disk.id()), to.id()).getFirst();
    }

    private static List<String> names(TestHome home, Vault vault) {
        return home.console().backups().ofVaultWithTrash(vault.id()).stream()
                .map(Backup::name)
                .toList();
    }

    /** How many backups lie in a vault, whatever the catalog says. */
    private static int stored(TestHome home, Vault vault) {
        var open = home.console().vaults().open().get(vault.id());
        open.refresh();
        assertThat(open.verify(
                                open.backups().stream().map(Commit::id).collect(java.util.stream.Collectors.toSet()),
                                Round.everything(),
                                Work.quiet())
                        .damaged())
                .isEmpty();
        return open.backups().size();
    }

    @Test
    void aDiskMovesWithAllItsBackupsTheirNamesDatesAndIds() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Disk other = home.image("mail", 2);
            Vault from = home.vault("from", disk, other);
            Vault to = home.vault("to");
            byte[] first = Files.readAllBytes(disk.path());
            Backup one = home.backUp(from, disk, "one");
            home.change(disk, 0, 500_000, 1);
            byte[] second = Files.readAllBytes(disk.path());
            Backup two = home.backUp(from, disk, "two");
            Backup trashed = home.backUp(from, disk, "three");
            Backup stays = home.backUp(from, other, "mail-1");
            home.console().deletion().trash().put(List.of(trashed.id()));
            home.console().backups().rename(one.id(), "first", "said before");
            Instant date = Instant.now().plus(Duration.ofDays(30)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
            home.console().backups().expire(two.id(), Optional.of(date));

            var asked = migrations(home).preview(from.id(), List.of(disk.id()), to.id());
            assertThat(asked.problem()).isEmpty();
            assertThat(asked.backups()).isEqualTo(3);
            assertThat(asked.bytes()).isGreaterThan(1_000_000);
            Task done = home.done(migrate(home, from, to, disk));

            assertThat(done.outcome()).containsEntry("backups", 3);
            assertThat(((Number) done.outcome().getOrDefault("freed", 0L)).longValue())
                    .isPositive();
            assertThat(names(home, from)).containsExactly("mail-1");
            assertThat(names(home, to)).containsExactlyInAnyOrder("first", "two", "three");
            assertThat(home.again(from).disks()).containsExactly(other.id());
            assertThat(home.again(to).disks()).containsExactly(disk.id());
            assertThat(home.again(one.id()).description()).isEqualTo("said before");
            assertThat(home.again(two.id()).expiresAt()).contains(date);
            assertThat(home.again(trashed.id()).trashedAt()).isPresent();
            assertThat(stored(home, from)).isEqualTo(1);
            assertThat(stored(home, to)).isEqualTo(3);
            assertThat(home.restored(home.again(one.id()))).isEqualTo(first);
            assertThat(home.restored(home.again(two.id()))).isEqualTo(second);
            assertThat(home.restored(home.again(stays.id()))).isEqualTo(Files.readAllBytes(other.path()));

            home.restart();
            assertThat(names(home, from)).containsExactly("mail-1");
            assertThat(names(home, to)).as("and nothing comes back").hasSize(3);
            Backup next = home.backUp(home.again(to), disk, "next");
            assertThat(next.sizes().added()).as("it leans on what was moved").isLessThan(200_000);
        }
    }

    @Test
    void mergingMovesEveryDiskAndWhatIsLeftOfUnboundOnes() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 1);
            Disk unbound = home.image("mail", 1);
            Disk fresh = home.image("new", 1);
            Vault from = home.vault("from", disk, unbound, fresh);
            Vault to = home.vault("to");
            home.backUp(from, disk, "one");
            home.backUp(from, unbound, "two");
            home.console().unbinding().unbind(from.id(), List.of(unbound.id()), Unbinding.Fate.KEEP);
            for (Task task : migrations(home).start(from.id(), List.of(), to.id())) {
                home.done(task);
            }
            assertThat(names(home, from)).isEmpty();
            assertThat(stored(home, from)).isZero();
            assertThat(names(home, to)).containsExactlyInAnyOrder("one", "two");
            assertThat(home.again(to).disks()).containsExactlyInAnyOrder(disk.id(), fresh.id());
            assertThat(Refusals.code(() -> migrations(home).start(from.id(), List.of(), to.id())))
                    .isEqualTo("migrate.nothing");
        }
    }

    @Test
    void whatStandsInTheWayIsSaidBeforeAnythingStarts() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 20);
            Disk other = home.image("mail", 1);
            Vault from = home.vault("from", disk);
            Vault to = home.vault("to");
            assertThat(Refusals.code(() -> migrate(home, from, from, disk))).isEqualTo("migrate.same");
            assertThat(Refusals.code(() -> migrate(home, from, to, other))).isEqualTo("migrate.nothing-of");
            Backup one = home.backUp(from, disk, "one");
            home.console()
                    .backups()
                    .damaged(
                            one.id(),
                            org.coffer.problem.Problem.of(
                                    "backup.damaged", "backup", "one", "vault", "from", "m", 0, "location", "place"));
            assertThat(Refusals.code(() -> migrate(home, from, to, disk))).isEqualTo("migrate.damaged");
            home.console().backups().whole(one.id());
            Task running;
            try (TestHome.Slowed _ = home.slowed(from)) {
                running = home.begin(from, disk, "two", true);
                assertThat(Refusals.code(() -> migrate(home, from, to, disk))).isEqualTo("backup.busy");
            }
            home.done(running);
            home.edit("update vault set used = 99999999999 where name = 'to'");
            assertThat(Refusals.code(() -> migrate(home, from, to, disk))).isEqualTo("migrate.room");
            home.edit("update vault set used = 0 where name = 'to'");
            home.console().vaults().lock(from.id(), "from");
            assertThat(Refusals.code(() -> migrate(home, from, to, disk))).isEqualTo("lock.migrate");
            assertThat(names(home, from)).hasSize(2);
        }
    }

    @Test
    void whileItRunsTheDiskAndItsBackupsAreHeldAndCallingItOffLeavesNothingAtTheTarget() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 24);
            Vault from = home.vault("from", disk);
            Vault to = home.vault("to");
            Backup one = home.backUp(from, disk, "one");
            Task task;
            try (TestHome.Slowed _ = home.slowed(from)) {
                task = migrate(home, from, to, disk);
                home.awaitStep(task, "migrating");
                assertThat(Refusals.code(() -> home.console().deletion().delete(List.of(one.id()))))
                        .isEqualTo("backup.held");
                assertThat(Refusals.code(() -> home.begin(from, disk, "two"))).isEqualTo("migrate.running");
                assertThat(Refusals.code(() -> home.console().trash().delete(to.id(), "to")))
                        .isEqualTo("vault.busy");
                home.console().tasks().cancel(task.id());
            }
            assertThat(home.console().tasks().await(task.id()).status()).isEqualTo(TaskStatus.CANCELED);
            assertThat(names(home, from)).contains("one");
            assertThat(home.again(from).disks()).containsExactly(disk.id());
            assertThat(stored(home, to)).isZero();
        }
    }

    @Test
    void aFailedOneGoesOnWithWhatItHasCopiedAndIsGivenUpAfterTwoWeeks() throws Exception {
        MovableClock clock = new MovableClock();
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Vault from = home.vault("from", disk);
            Vault to = home.vault("to");
            home.backUp(from, disk, "one");
            home.change(disk, 0, 300_000, 1);
            Backup two = home.backUp(from, disk, "two");
            // The newer one cannot be read: the first is copied, the second is not.
            Path pack = data(home, from, two);
            byte[] right = Files.readAllBytes(pack);
            Files.write(pack, new byte[right.length]);
            Task failed = migrate(home, from, to, disk);
            assertThat(home.failed(failed).code()).isEqualTo("vault.damaged");
            assertThat(names(home, from)).containsExactly("two", "one");
            assertThat(home.again(two.id()).damaged())
                    .as("damage that it met is known from now on")
                    .isTrue();
            assertThat(stored(home, to)).isEqualTo(1);
            home.restart();
            assertThat(names(home, to))
                    .as("a copy that no row names is no news")
                    .isEmpty();

            Files.write(pack, right);
            home.console().backups().whole(two.id());
            Task again = home.console().tasks().retry(failed.id());
            home.done(again);
            assertThat(home.console().tasks().steps(again.id()).stream()
                            .filter(step -> step.key().equals("migrating")))
                    .as("only what was missing")
                    .hasSize(1);
            assertThat(names(home, to)).containsExactly("two", "one");
            assertThat(home.restored(home.again(two.id()))).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }

    private static Path data(TestHome home, Vault vault, Backup backup) throws Exception {
        try (var all = Files.walk(
                home.objects(vault).resolve("data").resolve(backup.session().orElseThrow()))) {
            return all.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }

    @Test
    void copiesOfAMigrationThatNobodyGoesOnWithAreGivenUpAfterTwoWeeks() throws Exception {
        MovableClock clock = new MovableClock();
        try (TestHome home = new TestHome(root, clock)) {
            Disk disk = home.image("web", 2);
            Vault from = home.vault("from", disk);
            Vault to = home.vault("to");
            home.backUp(from, disk, "one");
            home.change(disk, 0, 300_000, 1);
            Path pack = data(home, from, home.backUp(from, disk, "two"));
            Files.write(pack, new byte[(int) Files.size(pack)]);
            assertThat(home.failed(migrate(home, from, to, disk)).code()).isEqualTo("vault.damaged");
            clock.push(Migrations.PATIENCE.minusDays(1));
            migrations(home).housekeeping();
            assertThat(stored(home, to)).isEqualTo(1);
            clock.push(Duration.ofDays(2));
            migrations(home).housekeeping();
            assertThat(stored(home, to)).isZero();
            assertThat(names(home, from)).hasSize(2);
        }
    }

    @Test
    void anOriginalThatIsBeingReadIsDeletedAtTheSourceWhenItNoLongerIs() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 1);
            Vault from = home.vault("from", disk);
            Vault to = home.vault("to");
            Backup one = home.backUp(from, disk, "one");
            Task task = migrate(home, from, to, disk);
            try (Leases.Look _ = home.console().backups().leases().lookAt(one.id())) {
                home.done(task);
                assertThat(names(home, to)).containsExactly("one");
            }
            migrations(home).housekeeping();
            assertThat(stored(home, from)).isZero();
            assertThat(home.restored(home.again(one.id()))).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }
}
