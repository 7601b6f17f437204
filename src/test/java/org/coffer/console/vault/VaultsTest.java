package org.coffer.console.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.coffer.console.Refusals;
import org.coffer.console.TestHome;
import org.coffer.problem.Problem;
import org.coffer.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** V2, V3, V10, V11: making, editing and finding vaults. */
class VaultsTest {
    @TempDir
    private Path root;

    private static NewVault named(TestHome home, String name) {
        return home.newVault(name);
    }

    private static NewVault sized(TestHome home, long capacityGb) {
        NewVault plain = home.newVault("vault_sized");
        return new NewVault(
                plain.name(), "", plain.location(), capacityGb, List.of(), true, Optional.empty(), false, "", Map.of());
    }

    private static Map<String, String> codes(TestHome home, NewVault wanted) {
        Map<String, String> codes = new LinkedHashMap<>();
        home.console()
                .vaults()
                .problems(wanted)
                .forEach((field, problem) ->
                        codes.put(field, Refusals.spoken(problem).code()));
        return codes;
    }

    @Test
    void everyFieldSaysWhatIsWrongWithIt() throws Exception {
        try (TestHome home = new TestHome(root)) {
            home.location();
            NewVault wrong = new NewVault(
                    "ein Name",
                    "x".repeat(256),
                    UUID.randomUUID(),
                    9,
                    List.of(),
                    true,
                    Optional.of("abc".toCharArray()),
                    false,
                    "my prefix",
                    Map.of("a b", ""));
            assertThat(codes(home, wrong))
                    .isEqualTo(Map.of(
                            "name", "name.invalid",
                            "description", "description.long",
                            "location", "location.unknown",
                            "capacity", "capacity.range",
                            "passphrase", "passphrase.short",
                            "backupPrefix", "name.invalid",
                            "tags", "tag.key"));
            assertThat(Refusals.code(() -> home.console().vaults().create(wrong)))
                    .isEqualTo("name.invalid");
            assertThat(home.console().vaults().list(VaultFilter.ALL)).isEmpty();
        }
    }

    @Test
    void aCapacityIsTakenFromTenToTenMillionGbAndNotBeyond() throws Exception {
        try (TestHome home = new TestHome(root)) {
            assertThat(codes(home, sized(home, 9))).isEqualTo(Map.of("capacity", "capacity.range"));
            assertThat(codes(home, sized(home, 10))).isEmpty();
            assertThat(codes(home, sized(home, 10_485_760))).isEmpty();
            assertThat(codes(home, sized(home, 10_485_761))).isEqualTo(Map.of("capacity", "capacity.range"));
        }
    }

    @Test
    void aNameIsTakenOnceAlsoWhileItsVaultLiesInTheTrash() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault first = home.vault("宝匣_1");
            assertThat(codes(home, named(home, "宝匣_1"))).isEqualTo(Map.of("name", "name.taken"));
            home.console().trash().delete(first.id(), "宝匣_1");
            assertThat(codes(home, named(home, "宝匣_1"))).isEqualTo(Map.of("name", "name.taken"));
            Vault second = home.vault("宝匣_2");
            assertThat(Refusals.code(() -> home.console().vaults().rename(second.id(), "宝匣_1", "")))
                    .isEqualTo("name.taken");
            home.console().vaults().rename(second.id(), "宝匣_2", "same name, new words");
            assertThat(home.again(second).description()).isEqualTo("same name, new words");
        }
    }

    @Test
    void aVaultThatCannotBeWrittenLeavesNothingInTheCatalog() throws Exception {
        try (TestHome home = new TestHome(root)) {
            NewVault wanted = named(home, "vault_lost");
            Files.move(root.resolve("place"), root.resolve("gone"));
            assertThat(codes(home, wanted)).isEqualTo(Map.of("location", "location.unreachable"));
            assertThat(Refusals.code(() -> home.console().vaults().create(wanted)))
                    .isEqualTo("location.unreachable");
            Files.move(root.resolve("gone"), root.resolve("place"));
            assertThat(home.console().vaults().list(VaultFilter.ALL)).isEmpty();
            assertThat(home.console().vaults().create(wanted).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void tagsAreAtMostTenAndEachHasAnAllowedKeyAndValue() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            many.put("k" + i, "");
        }
        assertThat(Tags.problem(many)).isEmpty();
        many.put("k10", "");
        assertThat(code(many)).isEqualTo("tag.many");
        assertThat(code(Map.of("", "x"))).isEqualTo("tag.key");
        assertThat(code(Map.of("k".repeat(36), "v".repeat(43)))).isEmpty();
        assertThat(code(Map.of("部门", "𠮷_-9"))).isEmpty();
        assertThat(code(Map.of("k".repeat(37), ""))).isEqualTo("tag.key");
        assertThat(code(Map.of("k", "v".repeat(44)))).isEqualTo("tag.value");
        assertThat(code(Map.of("k", "a b"))).isEqualTo("tag.value");
    }

    private static String code(Map<String, String> tags) {
        return Tags.problem(tags).map(Refusals::spoken).map(Problem::code).orElse("");
    }

    @Test
    void theListIsFilteredByAllConditionsTogether() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault red = home.vault("vault_red");
            Vault blue = home.vault("vault_blue");
            Vault old = home.vault("vault_old");
            Vaults vaults = home.console().vaults();
            vaults.tag(red.id(), Map.of("team", "web", "stage", "live"));
            vaults.tag(blue.id(), Map.of("team", "web"));
            home.console().trash().delete(old.id(), "vault_old");
            UUID place = home.location().id();

            assertThat(names(home, Set.of(), Optional.empty(), Map.of(), "", false))
                    .containsExactly("vault_blue", "vault_red");
            assertThat(names(home, Set.of(), Optional.empty(), Map.of("team", "web"), "", false))
                    .containsExactly("vault_blue", "vault_red");
            assertThat(names(home, Set.of(), Optional.empty(), Map.of("team", "web", "stage", "live"), "", false))
                    .containsExactly("vault_red");
            assertThat(names(home, Set.of(), Optional.of(place), Map.of("team", "web"), " BLUE ", false))
                    .containsExactly("vault_blue");
            assertThat(names(
                            home, Set.of(), Optional.empty(), Map.of(), red.id().toString(), false))
                    .containsExactly("vault_red");
            assertThat(names(home, Set.of(VaultStatus.FROZEN), Optional.empty(), Map.of(), "", false))
                    .isEmpty();
            assertThat(names(home, Set.of(VaultStatus.AVAILABLE), Optional.of(UUID.randomUUID()), Map.of(), "", false))
                    .isEmpty();
            assertThat(names(home, Set.of(), Optional.empty(), Map.of(), "", true))
                    .containsExactly("vault_old");
        }
    }

    private static List<String> names(
            TestHome home,
            Set<VaultStatus> statuses,
            Optional<UUID> place,
            Map<String, String> tags,
            String text,
            boolean trashed) {
        return home.console().vaults().list(new VaultFilter(statuses, place, tags, text, trashed)).stream()
                .map(Vault::name)
                .toList();
    }

    @Test
    void somethingStoredNeverShowsAsNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            Vault vault = home.vault("vault_big");
            home.console().vaults().store().used(vault.id(), 1);
            assertThat(home.again(vault).percentUsed()).isEqualTo(1);
            home.console().vaults().store().used(vault.id(), 250 * Vault.GB);
            assertThat(home.again(vault).percentUsed()).isEqualTo(250);
            home.console().vaults().store().used(vault.id(), 0);
            assertThat(home.again(vault).percentUsed()).isZero();
        }
    }

    @Test
    void ofTwoVaultsMadeAtOnceWithOneNameTheSecondIsRefusedAndLeavesNothing() throws Exception {
        try (TestHome home = new TestHome(root)) {
            NewVault wanted = home.newVault("twin");
            List<Thread> makers = new ArrayList<>();
            Queue<String> refused = new ConcurrentLinkedQueue<>();
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < 4; i++) {
                makers.add(Thread.ofPlatform().start(() -> {
                    try {
                        go.await();
                        home.console().vaults().create(wanted);
                    } catch (ProblemException e) {
                        refused.add(e.problem().code());
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            go.countDown();
            for (Thread maker : makers) {
                maker.join();
            }
            assertThat(home.console().vaults().list(VaultFilter.ALL)).hasSize(1);
            assertThat(refused).containsExactly("name.taken", "name.taken", "name.taken");
        }
    }
}
