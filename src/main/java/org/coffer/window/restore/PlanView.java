package org.coffer.window.restore;

import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Plan;
import org.coffer.console.restore.Preview;
import org.coffer.problem.Problem;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.Scrolling;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;

/** What a restore would do: which disk goes where, what stands in the way, what is overwritten, all in one sentence. */
final class PlanView extends ScrollPane {
    private static final Duration LOOK = Duration.millis(250);

    private final Kit kit;
    private final RestoreModel model;
    private final VBox mapping = new VBox();
    private final VBox troubles = new VBox(8);
    private final VBox rest = new VBox(4);
    private final VBox count = new VBox(4);
    private final VBox name = new VBox(4);
    private final VBox words = new VBox(8);

    PlanView(Kit kit, RestoreModel model) {
        this.kit = kit;
        this.model = model;
        var column = new VBox(
                16, kit.label(kit.say("restore.preview"), "strong"), mapping, troubles, count, words, rest, name);
        column.getStyleClass().add("summary");
        column.setMinHeight(USE_PREF_SIZE);
        setContent(column);
        Scrolling.fill(this);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        fillName();
        var clock = new Timeline(new KeyFrame(LOOK, event -> model.poll()));
        clock.setCycleCount(Animation.INDEFINITE);
        WhileShown.of(this)
                .watch(model.planProperty(), plan -> paint())
                .watch(model.failureProperty(), problem -> paint())
                .watch(model.comparisonProperty(), now -> {
                    paintCount(now);
                    if (now.state() == Comparison.State.RUNNING) {
                        clock.play();
                    } else {
                        clock.stop();
                    }
                })
                .watch(model.summary(), now -> {
                    paintWords(now);
                    paintTroubles();
                })
                .watch(model.asksForName(), asks -> see(name, asks))
                .add(() -> clock::stop);
    }

    private void paint() {
        paintMapping();
        paintTroubles();
        paintRest();
        paintCount(model.comparisonProperty().get());
    }

    /** From the disk in the backup to the disk or file that it becomes. */
    private void paintMapping() {
        mapping.getChildren().clear();
        var grid = new GridPane();
        grid.setHgap(12);
        grid.setVgap(4);
        row(
                grid,
                0,
                kit.say("restore.from"),
                model.backup().diskName(),
                kit.text().word(model.backup().role()) + " · "
                        + kit.formats().size(model.backup().sizes().capacity()));
        model.planProperty()
                .get()
                .ifPresentOrElse(
                        plan -> row(
                                grid,
                                1,
                                kit.say("restore.to"),
                                plan.targetName(),
                                plan.path() + " · " + kit.formats().size(plan.targetCapacity())),
                        () -> row(grid, 1, kit.say("restore.to"), "—", ""));
        mapping.getChildren().add(grid);
    }

    private void row(GridPane grid, int row, String title, String disk, String facts) {
        var head = kit.label(title, "fact-name");
        head.setMinWidth(48);
        var named = kit.label(disk, "strong", "may-clip");
        var below = kit.label(facts, "caption", "may-clip");
        var both = kit.column(0, named, below);
        GridPane.setHgrow(both, Priority.ALWAYS);
        GridPane.setValignment(head, javafx.geometry.VPos.TOP);
        grid.addRow(row, head, both);
    }

    private void paintTroubles() {
        troubles.getChildren().clear();
        model.failureProperty()
                .get()
                .ifPresent(problem -> troubles.getChildren().add(trouble(problem, Tone.DANGER)));
        model.planProperty().get().ifPresent(plan -> {
            plan.blocking().forEach(problem -> troubles.getChildren().add(trouble(problem, Tone.DANGER)));
            plan.warnings().stream()
                    .filter(problem -> !isGrown(problem))
                    .forEach(problem -> troubles.getChildren().add(trouble(problem, Tone.ATTENTION)));
        });
        boolean again = model.failureProperty().get().isPresent()
                || model.planProperty().get().filter(plan -> !plan.possible()).isPresent();
        if (again) {
            var ways = kit.row();
            if (model.unmountable().getValue()) {
                ways.getChildren()
                        .add(kit.small(kit.button(
                                Act.of("restore.unmount", model::unmount).with(Icon.UNMOUNT))));
            }
            ways.getChildren()
                    .add(kit.small(
                            kit.button(Act.of("restore.again", model::replan).with(Icon.REFRESH))));
            troubles.getChildren().add(ways);
        }
        see(troubles, !troubles.getChildren().isEmpty());
    }

    /** What is left over is not, if it is to be used. */
    private boolean isGrown(Problem warning) {
        return warning.code().equals("restore.larger")
                && model.grow().wanted().isPresent()
                && model.verifyProperty().get();
    }

    /** What stays as it is, what is not there, and about how long it takes. */
    private void paintRest() {
        rest.getChildren().clear();
        model.planProperty().get().ifPresent(plan -> {
            Preview preview = plan.preview();
            if (plan.targetDisk().isPresent()) {
                disks("restore.untouched", preview.untouched());
                disks("restore.missing", preview.missing());
            }
            preview.estimate()
                    .ifPresent(took -> rest.getChildren().add(caption(kit.say("restore.estimate", "took", took))));
        });
        see(rest, !rest.getChildren().isEmpty());
    }

    private void disks(String key, List<Disk> disks) {
        if (!disks.isEmpty()) {
            rest.getChildren()
                    .add(caption(
                            kit.say(key, "disks", disks.stream().map(Disk::name).toList())));
        }
    }

    private Node trouble(Problem problem, Tone tone) {
        var explained = kit.text().explain(problem);
        var what = kit.prose(explained.what());
        what.getStyleClass().add("strong");
        var rest = kit.prose(explained.rest());
        var lines = kit.column(2, what, rest);
        var row = kit.row(kit.icon(tone == Tone.DANGER ? Icon.ERROR : Icon.WARN, tone), lines);
        row.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        row.getStyleClass().add(tone.styleClass());
        javafx.scene.layout.HBox.setHgrow(lines, Priority.ALWAYS);
        return row;
    }

    private void paintCount(Comparison now) {
        count.getChildren().clear();
        boolean onDisk = model.planProperty()
                .get()
                .filter(Plan::possible)
                .flatMap(Plan::targetDisk)
                .isPresent();
        see(count, onDisk);
        if (!onDisk) {
            return;
        }
        switch (now.state()) {
            case NONE ->
                count.getChildren()
                        .addAll(
                                kit.row(kit.small(kit.button(Act.of("restore.compare", model::compare)
                                        .with(Icon.SEARCH)))),
                                wrapped("restore.compare.help"));
            case RUNNING ->
                count.getChildren()
                        .add(kit.row(
                                Meter.progress(120, now.percent() / 100.0),
                                kit.label(kit.say("restore.comparing", "percent", now.percent())),
                                kit.link(Act.of("restore.compare.stop", model::cancelComparison))));
            case DONE -> {
                count.getChildren().add(kit.state(counted(now)));
                now.problem().ifPresent(problem -> count.getChildren().add(trouble(problem, Tone.ATTENTION)));
            }
            case FAILED ->
                now.problem().ifPresent(problem -> count.getChildren().add(trouble(problem, Tone.DANGER)));
        }
    }

    private static org.coffer.window.kit.State counted(Comparison now) {
        return now.bytes() == 0
                ? org.coffer.window.kit.State.of(Icon.OK, Tone.SUCCESS, "restore.compared.same")
                : org.coffer.window.kit.State.of(
                        Icon.INFO, Tone.ATTENTION, "restore.compared.differs", "bytes", now.bytes(), "n", now.blocks());
    }

    private Node wrapped(String key) {
        return caption(kit.say(key));
    }

    private Node caption(String words) {
        var label = kit.caption(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private void paintWords(List<Sentence> sentences) {
        words.getChildren()
                .setAll(sentences.stream().map(kit::say).map(kit::prose).toList());
    }

    private void fillName() {
        TextField field = kit.field("");
        field.textProperty().bindBidirectional(model.typedProperty());
        var title = kit.label("", "strong");
        WhileShown.of(title).watch(model.planProperty(), plan -> {
            String say = kit.say(
                    "kit.confirm.type", "name", plan.map(Plan::targetName).orElse(""));
            title.setText(say);
            field.setAccessibleText(say);
        });
        name.getChildren().addAll(title, field);
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
