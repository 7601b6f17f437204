package org.coffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.coffer.Started.End;
import org.coffer.console.MovableClock;
import org.coffer.console.TestHome;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Origin;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.SlotFate;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code coffer daemon} as a process of its own, ended in the middle of a policy's run (Z3, T4).
 *
 * <p>The run makes up for a slot that was missed: the policy was made yesterday. Its disk gives two packs, and the location
 * takes 1 MB a second: the second pack waits for the first, half a minute on any machine.
 */
@Timeout(180)
class DaemonProcessTest {
    @TempDir
    private Path folder;

    private Disk disk;
    private Vault vault;
    private Policy policy;
    private Path packs;

    @BeforeEach
    void aPolicyThatMissedItsSlot() throws Exception {
        var yesterday = new MovableClock();
        yesterday.push(Duration.ofHours(-25));
        try (TestHome home = new TestHome(folder, yesterday)) {
            disk = home.image("web", 120);
            vault = home.vault("office", disk);
            policy = home.console().policies().list().getFirst();
            home.console().policies().bind(policy.id(), vault.id());
            home.console().locations().limit(vault.locationId(), 1);
            packs = home.objects(vault).resolve("data");
        }
    }

    /** Starts the daemon and ends it in the middle of the run. */
    private int endedInTheMiddle(String signal) throws Exception {
        try (Started daemon = Started.coffer(folder, "daemon")) {
            daemon.awaitError("Ctrl+C");
            while (isEmpty(packs)) {
                LockSupport.parkNanos(1_000_000);
            }
            daemon.signal(signal);
            return daemon.end().status();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return true;
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    /** Starts the daemon once more, and ends it when no task is open. */
    private void startedAgain() throws Exception {
        try (Started daemon = Started.coffer(folder, "daemon")) {
            daemon.awaitError("Ctrl+C");
            Map<String, Object> task;
            do {
                task = task();
            } while (List.of("waiting", "running", "paused").contains(task.get("status")));
            daemon.signal("TERM");
            assertThat(daemon.end().status()).isEqualTo(128 + 15);
        }
    }

    /** The only task that there is, as the command line tells it. */
    private Map<String, Object> task() throws Exception {
        try (Started list = Started.coffer(folder, "task", "list", "--json")) {
            End listed = list.end();
            assertThat(listed.status()).as(listed.err()).isZero();
            List<Object> tasks = JSON.std.listFrom(listed.out().lines().toList().getLast());
            assertThat(tasks).hasSize(1);
            return JSON.std.mapFrom(JSON.std.asString(tasks.getFirst()));
        }
    }

    private static Task only(TestHome home) {
        List<Task> tasks = home.console().tasks().list(TaskFilter.ALL, 0, 10);
        assertThat(tasks).hasSize(1);
        return tasks.getFirst();
    }

    @Test
    void askedToEndItHoldsItsRunStillAndTheNextStartGoesOn() throws Exception {
        assertThat(endedInTheMiddle("TERM")).isEqualTo(128 + 15);
        Task held;
        try (TestHome home = new TestHome(folder)) {
            held = only(home);
            assertThat(held.status()).isEqualTo(TaskStatus.PAUSED);
            assertThat(home.backup(held).status()).isEqualTo(BackupStatus.CREATING);
            home.console().locations().limit(vault.locationId(), 0);
        }
        startedAgain();
        try (TestHome home = new TestHome(folder)) {
            assertThat(only(home).id()).as("the same run").isEqualTo(held.id());
            Backup made = home.backup(held);
            assertThat(made.status()).isEqualTo(BackupStatus.AVAILABLE);
            assertThat(made.origin()).isEqualTo(Origin.AUTOMATIC);
            assertThat(home.restored(made)).isEqualTo(Files.readAllBytes(disk.path()));
        }
    }

    @Test
    void killedItFailsItsRunAtTheNextStartAndDoesNotRunTheSlotAgain() throws Exception {
        assertThat(endedInTheMiddle("KILL")).isEqualTo(128 + 9);
        startedAgain();
        try (TestHome home = new TestHome(folder)) {
            Task failed = only(home);
            assertThat(failed.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(failed.problem().map(why -> why.code())).contains("task.interrupted");
            assertThat(home.backup(failed).status()).isEqualTo(BackupStatus.ERROR);
            assertThat(home.console().scheduler().last(policy.id(), 5))
                    .extracting(SlotRun::fate)
                    .containsExactly(SlotFate.STARTED);
        }
    }
}
