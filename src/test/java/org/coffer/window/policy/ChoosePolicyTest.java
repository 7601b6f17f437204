package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.vault.Vault;
import org.coffer.problem.Problem;
import org.coffer.window.desk.Days;
import org.coffer.window.desk.TestDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P9 on the page of a vault: which policy is left when another is chosen. */
class ChoosePolicyTest {
    @Test
    void namesThePolicyThatWouldServeTheVaultNoLonger(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            Policies policies = days.console().policies();
            Policy nightly = policies.list().getFirst();
            Policy other = policies.create(nightly.plan().named("other"));
            Map<Policy, Optional<Problem>> both = Map.of(nightly, Optional.empty(), other, Optional.empty());
            var served = new ChoosePolicy.Choice(PolicyKind.BACKUP, both, Optional.of(nightly.id()));
            assertThat(served.left(Optional.of(nightly.id()))).isEmpty();
            assertThat(served.left(Optional.of(other.id()))).contains(nightly);
            assertThat(served.left(Optional.empty())).contains(nightly);
            var free = new ChoosePolicy.Choice(PolicyKind.BACKUP, both, Optional.empty());
            assertThat(free.left(Optional.of(other.id()))).isEmpty();
        }
    }

    @Test
    void offersNoPolicyThatWouldCopyIntoTheSameLocation(@TempDir Path root) throws Exception {
        try (Days days = new Days(root, Instant.parse("2027-03-11T10:00:00Z"))) {
            Policies policies = days.console().policies();
            Vault near = days.vault("near");
            Vault beside = days.vault("beside");
            Vault far = days.vaultElsewhere("far");
            Policy usual = policies.list().getFirst();
            Policy here = policies.create(usual.plan().named("a-here").replicatingTo(beside.id()));
            Policy there = policies.create(usual.plan().named("b-there").replicatingTo(far.id()));
            var desk = new TestDesk();
            var choice = new ChoosePolicy(policies, desk.desk(days.clock()).background(), desk)
                    .choice(near, PolicyKind.REPLICATION);

            assertThat(Objects.requireNonNull(choice.all().get(here)).map(Problem::code))
                    .contains("replicate.same-location");
            assertThat(choice.all().get(there)).isEmpty();
            assertThat(choice.first()).as("what is offered at once").contains(there.id());
            assertThat(choice.all()).as("no policy of backups").doesNotContainKey(usual);
        }
    }
}
