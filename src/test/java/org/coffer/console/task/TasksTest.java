package org.coffer.console.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.console.audit.AuditEntry;
import org.coffer.console.audit.AuditEvent;
import org.coffer.console.audit.AuditFilter;
import org.coffer.console.audit.Caller;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.coffer.text.Language;
import org.coffer.text.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T1 to T4: work as it runs, ends and is settled. */
class TasksTest {
    @TempDir
    private Path root;

    private static TaskFilter filter(Set<TaskType> types, Set<TaskStatus> statuses, String text) {
        return new TaskFilter(types, statuses, Optional.empty(), Optional.empty(), Optional.empty(), text);
    }

    /** Makes one task that fails and leaves a backup in error. */
    private static Task failure(TestHome home, Vault vault, Disk disk, String name) throws Exception {
        Path away = disk.path().resolveSibling("away");
        Files.move(disk.path(), away);
        Task failed = home.tryBackUp(vault, disk, name);
        assertThat(home.failed(failed).code()).isEqualTo("disk.missing");
        Files.move(away, disk.path());
        return failed;
    }

    @Test
    void aTaskTellsWhatItIsAboutWhoStartedItAndHowItEnded() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 8);
            Vault vault = home.vault("vault_a", disk);
            Task task = new Caller("alice", Caller.From.COMMAND)
                    .call(() -> home.console()
                            .backups()
                            .start(new NewBackup(vault.id(), List.of(), "one", "", false))
                            .getFirst());
            Task ended = home.done(task);
            assertThat(ended.type()).isEqualTo(TaskType.BACKUP);
            assertThat(ended.caller()).isEqualTo(new Caller("alice", Caller.From.COMMAND));
            assertThat(ended.subject().vaultId()).contains(vault.id());
            assertThat(ended.subject().resourceName()).isEqualTo("web");
            assertThat(ended.started()).isPresent();
            assertThat(ended.ended()).isPresent();
            assertThat(ended.problem()).isEmpty();
            home.restart();
            assertThat(home.console().tasks().find(task.id()).orElseThrow().outcome())
                    .isEqualTo(ended.outcome());
        }
    }

    @Test
    void everyLineOfEveryLogHasASentenceInBothLanguages() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 4);
            Vault vault = home.vault("vault_a", disk);
            Backup one = home.backUp(vault, disk, "one");
            home.change(disk, 4_500_000, 10_000, 1);
            Backup two = home.backUp(vault, disk, "two");
            home.restore(two, new org.coffer.console.restore.Target.NewFile(root.resolve("copy.img")));
            home.delete(one);
            home.done(home.console().cleaning().start(vault.id()));
            home.done(home.console().capacity().expand(vault.id(), 1));
            for (Task task : home.console().tasks().list(TaskFilter.ALL, 0, 100)) {
                List<TaskStep> steps = home.console().tasks().steps(task.id());
                assertThat(steps).as(task.type().name()).isNotEmpty();
                for (TaskStep step : steps) {
                    Object[] args = step.args().entrySet().stream()
                            .flatMap(arg -> java.util.stream.Stream.of(arg.getKey(), arg.getValue()))
                            .toArray();
                    for (Language language : Language.values()) {
                        String said = Text.of(language, Clock.systemUTC()).get("task.step." + step.key(), args);
                        assertThat(said).as(step.key()).isNotBlank().doesNotContain("{");
                    }
                }
            }
        }
    }

    @Test
    void theListIsFilteredByAllConditionsTogether() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk web = home.image("web", 2);
            Disk mail = home.image("mail", 2);
            Vault vault = home.vault("vault_a", web, mail);
            Task good = home.done(home.tryBackUp(vault, web, "one"));
            Task bad = failure(home, vault, mail, "two");
            home.done(home.console().capacity().expand(vault.id(), 1));
            Tasks tasks = home.console().tasks();
            assertThat(tasks.count(TaskFilter.ALL)).isEqualTo(3);
            assertThat(ids(tasks, filter(Set.of(TaskType.BACKUP), Set.of(), "")))
                    .containsExactlyInAnyOrder(good.id(), bad.id());
            assertThat(ids(tasks, filter(Set.of(TaskType.BACKUP), Set.of(TaskStatus.FAILED), "")))
                    .containsExactly(bad.id());
            assertThat(ids(tasks, filter(Set.of(), Set.of(), "MAIL"))).containsExactly(bad.id());
            assertThat(ids(
                            tasks,
                            filter(Set.of(), Set.of(), good.id().toString().substring(0, 8))))
                    .containsExactly(good.id());
            assertThat(tasks.count(TaskFilter.ofVault(vault.id()))).isEqualTo(3);
            assertThat(tasks.count(TaskFilter.ofVault(UUID.randomUUID()))).isZero();
            assertThat(ids(
                            tasks,
                            new TaskFilter(
                                    Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.of(web.id()), "")))
                    .containsExactly(good.id());
            assertThat(tasks.count(new TaskFilter(
                            Set.of(),
                            Set.of(),
                            Optional.of(home.console().clock().instant().plus(Duration.ofDays(1))),
                            Optional.empty(),
                            Optional.empty(),
                            "")))
                    .isZero();
            assertThat(tasks.list(TaskFilter.ALL, 1, 1)).hasSize(1);
        }
    }

    private static List<UUID> ids(Tasks tasks, TaskFilter filter) {
        return tasks.list(filter, 0, 10).stream().map(Task::id).toList();
    }

    @Test
    void failuresAreCountedUntilSeenDeletedOneByOneOrTogetherAndTheirErrorBackupsStay() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Task good = home.done(home.tryBackUp(vault, disk, "good"));
            List<Task> bad = List.of(
                    failure(home, vault, disk, "a"), failure(home, vault, disk, "b"), failure(home, vault, disk, "c"));
            Tasks tasks = home.console().tasks();
            assertThat(tasks.unseenFailures()).isEqualTo(3);
            tasks.markAllSeen();
            assertThat(tasks.unseenFailures()).isZero();

            assertThat(Refusals.code(() -> tasks.delete(good.id()))).isEqualTo("task.not-failed");
            assertThat(Refusals.code(() -> tasks.delete(UUID.randomUUID()))).isEqualTo("task.missing");
            tasks.delete(bad.getFirst().id());
            assertThat(tasks.find(bad.getFirst().id())).isEmpty();
            assertThat(tasks.clearFailed()).isEqualTo(2);
            assertThat(tasks.clearFailed()).isZero();
            assertThat(ids(tasks, TaskFilter.ALL)).containsExactly(good.id());
            for (Task task : bad) {
                assertThat(home.backup(task).status()).isEqualTo(BackupStatus.ERROR);
                assertThat(home.backup(task).problem().map(Refusals::spoken)).isPresent();
            }
        }
    }

    @Test
    void aFailedTaskIsDoneAgainAsANewOneAndAnythingElseIsNot() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 2);
            Vault vault = home.vault("vault_a", disk);
            Task failed = failure(home, vault, disk, "nightly");
            Tasks tasks = home.console().tasks();
            Task again = home.done(tasks.retry(failed.id()));
            assertThat(again.id()).isNotEqualTo(failed.id());
            assertThat(home.backup(again).name()).isEqualTo("nightly");
            assertThat(home.backup(again).status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(Refusals.code(() -> tasks.retry(again.id()))).isEqualTo("task.not-retryable");
            assertThat(Refusals.code(() -> tasks.retry(UUID.randomUUID()))).isEqualTo("task.missing");
            assertThat(tasks.find(failed.id()).orElseThrow().status()).isEqualTo(TaskStatus.FAILED);
        }
    }

    @Test
    void aTaskThatFailsAtTheVeryEndIsNotShownAsWholeAndOneThatSucceedsIs() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Tasks tasks = home.console().tasks();
            tasks.register(TaskType.VERIFY, new TaskHandler() {
                @Override
                public void run(TaskRun run) {
                    run.work().expect(10_000_000);
                    run.work().advance(10_000_000);
                    if (run.task().parameters().containsKey("fail")) {
                        throw new ProblemException(Problem.of("disk.faulty", "disk", "web"));
                    }
                }

                @Override
                public boolean settle(Task interrupted) {
                    return false;
                }

                @Override
                public Task retry(Task failed) {
                    return failed;
                }
            });
            assertThat(percent(tasks, Map.of("fail", true))).isEqualTo(99);
            assertThat(percent(tasks, Map.of())).isEqualTo(100);
        }
    }

    private static int percent(Tasks tasks, Map<String, Object> parameters) throws InterruptedException {
        Task task = tasks.create(new NewTask(
                TaskType.VERIFY,
                new Task.Subject("web", Optional.empty(), "", Optional.empty(), "", Optional.empty(), Optional.empty()),
                parameters));
        tasks.launch(task);
        return tasks.await(task.id()).progress().percent();
    }

    @Test
    void whatRanOrWaitedWhenTheConsoleClosedIsSettledAtTheNextStart() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk one = home.image("one", 80);
            Disk two = home.image("two", 80);
            Disk three = home.image("three", 80);
            Vault vault = home.vault("vault_a", one, two, three);
            // Two that run and one that waits, none of them near its end.
            TestHome.Slowed slowed = home.slowed(vault);
            List<Task> started = home.console().backups().start(new NewBackup(vault.id(), List.of(), "all", "", false));
            home.restart();
            slowed.close();
            assertThat(home.console().tasks().open()).isEmpty();
            for (Task task : started) {
                assertThat(home.failed(task).code()).isEqualTo("task.interrupted");
                assertThat(home.failed(task).args().get("time"))
                        .as("stays a moment in the catalog, which each language writes its own way")
                        .isInstanceOf(Instant.class);
                assertThat(home.backup(task).status()).isEqualTo(BackupStatus.ERROR);
                assertThat(home.backup(task)
                                .problem()
                                .map(Refusals::spoken)
                                .orElseThrow()
                                .code())
                        .isEqualTo("task.interrupted");
            }
            assertThat(home.console().audit().list(AuditFilter.ALL, 0, 100))
                    .noneMatch(line -> line.event() == AuditEvent.CANCEL_TASK)
                    .filteredOn(line -> line.event() == AuditEvent.CREATE_BACKUP)
                    .hasSize(3)
                    .noneMatch(AuditEntry::succeeded);
            home.backUp(vault, one, "again");
        }
    }

    @Test
    void aTaskThatIsCanceledWhileItWaitsForAPlaceEndsAtOnce() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Disk one = home.image("one", 60);
            Disk two = home.image("two", 60);
            Disk three = home.image("three", 60);
            Vault vault = home.vault("vault_a", one, two, three);
            List<Task> started;
            // The two that got a place keep it.
            try (TestHome.Slowed _ = home.slowed(vault)) {
                started = home.console().backups().start(new NewBackup(vault.id(), List.of(), "all", "", false));
                Tasks tasks = home.console().tasks();
                Task waiting = started.get(2);
                tasks.cancel(waiting.id());
                Task ended = tasks.await(waiting.id());
                assertThat(ended.status()).isEqualTo(TaskStatus.CANCELED);
                assertThat(ended.started()).isEmpty();
                assertThat(home.console()
                                .backups()
                                .find(waiting.subject().backupId().orElseThrow()))
                        .isEmpty();
                assertThat(started.subList(0, 2))
                        .allMatch(task ->
                                !tasks.find(task.id()).orElseThrow().status().ended());
            }
            home.done(started.get(0));
            home.done(started.get(1));
            home.backUp(vault, three, "again");
        }
    }
}
