package org.coffer.window.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Blocking;
import org.coffer.window.desk.Days;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** T1: work that stands for five minutes is shown as stalled, with what it waits for, until it moves again. */
@Timeout(120)
class StalledTest {
    @TempDir
    private Path root;

    private static Task live(Days days, UUID task) {
        return days.console().tasks().find(task).orElseThrow();
    }

    private static void await(Days days, UUID task, boolean stalled) {
        while (live(days, task).progress().stalled() != stalled) {
            Thread.onSpinWait();
        }
    }

    @Test
    void fiveMinutesWithoutProgressAreSaidAndTheFirstProgressTakesItBack() throws Exception {
        try (Days days = new Days(root, Instant.parse("2026-10-01T02:00:00Z"))) {
            Vault main = days.vault("main");
            Blocking work = new Blocking(days.console().tasks(), TaskType.VERIFY);
            UUID task = work.start(Task.Subject.vault(main.id(), "main", main.locationId()))
                    .id();
            // What was done until now is seen once before the clock moves.
            while (live(days, task).progress().done() == 0) {
                Thread.onSpinWait();
            }
            assertThat(TaskStates.of(live(days, task)).words().key()).isEqualTo("word.task.status.running");
            days.pass(Duration.ofMinutes(5));
            await(days, task, true);
            assertThat(TaskStates.of(live(days, task)).words().key()).isEqualTo("tasks.stalled");
            assertThat(TaskStates.of(live(days, task)).detail().orElseThrow().key())
                    .isEqualTo("tasks.stalled.detail");
            work.advance(1);
            days.pass(Duration.ofSeconds(1));
            await(days, task, false);
            work.letGo();
            days.console().tasks().await(task);
            assertThat(live(days, task).progress().stalled()).isFalse();
        }
    }
}
