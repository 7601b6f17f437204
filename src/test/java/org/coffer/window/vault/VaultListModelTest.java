package org.coffer.window.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.coffer.console.TestHome;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyState;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.window.disk.DiskDesk;
import org.coffer.window.disk.TestDiskDesk;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Tone;
import org.coffer.window.shell.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two vaults in one place:
 *
 * <pre>
 *   alpha   disk web, tag team=shop
 *   beta    no disks
 * </pre>
 */
class VaultListModelTest {
    @TempDir
    Path root;

    private final TestDiskDesk desk = new TestDiskDesk();
    private TestHome home;
    private Vault alpha;
    private Vault beta;
    private VaultListModel model;

    @BeforeEach
    void twoVaults() throws IOException {
        home = new TestHome(root);
        Disk web = home.image("web", 2);
        alpha = home.vault("alpha", web);
        beta = home.vault("beta");
        home.console().vaults().tag(alpha.id(), Map.of("team", "shop"));
        model = new VaultListModel(desk.over(home.console()));
        model.load();
    }

    @AfterEach
    void close() {
        model.close();
        home.close();
    }

    private List<String> names() {
        return model.rows().items().stream().map(row -> row.vault().name()).toList();
    }

    private VaultRow row(Vault vault) {
        return model.rows().all().stream()
                .filter(row -> row.vault().id().equals(vault.id()))
                .findFirst()
                .orElseThrow();
    }

    private Act act(Vault vault, String key) {
        return model.acts(row(vault)).stream()
                .filter(act -> act.title().getValue().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** Else the page would say for a moment that there are no vaults. */
    @Test
    void beforeTheFirstLookTheListIsNotEmptyButUnknown() {
        try (var fresh = new VaultListModel(desk.over(home.console()))) {
            assertThat(fresh.rows().loadedProperty().get()).isFalse();

            fresh.load();

            assertThat(fresh.rows().loadedProperty().get()).isTrue();
        }
    }

    @Test
    void vaultsAreListedByNameWithTheirDisks() {
        assertThat(names()).containsExactly("alpha", "beta");
        assertThat(row(alpha).disks()).containsExactly("web");
        assertThat(model.count().get()).isEqualTo(2);
    }

    /** None, enabled or disabled (V11), whatever happens to the policy while the list is open. */
    @Test
    void aRowTellsWhichPolicyItsVaultHasAndWhetherThatIsOn() {
        Policies policies = home.console().policies();
        Policy nightly = policies.list().getFirst();
        assertThat(Policies.state(row(alpha).policy())).isEqualTo(PolicyState.NONE);
        policies.bind(nightly.id(), alpha.id());
        assertThat(row(alpha).policy()).map(Policy::name).contains(nightly.name());
        assertThat(Policies.state(row(alpha).policy())).isEqualTo(PolicyState.ENABLED);
        assertThat(Policies.state(row(beta).policy())).isEqualTo(PolicyState.NONE);
        policies.enable(nightly.id(), false);
        assertThat(Policies.state(row(alpha).policy())).isEqualTo(PolicyState.DISABLED);
        policies.unbind(alpha.id());
        assertThat(Policies.state(row(alpha).policy())).isEqualTo(PolicyState.NONE);
    }

    @Test
    void filtersHoldTogether() {
        model.tags().add("team=shop");
        assertThat(names()).containsExactly("alpha");
        model.states().add(VaultStatus.ERROR);
        assertThat(names()).isEmpty();
        assertThat(model.rows().filteredProperty().get()).isTrue();
        model.clearFilters();
        model.query().set("BET");
        assertThat(names()).containsExactly("beta");
    }

    @Test
    void aVaultWithoutDisksSaysWhyItCannotBeBackedUp() {
        assertThat(act(beta, "vault.back-up").whyNot().getValue().orElseThrow().key())
                .isEqualTo("vault.back-up.nothing");
        act(alpha, "vault.back-up").run();
        assertThat(desk.backedUp).containsExactly(alpha.id());
    }

    @Test
    void deletingAsksForTheNameAndCanBeUndone() {
        act(beta, "vault.delete").run();
        assertThat(desk.typed()).containsExactly("beta");
        assertThat(names()).containsExactly("alpha");
        assertThat(model.trashed().get()).isEqualTo(1);
        desk.offered().getLast().run();
        assertThat(names()).containsExactly("alpha", "beta");
    }

    @Test
    void theRetentionLockAsksForTheNameAndIsThenNoActAnyMore() {
        desk.answer(false);
        act(beta, "vault.lock").run();
        assertThat(home.console().vaults().get(beta.id()).lock()).isEmpty();
        desk.answer(true);
        act(beta, "vault.lock").run();
        assertThat(desk.typed()).containsExactly("beta", "beta");
        assertThat(home.console().vaults().get(beta.id()).lock()).isPresent();
        assertThat(model.acts(row(beta)))
                .extracting(act -> act.title().getValue().key())
                .doesNotContain("vault.lock");
    }

    @Test
    void aNameThatIsNotTypedDeletesNothing() {
        desk.answer(false);
        act(beta, "vault.delete").run();
        assertThat(names()).containsExactly("alpha", "beta");
    }

    @Test
    void theTrashIsTheSameListWithOtherActs() {
        act(beta, "vault.delete").run();
        model.trash().set(true);
        assertThat(names()).containsExactly("beta");
        assertThat(model.acts(row(beta)))
                .extracting(act -> act.title().getValue().key())
                .containsExactly("vault.take-back", "vault.purge");
        model.acts(row(beta)).getFirst().run();
        assertThat(model.trash().get()).as("an empty trash is left").isFalse();
        assertThat(names()).containsExactly("alpha", "beta");
    }

    @Test
    void aVaultWhosePlaceIsGoneIsFrozenAndSaysSo() throws IOException {
        Files.move(root.resolve("place"), root.resolve("elsewhere"));
        model.refresh().run();
        assertThat(row(alpha).vault().status()).isEqualTo(VaultStatus.FROZEN);
        assertThat(VaultStates.of(row(alpha).vault()).tone()).isEqualTo(Tone.ATTENTION);
        assertThat(VaultStates.of(row(alpha).vault()).detail()).isPresent();
        assertThat(act(alpha, "vault.back-up").possible()).isFalse();
        Files.move(root.resolve("elsewhere"), root.resolve("place"));
    }

    @Test
    void openingARowLeadsToItsPage() {
        model.open(row(alpha));
        assertThat(desk.routes())
                .containsExactly(Route.to(DiskDesk.VAULT, alpha.id().toString()));
    }

    @Test
    void severalTickedVaultsAreDeletedOneNameAfterTheOther() {
        model.rows().ticks().setAll(Set.of(alpha.id().toString(), beta.id().toString()), true);
        model.batch().getLast().run();
        assertThat(desk.typed()).containsExactly("alpha", "beta");
        assertThat(names()).isEmpty();
    }
}
