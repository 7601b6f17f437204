package org.coffer.window.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.coffer.console.event.Event;
import org.coffer.console.event.Events;
import org.coffer.console.policy.EditEffect;
import org.coffer.console.policy.Farewell;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyKind;
import org.coffer.console.policy.Slot;
import org.coffer.console.vault.Vault;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Bridge;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.dialog.Question;
import org.coffer.window.kit.table.ListRows;
import org.coffer.window.kit.table.Sort;
import org.coffer.window.shell.Desk;
import org.coffer.window.shell.Route;

/** The list of policies, and what can be done with one. */
final class PolicyListModel implements AutoCloseable {
    /** So many results of past runs are shown. */
    static final int RESULTS = 30;

    private final PolicyPages.Services services;
    private final Policies policies;
    private final Desk desk;
    private final ListRows<PolicyRow> rows;
    private final StringProperty query = new SimpleStringProperty("");
    private final Events.Subscription events;

    PolicyListModel(PolicyPages.Services services, Desk desk) {
        this.services = services;
        this.policies = services.policies();
        this.desk = desk;
        Comparator<PolicyRow> soonest =
                Comparator.comparing(row -> row.next().map(Slot::at).orElse(Instant.MAX));
        this.rows = new ListRows<PolicyRow>(desk.background(), PolicyRow::id, this::load)
                .sortedBy("name", Comparator.comparing(row -> row.policy().name()))
                .sortedBy("state", Comparator.comparing(row -> row.policy().enabled()))
                .sortedBy("vaults", Comparator.comparingInt(row -> row.vaults().size()))
                .sortedBy("next", soonest);
        rows.sortProperty().set(Optional.of(Sort.up("next")));
        query.subscribe(text -> filter(text));
        var bridge = new Bridge<>(desk.background(), this::load, rows::show, problem -> rows.refresh());
        this.events = services.events().subscribe(event -> {
            if (event instanceof Event.PolicyChanged
                    || event instanceof Event.VaultChanged
                    || event instanceof Event.TaskChanged) {
                bridge.changed();
            }
        });
    }

    private List<PolicyRow> load() {
        Instant now = desk.clock().instant();
        return policies.list().stream().map(policy -> row(policy, now)).toList();
    }

    private PolicyRow row(Policy policy, Instant now) {
        List<Vault> vaults = policies.vaultsOf(policy.id());
        // Without a vault there is nothing that would run.
        Optional<Slot> next = vaults.isEmpty()
                ? Optional.empty()
                : policies.agenda().nextRuns(policy, now, 1).stream().findFirst();
        return new PolicyRow(
                policy,
                vaults,
                next,
                policy.plan()
                        .target()
                        .map(target ->
                                services.vaults().find(target).map(Vault::name).orElse("")),
                services.results().last(policy.id(), RESULTS).reversed());
    }

    private void filter(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        rows.filter(
                row -> row.policy().name().toLowerCase(Locale.ROOT).contains(wanted)
                        || row.vaults().stream()
                                .anyMatch(vault ->
                                        vault.name().toLowerCase(Locale.ROOT).contains(wanted)),
                !wanted.isEmpty());
    }

    ListRows<PolicyRow> rows() {
        return rows;
    }

    StringProperty query() {
        return query;
    }

    @Override
    public void close() {
        events.close();
    }

    // ---- Acts

    Act create() {
        return Act.of("policies.create", () -> desk.navigator().open(Route.to(PolicyPages.CREATE)))
                .with(Icon.ADD);
    }

    /** What can be done with a policy, commonest first. */
    List<Act> acts(PolicyRow row) {
        UUID id = row.policy().id();
        boolean on = row.policy().enabled();
        return List.of(
                Act.of("policies.run", () -> run(row))
                        .with(Icon.RUN)
                        .unless(
                                row.vaults().isEmpty()
                                        ? Optional.of(Sentence.of(
                                                "policies.run.unbound",
                                                "policy",
                                                row.policy().name()))
                                        : Optional.empty()),
                Act.of("policies.edit", () -> edit(id)).with(Icon.EDIT),
                Act.of("policies.bind", () -> new BindVaults(policies, services.vaults(), desk).open(row.policy()))
                        .with(Icon.BIND),
                Act.of(on ? "policies.disable" : "policies.enable", () -> enable(row.policy(), !on))
                        .with(on ? Icon.OFF : Icon.OK),
                Act.of("policies.copy", () -> desk.navigator().open(Route.to(PolicyPages.CREATE, id.toString())))
                        .with(Icon.COPY),
                Act.of("policies.delete", () -> delete(row)).with(Icon.DELETE).asDangerous());
    }

    void edit(UUID id) {
        desk.navigator().open(Route.to(PolicyPages.EDIT, id.toString()));
    }

    /** Runs it by hand, of all its disks or of some; says if it runs by itself soon (P14). */
    private void run(PolicyRow row) {
        desk.background()
                .work(() -> RunPolicyModel.of(services, desk, row.policy()))
                .then(model -> desk.dialogs().show(RunPolicy.sheet(model)))
                .start();
    }

    private void enable(Policy policy, boolean on) {
        desk.background()
                .work(() -> on
                        ? services.simulator().effect(policy.id(), policy.plan().enabled(true))
                        : new EditEffect(List.of(), List.of()))
                .then(effect -> enable(policy, on, effect))
                .start();
    }

    private void enable(Policy policy, boolean on, EditEffect effect) {
        List<Sentence> lines = new ArrayList<>(List.of(Sentence.of("policies.enable.what")));
        lines.addAll(Going.lines(effect));
        Question question = on
                ? new Question(
                        Sentence.of("policies.enable.title", "policy", policy.name()),
                        lines,
                        Sentence.of("policies.enable"),
                        effect.count() > 0)
                : Question.plain(
                        Sentence.of("policies.disable.title", "policy", policy.name()),
                        Sentence.of("policies.disable"),
                        Sentence.of(copies(policy) ? "policies.disable.copies" : "policies.disable.what"));
        if (desk.dialogs().confirm(question)) {
            desk.background()
                    .work(() -> policies.enable(policy.id(), on))
                    .then(done -> rows.refresh())
                    .start();
        }
    }

    /** Whether it copies backups: its vaults are backed up all the same without it. */
    private static boolean copies(Policy policy) {
        return policy.kind() == PolicyKind.REPLICATION;
    }

    private void delete(PolicyRow row) {
        desk.background()
                .work(() -> services.simulator().farewell(row.policy().id()))
                .then(farewell -> delete(row, farewell))
                .start();
    }

    private void delete(PolicyRow row, Farewell farewell) {
        if (desk.dialogs().confirm(whether(row, farewell))) {
            desk.background()
                    .act(() -> policies.delete(row.policy().id()))
                    .then(done -> rows.refresh())
                    .start();
        }
    }

    /** No backup goes by it, and what becomes of them is said with their numbers (P8). */
    private static Question whether(PolicyRow row, Farewell farewell) {
        var lines = new ArrayList<Sentence>();
        if (!row.vaults().isEmpty()) {
            lines.add(Sentence.of(
                    copies(row.policy()) ? "policies.delete.vaults.copies" : "policies.delete.vaults",
                    "n",
                    row.vaults().size(),
                    "names",
                    row.vaults().stream().map(Vault::name).toList()));
        }
        farewell.first()
                .ifPresent(first -> lines.add(Sentence.of(
                        "policies.delete.dated", "n", farewell.dated().size(), "first", first)));
        if (!farewell.staying().isEmpty()) {
            lines.add(Sentence.of(
                    "policies.delete.staying", "n", farewell.staying().size()));
        }
        if (farewell.dated().isEmpty() && farewell.staying().isEmpty()) {
            lines.add(Sentence.of("policies.delete.none"));
        }
        return new Question(
                Sentence.of("policies.delete.title", "policy", row.policy().name()),
                lines,
                Sentence.of("policies.delete"),
                true);
    }
}
