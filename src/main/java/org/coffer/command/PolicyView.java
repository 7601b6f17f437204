package org.coffer.command;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.coffer.console.location.Location;
import org.coffer.console.policy.Days;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.PolicyState;
import org.coffer.console.policy.Retention;
import org.coffer.console.policy.Retention.Periods;
import org.coffer.console.policy.Simulation;
import org.coffer.console.policy.Slot;
import org.coffer.console.policy.SlotRun;
import org.coffer.console.policy.Verdict;
import org.coffer.console.vault.Vault;
import org.coffer.text.Text;
import org.coffer.text.policy.PolicyWords;

/** Policies as the command line shows them: in a list, in full, and for scripts. */
final class PolicyView {
    private static final int LAST = 5;

    private final Context context;
    private final Text text;
    private final PolicyWords words;

    PolicyView(Context context) {
        this.context = context;
        this.text = context.text();
        this.words = new PolicyWords(text);
    }

    private Policies policies() {
        return context.services().policies();
    }

    private Instant now() {
        return context.services().clock().instant();
    }

    /** When it runs next; one that serves no vault does not, whatever its plan says. */
    private Optional<Instant> next(Policy policy) {
        return policies().vaultsOf(policy.id()).isEmpty()
                ? Optional.empty()
                : policies().agenda().nextRuns(policy, now(), 1).stream()
                        .map(Slot::at)
                        .findFirst();
    }

    /** Whether it is on; one that is and serves no vault runs no more than one that is off. */
    private String state(Policy policy) {
        PolicyState state = Policies.state(Optional.of(policy));
        return text.word(policy.enabled() && policies().vaultsOf(policy.id()).isEmpty() ? PolicyState.NONE : state);
    }

    /** A sentence about a policy, or its fields. */
    void show(Policy policy, String sentence) {
        context.output().show(fields(policy), sentence);
    }

    void list(List<Policy> all) {
        Table table = new Table()
                .words(text.get("command.column.name"))
                .words(text.get("command.column.kind"))
                .words(text.get("command.column.status"))
                .words(text.get("command.column.schedule"))
                .words(text.get("command.column.keep"))
                .numbers(text.get("command.column.vaults"))
                .words(text.get("command.column.next"));
        all.forEach(policy -> table.row(
                policy.name(),
                kind(policy),
                state(policy),
                words.schedule(policy.plan().schedule()),
                words.retention(policy.plan().retention()),
                text.formats().count(policies().vaultsOf(policy.id()).size()),
                next(policy).map(text.formats()::time).orElse("—")));
        context.output().show(all.stream().map(this::fields).toList(), table, text.get("command.policy.none"));
    }

    /** What it does; of copies, where to. */
    private String kind(Policy policy) {
        return policy.plan()
                .target()
                .map(target -> text.get("command.policy.to", "vault", vault(target)))
                .orElseGet(() -> text.word(policy.kind()));
    }

    void details(Policy policy) {
        PolicyPlan plan = policy.plan();
        Table details = new Table().words("").words("");
        details.row(text.get("command.column.name"), policy.name())
                .row(text.get("command.column.id"), policy.id().toString())
                .row(text.get("command.column.status"), state(policy))
                .row(text.get("command.column.kind"), kind(policy))
                .row(text.get("command.column.schedule"), words.schedule(plan.schedule()))
                .row(text.get("command.column.zone"), plan.schedule().zone().getId())
                .row(text.get("command.column.keep"), words.retention(plan.retention()))
                .row(
                        text.get("command.column.full"),
                        plan.fullEvery().isPresent()
                                ? text.get(
                                        "command.policy.full",
                                        "n",
                                        plan.fullEvery().getAsInt())
                                : "—")
                .row(text.get("command.column.missed"), text.word(plan.missed()))
                .row(
                        text.get("command.column.limit"),
                        plan.conditions().limit() == 0
                                ? "—"
                                : text.get(
                                        "command.location.limit",
                                        "mb",
                                        plan.conditions().limit()))
                .row(
                        text.get("command.column.vaults"),
                        text.formats()
                                .list(policies().vaultsOf(policy.id()).stream()
                                        .map(Vault::name)
                                        .toList()))
                .row(
                        text.get("command.column.next"),
                        next(policy).map(text.formats()::time).orElse("—"))
                .row(text.get("command.column.created"), text.formats().fullTime(policy.createdAt()));
        context.output().show(fields(policy), details);
        for (SlotRun run : context.services().scheduler().last(policy.id(), LAST)) {
            run.problem()
                    .ifPresent(why -> context.output()
                            .note(text.get(
                                    "command.policy.slot",
                                    "at",
                                    text.formats().time(run.slot()),
                                    "fate",
                                    text.word(run.fate()),
                                    "why",
                                    text.explain(why).line())));
        }
    }

    void runs(Policy policy, List<Slot> slots) {
        Table table = new Table().words(text.get("command.column.next")).words("");
        slots.forEach(slot -> table.row(
                text.formats().fullTime(slot.at()),
                slot.shifted() ? text.get("command.policy.shifted", "planned", local(slot.planned())) : ""));
        List<Fields> rows = slots.stream().map(PolicyView::run).toList();
        if (context.output().json()) {
            context.output().show(new Fields().with("runs", rows), table);
        } else {
            context.output().show(rows, table, text.get("command.policy.never", "name", policy.name()));
        }
    }

    private static Fields run(Slot slot) {
        return new Fields()
                .with("at", slot.at())
                .with("planned", slot.planned().toString())
                .with("shifted", slot.shifted());
    }

    private static String local(LocalDateTime planned) {
        return planned.toString().replace('T', ' ');
    }

    /** Slots, and what became of them. */
    void slots(List<SlotRun> slots, String none) {
        Table table = new Table()
                .words(text.get("command.column.policy"))
                .words(text.get("command.column.vault"))
                .words(text.get("command.column.slot"))
                .words(text.get("command.column.status"))
                .words("");
        slots.forEach(slot -> table.row(
                policy(slot),
                vault(slot),
                text.formats().fullTime(slot.slot()),
                text.word(slot.fate()),
                slot.problem().map(why -> text.explain(why).line()).orElse("")));
        context.output().show(slots.stream().map(this::fields).toList(), table, none);
    }

    private Fields fields(SlotRun slot) {
        return new Fields()
                .with("policy", policy(slot))
                .with("vault", vault(slot))
                .with("slot", slot.slot())
                .with("status", slot.fate())
                .with("reason", slot.problem().map(why -> Fields.of(why, text)));
    }

    private String policy(SlotRun slot) {
        return policies().find(slot.policy()).map(Policy::name).orElse("—");
    }

    private String vault(SlotRun slot) {
        return vault(slot.vault());
    }

    private String vault(UUID id) {
        return context.services().vaults().find(id).map(Vault::name).orElse("—");
    }

    void simulation(Simulation simulation) {
        Table table = new Table()
                .words(text.get("command.column.created"))
                .words(text.get("command.column.name"))
                .words(text.get("command.column.kept-by"))
                .words(text.get("command.column.goes"))
                .numbers(text.get("command.column.frees"));
        for (Simulation.Entry entry : simulation.entries()) {
            table.row(
                    text.formats().time(entry.created()),
                    entry.backup().map(backup -> backup.name()).orElse(text.get("command.policy.simulated")),
                    entry.there(simulation.asOf()) ? words.reasons(entry.reasons()) : text.get("command.policy.gone"),
                    entry.goesAt().map(text.formats()::time).orElse("—"),
                    text.formats().size(entry.frees()));
        }
        context.output()
                .show(
                        simulation.entries().stream()
                                .map(entry -> fields(entry, simulation.asOf()))
                                .toList(),
                        table,
                        text.get("command.backup.none"));
    }

    private Fields fields(Simulation.Entry entry, Instant asOf) {
        return new Fields()
                .with("backup", entry.backup().map(backup -> backup.id()))
                .with("name", entry.backup().map(backup -> backup.name()))
                .with("createdAt", entry.created())
                .with("there", entry.there(asOf))
                .with("keptBy", entry.reasons().stream().map(PolicyView::fields).toList())
                .with("rule", entry.by())
                .with("goesAt", entry.goesAt())
                .with("frees", entry.frees());
    }

    /** One thing that keeps a backup. */
    static Fields fields(Verdict.Reason reason) {
        return new Fields().with("rule", reason.keeper()).with("detail", reason.detail());
    }

    Fields fields(Policy policy) {
        PolicyPlan plan = policy.plan();
        return new Fields()
                .with("id", policy.id())
                .with("name", policy.name())
                .with("kind", policy.kind())
                .with("to", plan.target().map(this::vault))
                .with("enabled", policy.enabled())
                .with("zone", plan.schedule().zone().getId())
                .with(
                        "times",
                        plan.schedule().times().stream().map(Object::toString).toList())
                .with("days", days(plan.schedule().days()))
                .with("keep", keep(plan.retention()))
                .with(
                        "fullEvery",
                        plan.fullEvery().isPresent() ? plan.fullEvery().getAsInt() : null)
                .with("missed", plan.missed())
                .with("notOnBattery", plan.conditions().notOnBattery())
                .with("notMetered", plan.conditions().notMetered())
                .with(
                        "hours",
                        plan.conditions()
                                .hours()
                                .map(hours -> List.of(
                                        hours.from().toString(), hours.until().toString())))
                .with(
                        "limitBytesPerSecond",
                        plan.conditions().limit() == 0
                                ? null
                                : plan.conditions().limit() * Location.MB)
                .with(
                        "vaults",
                        policies().vaultsOf(policy.id()).stream()
                                .map(Vault::name)
                                .toList())
                .with("nextRun", next(policy))
                .with("createdAt", policy.createdAt());
    }

    private static Map<String, Object> days(Days days) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (days) {
            case Days.Weekly weekly ->
                map.put("weekly", weekly.weekdays().stream().map(Fields::word).toList());
            case Days.Every every -> {
                map.put("every", every.days());
                map.put("from", every.anchor().toString());
            }
            case Days.OfMonth ofMonth -> map.put("ofMonth", ofMonth.days());
        }
        return map;
    }

    private static Map<String, Object> keep(Retention retention) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (retention) {
            case Retention.ByCount(int newest, Periods periods) -> {
                map.put("count", newest);
                map.put("daily", periods.daily());
                map.put("weekly", periods.weekly());
                map.put("monthly", periods.monthly());
                map.put("yearly", periods.yearly());
            }
            case Retention.ByDays byDays -> map.put("days", byDays.days());
            case Retention.ByMonths byMonths -> map.put("months", byMonths.months());
            case Retention.Forever _ -> map.put("forever", true);
        }
        return map;
    }
}
