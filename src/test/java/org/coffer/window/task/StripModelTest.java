package org.coffer.window.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Blocking;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.coffer.window.shell.Strip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StripModelTest {
    @TempDir
    Path root;

    private Days days;
    private final TestDesk desk = new TestDesk();
    private boolean watched;
    private StripModel strip;
    private Blocking work;
    private Task.Subject subject;

    @BeforeEach
    void nothingRuns() throws Exception {
        days = new Days(root, Instant.parse("2026-10-01T02:00:00Z"));
        Vault main = days.vault("main");
        subject = Task.Subject.vault(main.id(), "main", main.locationId());
        work = new Blocking(days.console().tasks(), TaskType.VERIFY);
        strip = new StripModel(days.console().tasks(), days.console().events(), desk.desk(days.clock()), () -> watched);
    }

    @AfterEach
    void close() {
        work.letGo();
        days.close();
    }

    /** One look at the tasks, without listening to threads that the test does not hold. */
    private void look() {
        strip.follow().unsubscribe();
    }

    @Test
    void saysWhatRunsHowFarItIsAndLeadsToTheTasks() throws Exception {
        look();
        assertThat(strip.running().getValue()).isEmpty();
        Task task = work.start(subject);
        look();
        Strip.Running running = strip.running().getValue().orElseThrow();
        assertThat(running.words().args()).contains("main");
        running.open().run();
        assertThat(desk.routes()).extracting(route -> route.page()).containsExactly("tasks");
        work.letGo();
        days.console().tasks().await(task.id());
        look();
        assertThat(strip.running().getValue()).isEmpty();
        assertThat(desk.told()).extracting(news -> news.key()).containsExactly("tasks.news.verify");
    }

    @Test
    void whatIsPausedIsCountedApartAndStandsStill() throws Exception {
        Task held = work.pausable(true).start(subject);
        days.console().tasks().pause(held.id());
        look();
        Strip.Running alone = strip.running().getValue().orElseThrow();
        assertThat(alone.words().key()).isEqualTo("tasks.strip.paused");
        assertThat(alone.still()).isTrue();
        assertThat(alone.also()).isEmpty();

        work.start(subject);
        look();
        Strip.Running both = strip.running().getValue().orElseThrow();
        assertThat(both.words().key()).isNotEqualTo("tasks.strip.paused");
        assertThat(both.words().args()).startsWith("n", 1);
        assertThat(both.still()).isFalse();
        assertThat(both.also().orElseThrow()).isEqualTo(Sentence.of("tasks.strip.also-paused", "n", 1L));
    }

    @Test
    void aFailureElsewhereIsToldAndCountedUntilSomebodyLooks() throws Exception {
        Task task = work.start(subject);
        look();
        work.fail(Problem.of("vault.name-mismatch", "vault", "main"));
        days.console().tasks().await(task.id());
        look();
        assertThat(desk.problems()).extracting(Problem::code).containsExactly("vault.name-mismatch");
        assertThat(strip.unseenProperty().get()).isEqualTo(1);
        strip.markSeen();
        look();
        assertThat(strip.unseenProperty().get()).isZero();
    }

    @Test
    void whoeverLooksAtTheTasksIsToldNothing() throws Exception {
        watched = true;
        Task task = work.start(subject);
        look();
        work.fail(Problem.of("vault.name-mismatch", "vault", "main"));
        days.console().tasks().await(task.id());
        look();
        assertThat(desk.problems()).isEmpty();
        assertThat(strip.unseenProperty().get()).isZero();
        assertThat(days.console().tasks().unseenFailures()).isZero();
    }

    @Test
    void theFirstGoodBackupAfterAFailureSaysSo() throws Exception {
        Disk web = days.image("web", 2, Disk.Role.DATA);
        Vault vault = days.vault("second", web);
        Path away = root.resolve("away");
        Files.move(web.path(), away);
        days.backUp(vault, web, "broken");
        Files.move(away, web.path());
        days.pass(java.time.Duration.ofHours(1));
        StripModel.Ending ending = strip.ending(days.backUp(vault, web, "good"));
        assertThat(ending.again()).isTrue();
        days.pass(java.time.Duration.ofHours(1));
        assertThat(strip.ending(days.backUp(vault, web, "better")).again()).isFalse();
    }
}
