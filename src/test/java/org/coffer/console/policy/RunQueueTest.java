package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.coffer.console.backup.Backup;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskFilter;
import org.coffer.console.task.TaskType;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the scheduler found due is begun apart from its looks (P11): here somebody holds the line in which all stand who begin
 * something, so that the runs are noticed and cannot begin, and lets it go again. It is Monday 2 November 2026, 10:00.
 */
class RunQueueTest {
    @TempDir
    private Path root;

    /** Holds the line until it is closed. */
    private static final class HeldLine implements AutoCloseable {
        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread holder;

        HeldLine(PolicyHome home) throws InterruptedException {
            var held = new CountDownLatch(1);
            holder = Thread.ofPlatform()
                    .start(() -> home.home.console().backups().leases().take(() -> {
                        held.countDown();
                        try {
                            over.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return held;
                    }));
            held.await();
        }

        @Override
        public void close() {
            over.countDown();
            try {
                holder.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Changes something between the look that finds 02:00 due and the beginning of that run. */
    private static void between(PolicyHome home, Runnable change) throws InterruptedException {
        home.clock.set("2026-11-03T02:00");
        try (var _ = new HeldLine(home)) {
            home.scheduler().tick();
            change.run();
            home.scheduler().tick();
            assertThat(home.rows()).as("neither a look nor a change waits").isEmpty();
        }
        home.tick();
        home.at("2026-11-03T02:01");
    }

    private static List<SlotFate> fates(PolicyHome home, Policy policy) {
        return home.scheduler().last(policy.id(), 9).stream().map(SlotRun::fate).toList();
    }

    @Test
    void eachVaultRunsOnceHoweverOftenItIsNoticed() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault[] vaults = new Vault[6]; // More than begin at once.
            for (int i = 0; i < vaults.length; i++) {
                vaults[i] = home.vault("disk" + i);
            }
            Policy policy = home.bound(PolicyHome.nightly(9), vaults);
            between(home, home.scheduler()::tick);
            assertThat(home.tasks()).hasSize(6).containsOnly("succeeded");
            assertThat(fates(home, policy)).hasSize(6).containsOnly(SlotFate.STARTED);
        }
    }

    @Test
    void aPolicyThatIsSwitchedOffMeanwhileDoesNotRun() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.nightly(9), home.vault("a"));
            between(home, () -> home.policies().enable(policy.id(), false));
            assertThat(home.tasks()).containsExactly("skipped policy.withdrawn");
            assertThat(home.backups()).isEmpty();
            home.policies().enable(policy.id(), true);
            home.at("2026-11-03T02:02");
            assertThat(home.tasks()).as("nor later").hasSize(1);
            home.at("2026-11-04T02:00");
            assertThat(home.backups()).containsExactly("04T02:00");
        }
    }

    @Test
    void aPolicyThatIsDeletedMeanwhileDoesNotRun() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.nightly(9), home.vault("a"));
            between(home, () -> home.policies().delete(policy.id()));
            assertThat(home.tasks()).containsExactly("skipped policy.withdrawn");
            assertThat(home.backups()).isEmpty();
        }
    }

    @Test
    void aVaultThatIsUnboundMeanwhileIsNotBackedUpAndTheOthersAre() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Vault left = home.vault("a");
            Vault kept = home.vault("b");
            home.bound(PolicyHome.nightly(9), left, kept);
            between(home, () -> home.policies().unbind(left.id()));
            assertThat(home.tasks()).containsExactlyInAnyOrder("skipped policy.withdrawn", "succeeded");
            assertThat(home.rows()).extracting(Backup::vaultId).containsExactly(kept.id());
        }
    }

    @Test
    void aPolicyThatIsEditedMeanwhileRunsByWhatItSaysThen() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.nightly(9), home.vault("a"));
            between(
                    home,
                    () -> home.policies()
                            .edit(policy.id(), PolicyHome.nightly(9).keeping(new Retention.ByDays(7)), false));
            assertThat(home.tasks()).containsExactly("succeeded");
            Backup made = home.rows().getFirst();
            assertThat(made.expiresAt()).contains(made.createdAt().plus(Duration.ofDays(7)));
            assertThat(fates(home, policy)).containsExactly(SlotFate.STARTED);
        }
    }

    @Test
    void anAnswerIsCarriedOutOnceAlsoWhileTheNextSlotBegins() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Policy policy = home.bound(PolicyHome.with(PolicyHome.nightly(9), Missed.ASK), home.vault("a"));
            home.at("2026-11-03T09:00");
            SlotRun asked = home.scheduler().open().getFirst();
            home.clock.set("2026-11-04T02:00");
            Thread answering;
            try (var _ = new HeldLine(home)) {
                home.scheduler().tick();
                answering = Thread.ofPlatform().start(() -> home.scheduler().answer(asked, true));
            }
            answering.join();
            home.tick();
            assertThat(fates(home, policy))
                    .as("answered before the next slot took over, or given up")
                    .isIn(List.of(SlotFate.STARTED, SlotFate.STARTED), List.of(SlotFate.STARTED, SlotFate.SKIPPED));
            assertThat(home.tasks().stream().filter("succeeded"::equals).count())
                    .isLessThanOrEqualTo(2);
            assertThat(home.scheduler().answer(asked, true).map(SlotRun::fate))
                    .isNotEqualTo(Optional.of(SlotFate.ASKED));
        }
    }

    @Test
    void whatIsNotBegunWhenTheProgramEndsBeginsAtTheNextStart() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            home.bound(PolicyHome.nightly(9), home.vault("a"));
            home.clock.set("2026-11-03T02:00");
            home.scheduler().stop();
            home.look();
            assertThat(home.tasks()).isEmpty();
            home.home.restart();
            home.at("2026-11-03T02:04");
            assertThat(home.tasks()).containsExactly("succeeded");
            assertThat(home.home.console().tasks().list(TaskFilter.ALL, 0, 9))
                    .extracting(Task::type)
                    .containsOnly(TaskType.BACKUP);
        }
    }
}
