package org.coffer.window.policy;

import java.time.LocalTime;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.console.policy.Slot;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** The next ten runs, on the wall clock of the policy, with what a change of the clock does to them. */
final class NextRunsView extends VBox {
    private static final double MOMENT = 168;

    private final Kit kit;
    private final PolicyWords words;
    private final PolicyFormModel model;
    private final VBox lines = new VBox(6);

    NextRunsView(Kit kit, PolicyFormModel model) {
        super(8);
        this.kit = kit;
        this.words = new PolicyWords(kit.text());
        this.model = model;
        getChildren().add(lines);
        WhileShown.of(this).watch(model.runs(), this::show);
        WhileShown.of(lines)
                .watch(model.draft().enabled, on -> show(model.runs().get()));
    }

    private void show(List<Slot> runs) {
        lines.getChildren().setAll(runs.stream().map(this::line).toList());
        if (runs.isEmpty()) {
            lines.getChildren().add(kit.label(kit.say("policy.form.runs.none"), "muted"));
        } else if (!model.draft().enabled.get()) {
            lines.getChildren().addFirst(kit.prose(kit.say("policy.form.runs.disabled")));
        }
        if (!runs.isEmpty() && model.draft().zones().size() > 1) {
            String zone = model.draft().zone.get().getId();
            lines.getChildren().addFirst(kit.caption(kit.say("policy.form.runs.zone", "zone", zone)));
        }
    }

    private Node line(Slot run) {
        Label moment = kit.label(words.run(run), "digits");
        moment.setMinWidth(MOMENT);
        HBox line = kit.row(moment, kit.label(kit.formats().relative(run.at()), "muted"));
        if (run.shifted()) {
            Label shift = kit.label(kit.say(
                    "policy.form.runs.shifted",
                    "time",
                    run.planned().toLocalTime().toString(),
                    "at",
                    LocalTime.ofInstant(run.at(), model.draft().zone.get()).toString()));
            shift.setGraphic(kit.icon(Icon.INFO, Tone.MUTED));
            line.getChildren().add(shift);
        }
        return line;
    }
}
