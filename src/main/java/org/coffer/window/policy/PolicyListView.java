package org.coffer.window.policy;

import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.policy.Slot;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.State;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.page.PageFrame;
import org.coffer.window.kit.table.TableBuilder;

/** The page of policies. */
final class PolicyListView {
    private PolicyListView() {}

    static Node of(Kit kit, PolicyListModel model, MissedRuns missed) {
        var words = new PolicyWords(kit.text());
        var table = new TableBuilder<>(kit, "policies", model.rows())
                .rowHeight(52)
                .link(
                        "name",
                        144,
                        row -> row.policy().name(),
                        row -> row.target()
                                .map(vault -> kit.say("policies.to", "vault", vault))
                                .orElse(""),
                        row -> model.edit(row.policy().id()))
                .grows()
                .sortable()
                .state("state", 104, PolicyListView::state)
                .sortable()
                .twoLines(
                        "schedule",
                        208,
                        row -> words.lines(row.policy().plan().schedule()).days(),
                        row -> besideDays(kit, words, row))
                .hover(row -> words.schedule(row.policy().plan().schedule()) + '\n' + whole(kit, words, row))
                .grows()
                .twoLines(
                        "keeps",
                        184,
                        row -> words.keeps(row.policy().plan().retention()),
                        row -> besides(
                                kit, words.besidesBriefly(row.policy().plan().retention())))
                .hover(row -> words.retention(row.policy().plan().retention()))
                .grows()
                .number("vaults", 60, row -> kit.formats().count(row.vaults().size()))
                .sortable()
                .text(
                        "next",
                        124,
                        row -> row.next().map(Slot::at).map(kit.formats()::time).orElse("—"))
                .sortable()
                .custom("last", 136, () -> new ResultsCell(kit))
                .actions(108, 1, model::acts)
                .onOpen(row -> model.edit(row.policy().id()))
                .empty(Icon.POLICY, "policies.empty", model.create())
                .onClearFilters(() -> model.query().set(""))
                .build();
        return new PageFrame(kit, "policies.title")
                .search(model.query())
                .refresh(Act.of("policies.refresh", model.rows()::refresh))
                .primary(model.create())
                .filters(MissedRunsView.banner(kit, missed))
                .content(table);
    }

    /**
     * The second line of a schedule: first what has to be seen. That is the times where the days fill the first line, and a zone that is
     * not this computer's; what becomes of missed runs is brief beside one of these, and beside both only hovering says it,
     * as it does what a policy that is off leaves undone beside its times.
     */
    private static String besideDays(Kit kit, PolicyWords words, PolicyRow row) {
        PolicyPlan plan = row.policy().plan();
        String times = words.lines(plan.schedule()).times();
        if (!row.policy().enabled()) {
            return times.isEmpty() ? off(kit, row) : times;
        }
        Optional<String> zone = words.elsewhere(plan.schedule());
        if (times.isEmpty() && zone.isEmpty()) {
            return words.missed(plan);
        }
        boolean room = times.isEmpty() || zone.isEmpty();
        return joined(kit, Stream.of(times, zone.orElse(""), room ? words.missedBriefly(plan) : ""));
    }

    private static String joined(Kit kit, Stream<String> parts) {
        return parts.filter(part -> !part.isEmpty())
                .reduce((one, more) -> kit.say("policies.beside", "one", one, "more", more))
                .orElse("");
    }

    /** What hovering says below all of the schedule. */
    private static String whole(Kit kit, PolicyWords words, PolicyRow row) {
        return row.policy().enabled() ? words.missed(row.policy().plan()) : off(kit, row);
    }

    private static String off(Kit kit, PolicyRow row) {
        return kit.say(row.target().isPresent() ? "policies.disabled.copies" : "policies.disabled");
    }

    private static String besides(Kit kit, String periods) {
        return periods.isEmpty() ? "" : kit.say("policies.besides", "periods", periods);
    }

    private static State state(PolicyRow row) {
        if (!row.policy().enabled()) {
            return new State(Icon.OFF, Tone.MUTED, Sentence.of("policies.state.disabled"), Optional.empty());
        }
        return row.vaults().isEmpty()
                ? new State(Icon.WARN, Tone.ATTENTION, Sentence.of("policies.state.unbound"), Optional.empty())
                : new State(Icon.OK, Tone.SUCCESS, Sentence.of("policies.state.enabled"), Optional.empty());
    }
}
