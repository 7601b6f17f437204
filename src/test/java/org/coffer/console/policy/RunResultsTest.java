package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runs ended, by the tasks that they started. It is Monday 2 November 2026, 10:00. */
class RunResultsTest {
    @TempDir
    private Path root;

    private static List<String> told(PolicyHome home, Policy policy) {
        return home.home.console().results().last(policy.id(), 30).reversed().stream()
                .map(result -> result.outcome() + " " + result.good() + "/" + result.disks())
                .toList();
    }

    private void away(String disk) throws Exception {
        Files.move(root.resolve(disk + ".img"), root.resolve(disk + ".away"));
    }

    private void back(String disk) throws Exception {
        Files.move(root.resolve(disk + ".away"), root.resolve(disk + ".img"));
    }

    @Test
    void aRunEndsAsItsBackupsDo() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk web = home.home.image("web", 1);
            Disk db = home.home.image("db", 1);
            Vault vault = home.home.vault("vault_a", web, db);
            Policy policy = home.policies()
                    .create(PolicyHome.with(PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00"), Missed.ASK));
            home.policies().bind(policy.id(), vault.id());
            home.at("2026-11-03T02:00");
            away("web");
            home.at("2026-11-04T02:00");
            away("db");
            home.at("2026-11-05T02:00");
            back("web");
            back("db");
            home.at("2026-11-07T09:00");
            assertThat(told(home, policy))
                    .containsExactly("SUCCEEDED 2/2", "PARTLY 1/2", "FAILED 0/2", "SKIPPED 0/0", "ASKED 0/0");

            home.scheduler().answer(home.scheduler().open().getFirst(), true);
            Task begun = home.home.console().tasks().open().getFirst();
            assertThat(told(home, policy).getLast()).startsWith("RUNNING ");
            home.home.console().tasks().await(begun.id());
            home.settle();
            assertThat(told(home, policy).getLast()).isEqualTo("SUCCEEDED 2/2");

            home.home.console().tasks().clearFailed();
            assertThat(told(home, policy))
                    .as("nothing is claimed of what is not listed any more")
                    .contains("STARTED 0/0");
        }
    }
}
