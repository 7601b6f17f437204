package org.coffer.console.policy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Backups;
import org.coffer.console.backup.Origin;
import org.coffer.console.backup.TrustedTime;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultFilter;
import org.coffer.console.vault.Vaults;
import org.jspecify.annotations.Nullable;

/** What {@link Keeping} has to know, out of the catalog: the backups of each disk of a vault, and the rules for them. */
public final class Histories {
    private final Policies policies;
    private final Backups backups;
    private final Vaults vaults;
    private final Clock clock;

    /** Looks at {@code backups}. */
    public Histories(Policies policies, Backups backups, Vaults vaults, Clock clock) {
        this.policies = policies;
        this.backups = backups;
        this.vaults = vaults;
        this.clock = clock;
    }

    /**
     * The backups that one policy made of one disk in one vault, with the rule for them.
     *
     * @param disk the disk
     * @param policy who made them; empty for those that no policy made
     * @param items all backups of that disk: any of them lets an edit act, only {@link Item#automatic} ones are at stake
     */
    record Group(UUID disk, Optional<UUID> policy, List<Item> items, Rule rule) {
        /** Whether runs of the policy add to them. */
        boolean runs() {
            return policy.isPresent() && rule.enabled() && rule.bound();
        }

        /** The same with one backup more. */
        Group with(Item more) {
            List<Item> all = new ArrayList<>(items);
            all.add(more);
            return new Group(disk, policy, all, rule);
        }

        /** The same if a count that was changed need not wait. */
        Group atOnce() {
            return new Group(disk, policy, items, rule.atOnce());
        }

        /** The same once its vault is taken out of the trash: dates that came there are taken away. */
        Group takenBack(TrustedTime.Reading reading) {
            List<Item> all = items.stream()
                    .map(item -> !item.safety() && came(item, reading) ? item.undated() : item)
                    .toList();
            return new Group(disk, policy, all, rule);
        }

        /** The same once its policy is deleted: only dates count (P8). */
        Group orphaned() {
            return new Group(disk, policy, items, Rule.nobodys(rule.zone()));
        }

        private static boolean came(Item item, TrustedTime.Reading reading) {
            return item.expires()
                    .filter(date -> !date.isAfter(reading.judging(item.created())))
                    .isPresent();
        }

        /** The verdicts on those at stake. */
        List<Verdict> judge(Instant now) {
            List<Verdict> all = Keeping.judge(items, rule, now);
            Set<UUID> mine = items.stream()
                    .filter(item -> policy.isEmpty() || item.automatic())
                    .map(Item::id)
                    .collect(Collectors.toSet());
            return all.stream()
                    .filter(verdict -> mine.contains(verdict.backup()))
                    .toList();
        }
    }

    /**
     * What keeps each backup of a vault, and until when, by its ID. Those in the trash, being made, or being deleted are left
     * out.
     */
    public Map<UUID, Verdict> verdicts(UUID vault, Instant now) {
        Map<UUID, Verdict> verdicts = new LinkedHashMap<>();
        groups(vault, Map.of())
                .forEach(group -> group.judge(now).forEach(verdict -> verdicts.put(verdict.backup(), verdict)));
        return verdicts;
    }

    /** The vaults that hold backups which a policy made, those that it serves no longer and those in the trash included. */
    List<Vault> vaultsWith(UUID policy) {
        return allVaults()
                .filter(vault -> backups.ofVault(vault.id()).stream()
                        .anyMatch(backup -> maker(backup).equals(Optional.of(policy))))
                .toList();
    }

    /** All vaults, those in the trash too, which can be taken back. */
    Stream<Vault> allVaults() {
        return Stream.of(VaultFilter.ALL, VaultFilter.TRASH).flatMap(which -> vaults.list(which).stream());
    }

    /**
     * The backups of a vault by disk and policy.
     *
     * @param edited policies as they would be after an edit, by their ID
     */
    List<Group> groups(UUID vaultId, Map<UUID, Policy> edited) {
        return groups(vaultId, edited, backups.ofVault(vaultId), Set.of());
    }

    /**
     * Those of one disk of a vault.
     *
     * @param going backups that are judged although they are being deleted
     */
    List<Group> groups(UUID vaultId, UUID disk, Set<UUID> going) {
        return groups(vaultId, Map.of(), backups.ofDisk(vaultId, disk), going);
    }

    private List<Group> groups(UUID vaultId, Map<UUID, Policy> edited, List<Backup> history, Set<UUID> going) {
        List<Bond> bonds = policies.store().bonds();
        boolean attaching = vaults.attaching(vaultId).isPresent();
        Map<UUID, List<UUID>> disks = new HashMap<>();
        Map<UUID, Policy> known = new HashMap<>();
        policies.list().forEach(policy -> known.put(policy.id(), edited.getOrDefault(policy.id(), policy)));
        return byDisk(history, going).entrySet().stream()
                .flatMap(one -> makers(one.getValue()).stream()
                        .map(maker -> new Group(
                                one.getKey(),
                                maker,
                                items(one.getValue(), maker, attaching),
                                rule(
                                        maker.map(known::get).orElse(null),
                                        bonds.stream()
                                                .filter(bond -> maker.equals(Optional.of(bond.policy())))
                                                .filter(bond -> lies(bond, known, vaultId))
                                                .filter(bond -> disks.computeIfAbsent(bond.vault(), this::disks)
                                                        .contains(one.getKey()))
                                                .findFirst()))))
                .toList();
    }

    /** Whether what runs of a policy make of the vault that it serves lies in this one. */
    private static boolean lies(Bond bond, Map<UUID, Policy> known, UUID vault) {
        Policy policy = known.get(bond.policy());
        return policy != null && policy.plan().target().orElse(bond.vault()).equals(vault);
    }

    private List<UUID> disks(UUID vault) {
        return vaults.get(vault).disks();
    }

    private static Map<UUID, List<Backup>> byDisk(List<Backup> history, Set<UUID> going) {
        return history.stream()
                .filter(backup -> backup.status() != BackupStatus.CREATING)
                .filter(backup -> backup.status() != BackupStatus.DELETING || going.contains(backup.id()))
                .collect(Collectors.groupingBy(Backup::diskId, LinkedHashMap::new, Collectors.toList()));
    }

    /** Who made some backups: policies, and for those that none made, nobody. */
    private static Set<Optional<UUID>> makers(List<Backup> history) {
        return history.stream().map(Histories::maker).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Optional<UUID> maker(Backup backup) {
        return backup.automatic().map(Backup.Automatic::policy);
    }

    static Item.Health health(Backup backup) {
        if (!backup.madeHere()) {
            return Item.Health.ELSEWHERE;
        }
        if (backup.finishedAt().isEmpty()) {
            return Item.Health.FAILED;
        }
        if (backup.damaged()) {
            return Item.Health.DAMAGED;
        }
        return backup.status() == BackupStatus.ERROR ? Item.Health.UNDELETED : Item.Health.GOOD;
    }

    /** @param attaching whether the vault is being attached: it is not known yet what there is, and whose */
    private static List<Item> items(List<Backup> history, Optional<UUID> maker, boolean attaching) {
        return history.stream()
                .filter(backup ->
                        maker.isPresent() ? !safety(backup) : maker(backup).isEmpty())
                .map(backup -> new Item(
                        backup.id(),
                        maker.isPresent() && maker(backup).equals(maker),
                        attaching ? Item.Health.ELSEWHERE : health(backup),
                        backup.createdAt(),
                        backup.finishedAt().orElse(backup.createdAt()),
                        backup.expiresAt(),
                        backup.automatic().filter(Backup.Automatic::left).isPresent(),
                        safety(backup),
                        false))
                .toList();
    }

    /** Safety copies are of a state that somebody wanted to be rid of: no rule of a policy goes by them. */
    private static boolean safety(Backup backup) {
        return backup.origin() == Origin.SAFETY_COPY;
    }

    /** @param mine that runs of the policy add to these backups; empty if none do */
    private Rule rule(@Nullable Policy policy, Optional<Bond> mine) {
        ZoneId zone = clock.getZone();
        if (policy == null) {
            return Rule.nobodys(zone);
        }
        PolicyPlan plan = policy.plan();
        Instant since = mine.map(Bond::since)
                .filter(bound -> bound.isAfter(policy.keepsSince()))
                .orElse(policy.keepsSince());
        return new Rule(plan.retention(), plan.schedule().zone(), since, plan.enabled(), mine.isPresent());
    }
}
