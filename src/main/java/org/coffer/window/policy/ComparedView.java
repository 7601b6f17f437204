package org.coffer.window.policy;

import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.coffer.console.policy.Simulation;
import org.coffer.text.policy.PolicyWords;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;

/**
 * Before and after an edit, side by side, a line for each backup, which says what its going frees. Those that change are shown
 * first; the others come when they are asked for, some at a time, because there may be thousands.
 */
final class ComparedView {
    /** Lines that are shown at first. */
    private static final int FIRST = 8;
    /** Lines that come with each asking. */
    static final int MORE = 50;

    private static final double[] PERCENT = {26, 37, 37};

    private final Kit kit;
    private final PolicyWords words;
    /** Lines that are shown; stays while what is typed changes what they say. */
    private int most = FIRST;

    ComparedView(Kit kit) {
        this.kit = kit;
        this.words = new PolicyWords(kit.text());
    }

    /** The lines, and the way to those that are not shown. */
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
        var box = new VBox(4, grid);
        fill(grid, all, before, after, 0);
        if (all.size() > most) {
            box.getChildren().add(further(box, grid, all, before, after));
        }
        return box;
    }

    /** Shows more of the lines, and goes with the last. */
    private Node further(VBox box, GridPane grid, List<Compared> all, Simulation before, Simulation after) {
        var rest = new SimpleObjectProperty<>(rest(all));
        var link = kit.link(Act.of(rest, () -> {
            int shown = most;
            most += MORE;
            fill(grid, all, before, after, shown);
            rest.set(rest(all));
            if (all.size() <= most) {
                box.getChildren().setAll(grid);
            }
        }));
        link.getStyleClass().add("compared-more");
        return link;
    }

    private Sentence rest(List<Compared> all) {
        int left = all.size() - most;
        return Sentence.of("policy.form.compared.more", "n", Math.clamp(left, 0, MORE), "left", left);
    }

    private void fill(GridPane grid, List<Compared> all, Simulation before, Simulation after, int from) {
        for (Compared one : all.subList(from, Math.min(most, all.size()))) {
            grid.addRow(
                    grid.getRowCount(),
                    made(one),
                    fate(one.before(), before, false),
                    fate(one.after(), after, one.changed()));
        }
    }

    /** When it was made; of one that goes, what that frees. */
    private Node made(Compared one) {
        Label made = kit.label(kit.formats().time(one.after().created()));
        one.after().backup().ifPresent(backup -> made.setTooltip(kit.tip(backup.name())));
        boolean goes = one.before().goesAt().isPresent() || one.after().goesAt().isPresent();
        return goes
                ? new VBox(
                        made,
                        kit.caption(kit.say(
                                "policy.form.compared.frees",
                                "bytes",
                                one.after().frees())))
                : made;
    }

    private Label head(String key) {
        return kit.caption(kit.say(key));
    }

    private Label fate(Simulation.Entry entry, Simulation simulation, boolean changed) {
        Label label = kit.prose(told(entry, simulation));
        GridPane.setValignment(label, VPos.TOP);
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
