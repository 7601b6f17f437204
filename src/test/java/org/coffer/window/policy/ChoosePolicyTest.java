package org.coffer.window.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.window.desk.Days;
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
            var served = new ChoosePolicy.Choice(List.of(nightly, other), Optional.of(nightly.id()));
            assertThat(served.left(Optional.of(nightly.id()))).isEmpty();
            assertThat(served.left(Optional.of(other.id()))).contains(nightly);
            assertThat(served.left(Optional.empty())).contains(nightly);
            var free = new ChoosePolicy.Choice(List.of(nightly, other), Optional.empty());
            assertThat(free.left(Optional.of(other.id()))).isEmpty();
        }
    }
}
