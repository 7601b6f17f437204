package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.coffer.console.policy.Outcome;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Retention;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Sentence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of policies: how its runs ended, and what is asked before something is done (P8, P14). */
class PolicyListModelTest {
    private final TestDesk desk = new TestDesk();

    private PolicyListModel list(Days days) {
        var model = new PolicyListModel(DaysServices.of(days), desk.desk(days.clock()));
        model.rows().refresh();
        return model;
    }

    private static PolicyRow row(PolicyListModel model, Policy policy) {
        return model.rows().items().stream()
                .filter(row -> row.policy().id().equals(policy.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Act act(PolicyListModel model, Policy policy, String key) {
        return model.acts(row(model, policy)).stream()
                .filter(act -> act.title().getValue().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyActSaysWhatBecomesOfTheBackups(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"));
                PolicyListModel model = list(days)) {
            Policies policies = days.console().policies();
            Policy nightly = policies.list().getFirst();
            Vault office = days.vault("office", days.image("web", 1, Disk.Role.DATA));
            assertThat(act(model, nightly, "policies.run").whyNot().getValue())
                    .map(Sentence::key)
                    .contains("policies.run.unbound");
            policies.bind(nightly.id(), office.id());
            for (int day = 0; day < 2; day++) {
                days.dayOfPolicies();
            }
            model.rows().refresh();
            assertThat(row(model, nightly).last())
                    .extracting(result -> result.outcome())
                    .containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED);

            desk.answer(false);
            act(model, nightly, "policies.delete").run();
            assertThat(desk.questions().getLast().lines())
                    .extracting(Sentence::key)
                    .containsExactly("policies.delete.vaults", "policies.delete.staying");
            assertThat(policies.find(nightly.id())).as("nobody agreed").isPresent();

            desk.answer(true);
            act(model, nightly, "policies.disable").run();
            assertThat(policies.get(nightly.id()).enabled()).isFalse();
            act(model, nightly, "policies.enable").run();
            assertThat(policies.get(nightly.id()).enabled()).isTrue();
            act(model, nightly, "policies.run").run();
            assertThat(desk.sheets()).hasSize(1);
            policies.byHand().run(nightly.id(), List.of());
            days.settle();
            assertThat(days.console().backups().ofVault(office.id())).hasSize(3);
            act(model, nightly, "policies.delete").run();
            assertThat(policies.list()).isEqualTo(List.of());
            assertThat(days.console().backups().ofVault(office.id()))
                    .as("no backup goes by it")
                    .hasSize(3);
        }
    }

    private static PolicyPlan keeping(PolicyPlan plan, int newest) {
        return new PolicyPlan(
                plan.name(),
                plan.enabled(),
                plan.schedule(),
                new Retention.ByCount(newest, Retention.Periods.NONE),
                plan.fullEvery(),
                plan.missed(),
                plan.conditions());
    }

    private List<String> asked() {
        return desk.questions().getLast().lines().stream().map(Sentence::key).toList();
    }

    @Test
    void switchingOnSaysWhenWhatItLetsGoGoes(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"));
                PolicyListModel model = list(days)) {
            Policies policies = days.console().policies();
            Policy nightly = policies.list().getFirst();
            policies.bind(
                    nightly.id(),
                    days.vault("office", days.image("web", 1, Disk.Role.DATA)).id());
            for (int day = 0; day < 3; day++) {
                days.dayOfPolicies();
            }
            days.pass(Duration.ofHours(1));
            policies.enable(nightly.id(), false);
            policies.edit(nightly.id(), keeping(policies.get(nightly.id()).plan(), 1), false);
            model.rows().refresh();
            desk.answer(false);
            act(model, nightly, "policies.enable").run();
            assertThat(asked())
                    .as("no time ran out")
                    .containsExactly("policies.enable.what", "policy.form.goes.after-next", "policy.form.goes.frees");
        }
    }

    @Test
    void oneThatCopiesLeavesItsVaultsBackedUp(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"));
                PolicyListModel model = list(days)) {
            Policies policies = days.console().policies();
            Vault office = days.vault("office", days.image("web", 1, Disk.Role.DATA));
            Vault far = days.vaultElsewhere("far");
            Policy away = policies.create(
                    policies.list().getFirst().plan().named("away").replicatingTo(far.id()));
            policies.bind(away.id(), office.id());
            model.rows().refresh();
            desk.answer(false);
            act(model, away, "policies.disable").run();
            assertThat(asked()).containsExactly("policies.disable.copies");
            act(model, away, "policies.delete").run();
            assertThat(asked()).first().isEqualTo("policies.delete.vaults.copies");
        }
    }
}
