package org.coffer.window.policy;

import java.util.Optional;
import java.util.UUID;
import org.coffer.console.backup.Backups;
import org.coffer.console.event.Events;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.RunResults;
import org.coffer.console.policy.Scheduler;
import org.coffer.console.policy.Simulator;
import org.coffer.console.resource.Disks;
import org.coffer.console.vault.Vaults;
import org.coffer.window.kit.Icon;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Group;
import org.coffer.window.shell.PageEntry;
import org.coffer.window.shell.Pages;
import org.coffer.window.shell.Route;

/** The pages about policies: the list, and the form that makes, edits or copies one. */
public final class PolicyPages {
    /** The list. */
    public static final String LIST = "policies";
    /** The form of a new policy; the route may name one to be copied. */
    public static final String CREATE = "policy-create";
    /** The form of the policy that the route names. */
    public static final String EDIT = "policy-edit";

    private final Services services;
    private final Desk desk;

    /** What the pages work with. */
    public record Services(
            Policies policies,
            Scheduler scheduler,
            RunResults results,
            Simulator simulator,
            Backups backups,
            Vaults vaults,
            Disks disks,
            Events events) {}

    /** Pages over these services. */
    public PolicyPages(Services services, Desk desk) {
        this.services = services;
        this.desk = desk;
    }

    /** Registers the list and the forms. */
    public void register(Pages pages) {
        pages.add(PageEntry.top(LIST, "policies.title", Group.OPERATION, Icon.POLICY, route -> list()));
        pages.add(PageEntry.below(LIST, CREATE, "policy.form.create", this::create));
        pages.add(PageEntry.below(LIST, EDIT, "policy.form.edit", this::edit));
    }

    private PoliciesPage list() {
        return new PoliciesPage(new PolicyListModel(services, desk), missedRuns());
    }

    /** The questions about missed runs, for whoever shows them too; to be closed. */
    public MissedRuns missedRuns() {
        return new MissedRuns(services.scheduler(), services.policies(), services.vaults(), services.events(), desk);
    }

    private PolicyFormPage create(Route route) {
        Optional<PolicyPlan> copied = named(route).map(Policy::plan);
        return new PolicyFormPage(new PolicyFormModel(services, desk, Optional.empty(), copied));
    }

    private PolicyFormPage edit(Route route) {
        return new PolicyFormPage(new PolicyFormModel(services, desk, named(route), Optional.empty()));
    }

    private Optional<Policy> named(Route route) {
        return route.id().isEmpty() ? Optional.empty() : services.policies().find(UUID.fromString(route.id()));
    }
}
