package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault with more disks than may be backed up at once, when a condition of its policy ends: allowed hours, 22:00 to 06:00, or another (P11). */
class HoldingManyTest {
    private static final int DISKS = 8;
    private static final int AT_ONCE = 2;

    @TempDir
    private Path root;

    private PolicyHome home;
    private Vault vault;

    @BeforeEach
    void runsAtNight() throws Exception {
        home = new PolicyHome(root);
        Disk[] disks = new Disk[DISKS];
        for (int i = 0; i < DISKS; i++) {
            disks[i] = home.home.image("web" + i, 30);
        }
        vault = home.home.vault("vault_a", disks);
        var night =
                new Conditions(true, true, Optional.of(new Conditions.Hours(LocalTime.of(22, 0), LocalTime.of(6, 0))));
        home.bound(PolicyHome.with(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), night), vault);
        home.home.console().locations().limit(vault.locationId(), 1);
        at("2026-11-03T02:00");
        for (Task task : home.home.console().tasks().open().subList(0, AT_ONCE)) {
            home.home.awaitStep(task, "reading");
        }
        assertThat(count(TaskStatus.RUNNING)).isEqualTo(AT_ONCE);
    }

    @AfterEach
    void close() {
        home.close();
    }

    private void at(String local) throws InterruptedException {
        home.clock.set(local);
        home.look();
    }

    private long count(TaskStatus status) {
        return home.home.console().tasks().open().stream()
                .filter(task -> task.status() == status)
                .count();
    }

    /** Looks some times, with enough between for what was started to begin. */
    private void lookOnAndOn(String date) throws InterruptedException {
        for (int minute = 0; minute < 4; minute++) {
            at(date + ":0" + minute);
            LockSupport.parkNanos(200_000_000);
            assertThat(count(TaskStatus.WAITING)).isEqualTo(DISKS - AT_ONCE);
        }
        assertThat(count(TaskStatus.PAUSED)).isEqualTo(AT_ONCE);
    }

    /** Why the tasks of a status do not run; each one once. */
    private Set<String> reasons(TaskStatus status) {
        return home.home.console().tasks().open().stream()
                .filter(task -> task.status() == status)
                .map(task -> task.problem().map(Problem::code).orElse("none"))
                .collect(Collectors.toSet());
    }

    private void allEndNeverMoreThanMayBeAtOnce() {
        home.home.console().locations().limit(vault.locationId(), 0);
        while (!home.home.console().tasks().open().isEmpty()) {
            assertThat(count(TaskStatus.RUNNING)).isLessThanOrEqualTo(AT_ONCE);
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(home.tasks()).hasSize(DISKS).containsOnly("succeeded");
    }

    @Test
    void whatWaitsDoesNotBeginOutsideTheAllowedHours() throws Exception {
        assertThat(reasons(TaskStatus.WAITING)).as("for its turn alone").containsExactly("none");
        lookOnAndOn("2026-11-03T06");
        assertThat(reasons(TaskStatus.WAITING)).containsExactly("policy.hours");
        at("2026-11-03T22:00");
        assertThat(reasons(TaskStatus.WAITING)).containsExactly("none");
        assertThat(count(TaskStatus.RUNNING)).isEqualTo(AT_ONCE);
        assertThat(count(TaskStatus.WAITING)).isEqualTo(DISKS - AT_ONCE);
        allEndNeverMoreThanMayBeAtOnce();
    }

    @Test
    void theNetworkIsAskedAtMostOnceALook() throws Exception {
        home.surroundings.metered(true);
        // What is just being begun cannot be held still, and is at a later look.
        int minute = 1;
        for (; minute < 5 || (count(TaskStatus.PAUSED) < AT_ONCE && minute < 50); minute++) {
            LockSupport.parkNanos(20_000_000);
            int before = home.surroundings.asked();
            at("2026-11-03T02:%02d".formatted(minute));
            assertThat(home.surroundings.asked() - before)
                    .as("once for the battery, once for the network")
                    .isBetween(1, 2);
        }
        assertThat(count(TaskStatus.PAUSED)).isEqualTo(AT_ONCE);
        home.surroundings.metered(false);
        at("2026-11-03T02:%02d".formatted(minute));
        allEndNeverMoreThanMayBeAtOnce();
    }
}
