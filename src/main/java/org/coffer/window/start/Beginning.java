package org.coffer.window.start;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.NewBackup;
import org.coffer.console.location.Location;
import org.coffer.console.name.Names;
import org.coffer.console.policy.Conditions;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.task.Task;
import org.coffer.console.vault.NewVault;
import org.coffer.console.vault.Places;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;

/** Carries out what the first start decided: takes the place, makes the vault and its policy, starts the backup. */
final class Beginning {
    private static final DateTimeFormatter IN_NAMES = DateTimeFormatter.ofPattern("HHmm", Locale.ROOT);

    private final Places places;
    private final Vaults vaults;
    private final Policies policies;
    private final Backups backups;
    private final RandomGenerator random;

    Beginning(Places places, Vaults vaults, Policies policies, Backups backups, RandomGenerator random) {
        this.places = places;
        this.vaults = vaults;
        this.policies = policies;
        this.backups = backups;
        this.random = random;
    }

    Places places() {
        return places;
    }

    /**
     * Does it; blocks while the vault is made.
     *
     * @param name what to call the location
     */
    Started begin(Places.Place place, String name, List<UUID> disks, When when) {
        Location location = places.take(place, name);
        NewVault wanted = new NewVault(
                Names.suggest("vault_", random),
                "",
                location.id(),
                vaults.suggestedCapacityGb(disks),
                disks,
                true,
                Optional.empty(),
                false,
                "",
                Map.of());
        Vault vault =
                policy(when).map(policy -> policies.createVault(wanted, policy)).orElseGet(() -> vaults.create(wanted));
        List<Task> tasks = backups.start(
                new NewBackup(vault.id(), List.of(), Names.suggest(Backups.MANUAL_PREFIX, random), "", false));
        return new Started(vault.id(), tasks.stream().map(Task::id).toList());
    }

    private Optional<UUID> policy(When when) {
        return switch (when) {
            case When.By(UUID policy) -> Optional.of(policy);
            case When.Planned planned -> Optional.of(make(planned).id());
            case When.Once() -> Optional.empty();
        };
    }

    /** The policy that a home begins with is changed, as long as it serves nobody, rather than left beside another one. */
    private Policy make(When.Planned planned) {
        Optional<Policy> unused = policies.list(PolicyKind.BACKUP).stream()
                .filter(policy -> policies.vaultsOf(policy.id()).isEmpty())
                .findFirst();
        PolicyPlan plan = new PolicyPlan(
                name(planned.schedule().times().getFirst(), unused),
                true,
                planned.schedule(),
                planned.retention(),
                OptionalInt.empty(),
                Missed.ONCE,
                Conditions.NONE);
        return unused.map(policy -> policies.edit(policy.id(), plan, true)).orElseGet(() -> policies.create(plan));
    }

    /** {@code Policy-1230} for half past twelve, if nobody is called so. */
    private String name(LocalTime first, Optional<Policy> self) {
        String name = Policies.PREFIX + IN_NAMES.format(first);
        boolean taken = policies.list(PolicyKind.BACKUP).stream()
                .anyMatch(policy -> policy.name().equals(name) && !self.equals(Optional.of(policy)));
        return taken ? policies.suggestName() : name;
    }
}
