package org.coffer.window.policy;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import org.coffer.console.policy.Simulation;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Kit;

/** Before and after an edit, side by side, a line for each backup. */
final class ComparedView {
    /** Lines that are shown; of more, the rest is counted. */
    private static final int MOST = 8;

    private static final double[] PERCENT = {26, 37, 37};

    private final Kit kit;
    private final PolicyWords words;

    ComparedView(Kit kit) {
        this.kit = kit;
        this.words = new PolicyWords(kit.text());
    }

    /** The lines. */
    Node of(Simulation before, Simulation after) {
        List<Compared> all = Compared.of(before, after);
        var grid = new GridPane(12, 4);
        grid.getStyleClass().add("compared");
        for (double percent : PERCENT) {
            var column = new ColumnConstraints();
            column.setPercentWidth(percent);
            grid.getColumnConstraints().add(column);
        }
        grid.addRow(
                0,
                head("policy.form.compared.backup"),
                head("policy.form.compared.before"),
                head("policy.form.compared.after"));
        List<Compared> shown = all.stream().limit(MOST).toList();
        for (Compared one : shown) {
            Label made = kit.label(kit.formats().time(one.after().created()));
            one.after().backup().ifPresent(backup -> made.setTooltip(kit.tip(backup.name())));
            grid.addRow(
                    grid.getRowCount(),
                    made,
                    fate(one.before(), before, false),
                    fate(one.after(), after, one.changed()));
        }
        if (all.size() > MOST) {
            grid.add(
                    kit.caption(kit.say("policy.form.compared.more", "n", all.size() - MOST)),
                    0,
                    grid.getRowCount(),
                    3,
                    1);
        }
        return grid;
    }

    private Label head(String key) {
        return kit.caption(kit.say(key));
    }

    private Label fate(Simulation.Entry entry, Simulation simulation, boolean changed) {
        Label label = kit.prose(told(entry, simulation));
        if (changed) {
            label.getStyleClass().add("strong");
        }
        return label;
    }

    private String told(Simulation.Entry entry, Simulation simulation) {
        if (!entry.there(simulation.asOf())) {
            return entry.goesAt()
                    .map(at -> kit.say("policy.form.compared.gone", "time", at))
                    .orElse("—");
        }
        String kept = entry.reasons().stream().map(words::reason).collect(Collectors.joining("\n"));
        return entry.goesAt()
                .map(at -> kept + "\n" + kit.say("policy.form.stays.goes", "time", at))
                .orElse(kept);
    }
}
