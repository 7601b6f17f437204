package org.coffer.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.coffer.console.backup.Backup;
import org.coffer.console.resource.Disk;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The speed limit of a policy (B13). */
class PaceTest {
    @TempDir
    private Path root;

    @Test
    void aPolicyReadsItsDisksNoFasterThanItsLimitAndNobodyElseWaitsForThat() throws Exception {
        try (PolicyHome home = new PolicyHome(root)) {
            Disk web = home.home.image("web", 120); // 60 MB of noise: for most of a minute, on any machine.
            Disk db = home.home.image("db", 120);
            Vault vault = home.home.vault("vault_a", web);
            Vault other = home.home.vault("vault_b", db);
            PolicyPlan plan = PolicyHome.plan("nightly", PolicyHome.newest(9), "02:00");
            Policy policy = home.policies()
                    .create(PolicyHome.with(plan, plan.conditions().limited(1)));
            assertThat(home.policies().get(policy.id()).plan().conditions().limit())
                    .as("kept")
                    .isEqualTo(1);
            home.policies().bind(policy.id(), vault.id());
            home.clock.set("2026-11-03T02:00");
            home.look();
            Task slow = home.home.console().tasks().open().getFirst();
            home.home.awaitStep(slow, "reading");
            Backup quick = home.home.backUp(other, db, "by_hand");
            assertThat(quick.restorable()).isTrue();
            assertThat(home.home.console().tasks().find(slow.id()).orElseThrow().status())
                    .as("still reading")
                    .isEqualTo(TaskStatus.RUNNING);
            home.home.console().tasks().cancel(slow.id());
            assertThat(home.home.console().tasks().await(slow.id()).status()).isEqualTo(TaskStatus.CANCELED);
        }
    }
}
