package org.coffer.window.policy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.coffer.console.policy.EditEffect;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Simulation;
import org.coffer.console.policy.Simulator;
import org.coffer.console.resource.Disk;
import org.coffer.console.resource.Disks;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.Vaults;
import org.coffer.window.shell.Desk;

/**
 * What stays and what goes under the policy in the form (P15): of one disk, at a moment that is chosen, as it is and as it
 * would be. Worked out by the functions that the scheduler and the cleaner ask.
 */
final class Stays {
    /** How far ahead one can look, in days. */
    static final List<Integer> AHEAD = List.of(0, 7, 30, 90, 180, 365);

    /**
     * A disk in a vault that the policy serves.
     *
     * @param holder the vault in which lies what the policy makes of it
     */
    record Subject(UUID vault, UUID disk, UUID holder, String name) {}

    /**
     * The answer.
     *
     * @param subject of which disk it is; empty for a new policy, or one that serves none
     * @param now as the policy is; empty for a new one
     * @param then as it would be
     * @param effect what saving it deletes
     * @param room whether the vault will hold it; empty where nothing tells
     */
    record Outlook(
            Optional<Subject> subject,
            Optional<Simulation> now,
            Simulation then,
            EditEffect effect,
            Optional<Room> room) {}

    private final Policies policies;
    private final Simulator simulator;
    private final Vaults vaults;
    private final Disks disks;
    private final Desk desk;
    private final Optional<Policy> edited;
    private final ReadOnlyObjectWrapper<List<Subject>> subjects = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<Subject>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Integer> days = new SimpleObjectProperty<>(0);
    private final ReadOnlyObjectWrapper<Optional<Outlook>> outlook = new ReadOnlyObjectWrapper<>(Optional.empty());

    Stays(PolicyPages.Services services, Desk desk, Optional<Policy> edited) {
        this.policies = services.policies();
        this.simulator = services.simulator();
        this.vaults = services.vaults();
        this.disks = services.disks();
        this.desk = desk;
        this.edited = edited;
        desk.background().work(this::find).then(this::found).start();
    }

    private List<Subject> find() {
        List<Subject> all = new ArrayList<>();
        for (Vault vault : edited.map(policy -> policies.vaultsOf(policy.id())).orElse(List.of())) {
            vault.disks().stream()
                    .flatMap(id -> disks.find(id).stream())
                    .map(disk -> new Subject(vault.id(), disk.id(), holder(vault), named(disk, vault)))
                    .forEach(all::add);
        }
        all.sort(Comparator.comparing(Subject::name));
        return List.copyOf(all);
    }

    private UUID holder(Vault vault) {
        return edited.flatMap(policy -> policy.plan().target()).orElse(vault.id());
    }

    private static String named(Disk disk, Vault vault) {
        return disk.name() + " · " + vault.name();
    }

    private void found(List<Subject> all) {
        subjects.set(all);
        if (chosen.get().isEmpty()) {
            chosen.set(all.stream().findFirst());
        }
    }

    /**
     * Works it out for a plan that has no problems; not on the window's thread.
     *
     * @param restart whether an interval is counted from today
     */
    Outlook look(PolicyPlan plan, boolean restart, Optional<Subject> subject, int ahead) {
        Instant asOf = asOf(ahead, plan.schedule().zone());
        if (edited.isEmpty() || subject.isEmpty()) {
            return new Outlook(
                    Optional.empty(), Optional.empty(), simulator.imagine(plan, asOf), effect(plan), Optional.empty());
        }
        Policy before = edited.get();
        Policy after = policies.edited(before, plan, restart);
        Subject of = subject.get();
        return new Outlook(
                subject,
                Optional.of(simulator.look(before.id(), before.plan(), of.vault(), of.disk(), asOf)),
                simulator.look(after, of.vault(), of.disk(), asOf),
                effect(plan),
                vaults.find(of.vault()).flatMap(vault -> Room.of(simulator, after, vault, holder(plan, vault), asOf)));
    }

    /** The vault in which lies what a policy makes of another one's disks. */
    private Vault holder(PolicyPlan plan, Vault vault) {
        return plan.target().flatMap(vaults::find).orElse(vault);
    }

    /** What saving a plan deletes; not on the window's thread. */
    EditEffect effect(PolicyPlan plan) {
        return edited.map(before -> simulator.effect(before.id(), plan)).orElse(new EditEffect(List.of(), List.of()));
    }

    /** The end of the day that lies so many days ahead; this moment for today. */
    private Instant asOf(int ahead, ZoneId zone) {
        Instant now = desk.clock().instant();
        return ahead == 0
                ? now
                : ZonedDateTime.ofInstant(now, zone)
                        .toLocalDate()
                        .plusDays(ahead + 1L)
                        .atStartOfDay(zone)
                        .toInstant()
                        .minusMillis(1);
    }

    void show(Optional<Outlook> now) {
        outlook.set(now);
    }

    /** The disks of the vaults that the policy serves; none for a new one. */
    ReadOnlyObjectProperty<List<Subject>> subjects() {
        return subjects.getReadOnlyProperty();
    }

    /** Of which disk it is told. */
    ObjectProperty<Optional<Subject>> chosen() {
        return chosen;
    }

    /** How many days ahead it is told. */
    ObjectProperty<Integer> days() {
        return days;
    }

    /** What is known; empty until the first answer. While the form is impossible, the last one stays. */
    ReadOnlyObjectProperty<Optional<Outlook>> outlook() {
        return outlook.getReadOnlyProperty();
    }
}
