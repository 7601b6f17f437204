package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.TaskStatus;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P11 in the window: what was missed is asked, and done or left as it is answered. */
class MissedRunsTest {
    private static Policy asking(Policies policies, Policy like, String name) {
        PolicyPlan plan = like.plan();
        return policies.create(new PolicyPlan(
                name, true, plan.schedule(), plan.retention(), plan.fullEvery(), Missed.ASK, plan.conditions()));
    }

    private static List<Backup> backups(Days days, Disk disk) {
        return days.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 9).stream()
                .filter(backup -> backup.diskId().equals(disk.id()))
                .toList();
    }

    @Test
    void eachQuestionIsAnsweredForItself(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            Policies policies = days.console().policies();
            Policy nightly = policies.list().getFirst();
            Disk web = days.image("web", 1, Disk.Role.DATA);
            Disk db = days.image("db", 1, Disk.Role.DATA);
            policies.bind(
                    asking(policies, nightly, "ask_a").id(),
                    days.vault("office", web).id());
            policies.bind(
                    asking(policies, nightly, "ask_b").id(),
                    days.vault("archive", db).id());
            var desk = new TestDesk();
            try (var missed = new MissedRuns(
                    days.console().scheduler(),
                    policies,
                    days.console().vaults(),
                    days.console().events(),
                    desk.desk(days.clock()))) {
                missed.refresh();
                assertThat(missed.asked().get()).isEmpty();

                days.pass(Duration.ofDays(1));
                days.console().scheduler().tick();
                days.console().scheduler().await();
                assertThat(missed.asked().get())
                        .as("told without looking")
                        .extracting(asked ->
                                asked.policy().name() + " " + asked.vault().name())
                        .containsExactlyInAnyOrder("ask_a office", "ask_b archive");
                assertThat(missed.run().title().getValue()).isEqualTo(Sentence.of("missed.run.all"));
                assertThat(days.console().tasks().open()).isEmpty();

                missed.asked().get().stream()
                        .filter(asked -> asked.policy().name().equals("ask_a"))
                        .findFirst()
                        .ifPresent(asked -> missed.run(asked).run());
                days.settle();
                assertThat(missed.asked().get()).hasSize(1);
                assertThat(missed.skip().title().getValue()).isEqualTo(Sentence.of("missed.skip"));
                assertThat(backups(days, web)).hasSize(1);

                missed.skip().run();
                assertThat(missed.asked().get()).isEmpty();
                assertThat(backups(days, db)).isEmpty();
                assertThat(days.console().tasks().list(org.coffer.console.task.TaskFilter.ALL, 0, 9))
                        .extracting(task -> task.status())
                        .containsExactlyInAnyOrder(TaskStatus.SUCCEEDED, TaskStatus.SKIPPED);
                assertThat(Set.copyOf(desk.told()))
                        .containsExactlyInAnyOrder(
                                Sentence.of("missed.started", "n", 1L), Sentence.of("missed.skipped", "n", 1L));
            }
        }
    }
}
