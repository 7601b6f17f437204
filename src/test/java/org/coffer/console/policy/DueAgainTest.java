package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.coffer.console.Refusals;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.BackupTrash;
import org.coffer.console.backup.Deletion;
import org.coffer.console.event.Event;
import org.coffer.console.task.NewTask;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.task.TaskStep;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was found due is judged again right before it goes (P13): until then everybody may change his mind. */
class DueAgainTest {
    @TempDir
    private Path root;

    /** What somebody does about a backup that is due by its date. */
    enum Change {
        NOTHING,
        DATE_TAKEN,
        DATE_PUT_OFF,
        POLICY_OFF;

        void make(PolicyHome home, UUID policy, UUID backup) {
            switch (this) {
                case NOTHING -> {}
                case DATE_TAKEN -> home.home.console().backups().expire(backup, Optional.empty());
                case DATE_PUT_OFF ->
                    home.home
                            .console()
                            .backups()
                            .expire(backup, Optional.of(home.clock.instant().plusSeconds(60)));
                case POLICY_OFF -> home.policies().enable(policy, false);
            }
        }
    }

    private static PolicyPlan twoDays() {
        return PolicyHome.plan("dated", new Retention.ByDays(2), "02:00");
    }

    /** The clean-up of a day finds what is due, and something is done before it can hold that. */
    private static void betweenFindingAndHolding(PolicyHome home, Runnable act) throws Exception {
        Thread daily = Thread.ofPlatform().unstarted(home.scheduler()::daily);
        home.home.console().backups().leases().take(() -> {
            daily.start();
            while (daily.isAlive() && daily.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            act.run();
            return "";
        });
        daily.join();
        home.settle();
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyChangesWhileTheDailyCleanUpLooksIsRespected(Change change) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(twoDays(), home.vault("a"));
            home.at("2026-11-03T02:00");
            UUID backup = home.rows().getFirst().id();
            home.clock.set("2026-11-06T00:00");
            betweenFindingAndHolding(home, () -> change.make(home, policy.id(), backup));
            assertThat(home.rows()).hasSize(change == Change.NOTHING ? 0 : 1);
        }
    }

    @Test
    void whatSomebodyPutsIntoTheTrashMeanwhileIsNotDeletedForEver() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(twoDays(), home.vault("a"));
            home.at("2026-11-03T02:00");
            UUID backup = home.rows().getFirst().id();
            home.clock.set("2026-11-06T00:00");
            betweenFindingAndHolding(
                    home, () -> home.home.console().deletion().trash().put(List.of(backup)));
            assertThat(home.home.console().backups().find(backup)).isPresent();
        }
    }

    @Test
    void whatSomebodyTakesOutOfTheTrashAsItIsEmptiedStays() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(9), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            UUID backup = home.rows().getLast().id();
            home.home.console().deletion().trash().put(List.of(backup));
            home.sql("update backup set trash_days = 20, trash_seen = '2026-11-03' where id = '" + backup + "'");
            Thread emptying = Thread.ofPlatform().unstarted(home.home.console().trash()::housekeeping);
            home.home.console().backups().leases().take(() -> {
                emptying.start();
                while (emptying.isAlive() && emptying.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                home.home.console().deletion().trash().takeBack(backup);
                return "";
            });
            emptying.join();
            home.settle();
            assertThat(home.rows()).hasSize(2);
        }
    }

    /** A deletion by rule that waits for its turn. */
    private static Task waiting(PolicyHome home, Vault vault, Backup... backups) throws Exception {
        List<String> ids = java.util.stream.Stream.of(backups)
                .map(backup -> backup.id().toString())
                .toList();
        home.sql("update backup set status = 'DELETING' where id in ('" + String.join("', '", ids) + "')");
        return home.home.console().tasks().create(byRule(vault, ids));
    }

    private static NewTask byRule(Vault vault, List<String> backups) {
        return new NewTask(
                TaskType.DELETE,
                Task.Subject.vault(vault.id(), vault.name(), vault.locationId()),
                Map.of("backups", backups, "by-rule", true));
    }

    private static List<String> steps(PolicyHome home, Task task) {
        return home.home.console().tasks().steps(task.id()).stream()
                .map(TaskStep::key)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyChangesWhileTheDeletionWaitsForItsTurnIsRespected(Change change) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(twoDays(), vault);
            home.at("2026-11-03T02:00");
            Backup backup = home.rows().getFirst();
            home.clock.set("2026-11-06T00:00");
            Task deletion = waiting(home, vault, backup);
            change.make(home, policy.id(), backup.id());
            home.home.console().tasks().launch(deletion);
            home.home.console().tasks().await(deletion.id());
            if (change == Change.NOTHING) {
                assertThat(home.rows()).isEmpty();
            } else {
                assertThat(home.rows()).extracting(Backup::status).containsExactly(BackupStatus.AVAILABLE);
                assertThat(steps(home, deletion)).contains("spared").doesNotContain("deleted");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatSomebodyChangesBeforeAFailedCleanUpIsTriedAgainIsRespected(Change change) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(twoDays(), vault);
            home.at("2026-11-03T02:00");
            UUID backup = home.rows().getFirst().id();
            home.clock.set("2026-11-06T00:00");
            Task failed = home.home
                    .console()
                    .tasks()
                    .createEnded(
                            byRule(vault, List.of(backup.toString())),
                            TaskStatus.FAILED,
                            Problem.of("location.offline", "location", "a"));
            change.make(home, policy.id(), backup);
            if (change == Change.NOTHING) {
                home.home.done(home.home.console().tasks().retry(failed.id()));
                assertThat(home.rows()).isEmpty();
            } else {
                assertThat(Refusals.code(() -> home.home.console().tasks().retry(failed.id())))
                        .isEqualTo("backup.not-due");
                assertThat(home.rows()).extracting(Backup::status).containsExactly(BackupStatus.AVAILABLE);
            }
        }
    }

    @Test
    void anEditWhileTheDeletionWaitsForItsTurnIsRespectedForEachOfThem() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.nightly(9), vault);
            for (int day = 3; day <= 6; day++) {
                home.at("2026-11-0" + day + "T02:00");
            }
            List<Backup> all = home.rows().reversed();
            // As if it had kept one, and was edited to two since.
            home.policies().edit(policy.id(), PolicyHome.nightly(2), false);
            home.sql("update policy set keeps_since = 0");
            Task deletion = waiting(home, vault, all.get(0), all.get(1), all.get(2));
            home.home.console().tasks().launch(deletion);
            home.home.console().tasks().await(deletion.id());
            assertThat(home.backups()).containsExactly("05T02:00", "06T02:00");
            assertThat(home.rows()).extracting(Backup::status).containsOnly(BackupStatus.AVAILABLE);
        }
    }

    @Test
    void switchingAPolicyOffStopsTheDeletionsThatAreLeft() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(twoDays(), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            home.at("2026-11-05T01:00");
            home.clock.set("2026-11-07T00:00");
            var off = new AtomicBoolean();
            home.home.console().events().subscribe(event -> {
                if (event instanceof Event.BackupChanged(UUID id)
                        && home.home.console().backups().find(id).isEmpty()
                        && !off.getAndSet(true)) {
                    home.policies().enable(policy.id(), false);
                }
            });
            home.scheduler().daily();
            home.settle();
            assertThat(home.rows()).as("of two that were due").hasSize(1);
        }
    }

    @Test
    void aFailedRunThatIsSparedKeepsItsReason() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            Policy policy = home.bound(PolicyHome.nightly(9), vault);
            Files.delete(
                    home.home.console().disks().get(vault.disks().getFirst()).path());
            home.at("2026-11-03T02:00");
            Optional<Problem> why = home.rows().getFirst().problem();
            Task deletion = waiting(home, vault, home.rows().getFirst());
            home.policies().enable(policy.id(), false);
            home.home.console().tasks().launch(deletion);
            home.home.console().tasks().await(deletion.id());
            assertThat(home.rows()).singleElement().satisfies(failed -> {
                assertThat(failed.status()).isEqualTo(BackupStatus.ERROR);
                assertThat(failed.problem()).isEqualTo(why);
            });
        }
    }

    /** What somebody does about a backup that rested in the trash long enough, once emptying that has failed. */
    enum Since {
        NOTHING,
        TAKEN_BACK,
        TAKEN_BACK_AND_PUT_THERE_AGAIN;

        void make(PolicyHome home, UUID backup) {
            BackupTrash trash = home.home.console().deletion().trash();
            if (this != NOTHING) {
                trash.takeBack(backup);
            }
            if (this == TAKEN_BACK_AND_PUT_THERE_AGAIN) {
                home.clock.set("2026-11-04T12:00");
                trash.put(List.of(backup));
            }
        }
    }

    /** A deletion that fails because the vault takes no marker, and is as it was afterwards. */
    private static Task failing(PolicyHome home, Vault vault, Runnable begin) throws Exception {
        Path markers = home.home.objects(vault).resolve("gone");
        Path aside = markers.resolveSibling("aside");
        boolean there = Files.exists(markers);
        if (there) {
            Files.move(markers, aside);
        }
        Files.writeString(markers, "in the way");
        begin.run();
        home.settle();
        Files.delete(markers);
        if (there) {
            Files.move(aside, markers);
        }
        return home.home.console().tasks().list(TaskFilter.ALL, 0, 100).stream()
                .filter(task -> task.type() == TaskType.DELETE && task.status() == TaskStatus.FAILED)
                .findFirst()
                .orElseThrow();
    }

    private static void tryAgain(PolicyHome home, Task failed, Since since, UUID backup) throws Exception {
        since.make(home, backup);
        if (since == Since.NOTHING) {
            home.home.done(home.home.console().tasks().retry(failed.id()));
            assertThat(home.home.console().backups().find(backup)).isEmpty();
        } else {
            assertThat(Refusals.code(() -> home.home.console().tasks().retry(failed.id())))
                    .isEqualTo("backup.taken-back");
            assertThat(home.home.console().backups().find(backup)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenOutOfTheTrashStaysWhenEmptyingItIsTriedAgain(Since since) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(9), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            UUID backup = home.rows().getLast().id();
            home.home.console().deletion().trash().put(List.of(backup));
            home.sql("update backup set trash_days = 20, trash_seen = '2026-11-03' where id = '" + backup + "'");
            tryAgain(home, failing(home, vault, home.home.console().trash()::housekeeping), since, backup);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenOutOfTheTrashStaysWhenDeletingItFromThereIsTriedAgain(Since since) throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(9), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            UUID backup = home.rows().getLast().id();
            Deletion deletion = home.home.console().deletion();
            deletion.trash().put(List.of(backup));
            tryAgain(home, failing(home, vault, () -> deletion.delete(List.of(backup))), since, backup);
        }
    }

    @Test
    void theLastGoodBackupOfADiskStaysWhenEmptyingTheTrashIsTriedAgain() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault vault = home.vault("a");
            home.bound(PolicyHome.nightly(9), vault);
            home.at("2026-11-03T02:00");
            home.at("2026-11-04T02:00");
            UUID backup = home.rows().getLast().id();
            home.home.console().deletion().trash().put(List.of(backup));
            home.sql("update backup set trash_days = 20, trash_seen = '2026-11-03' where id = '" + backup + "'");
            Task failed = failing(home, vault, home.home.console().trash()::housekeeping);
            home.home.delete(home.rows().getFirst());
            assertThat(Refusals.code(() -> home.home.console().tasks().retry(failed.id())))
                    .isEqualTo("backup.taken-back");
            assertThat(home.home.console().backups().find(backup)).isPresent();
        }
    }
}
