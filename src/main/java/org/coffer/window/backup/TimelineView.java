package org.coffer.window.backup;

import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.backup.Backup;
import org.coffer.console.backup.BackupStatus;
import org.coffer.console.backup.Consistency;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/**
 * The backups of a disk in time: a column a day, a dot a backup, gaps named. Arrow keys go to the one before and after,
 * Home and End to the oldest and newest.
 */
public final class TimelineView extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass VERIFIED = PseudoClass.getPseudoClass("verified");
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
    private static final double COLUMN = 52;

    private final Kit kit;
    private final Timeline timeline;
    private final Label place;
    private final HBox days = new HBox(4);
    private final StackPane stage = new StackPane(days);

    /** A view of {@code timeline}. */
    public TimelineView(Kit kit, Timeline timeline) {
        this(kit, timeline, "backup.timeline.verified", "backup.timeline.plain");
    }

    /**
     * A view of {@code timeline} with words of its own.
     *
     * @param checked what a backup is that was verified
     * @param unchecked what one is that was not
     */
    public TimelineView(Kit kit, Timeline timeline, String checked, String unchecked) {
        super(8);
        this.kit = kit;
        this.timeline = timeline;
        getStyleClass().add("card");
        place = kit.caption("");
        var earlier = kit.small(kit.iconButton(
                Act.of("backup.timeline.earlier", () -> timeline.move(-1)).with(Icon.BACK)));
        var later = kit.small(kit.iconButton(
                Act.of("backup.timeline.later", () -> timeline.move(1)).with(Icon.NEXT)));
        var head = kit.row(kit.label(kit.say("backup.timeline"), "strong"), kit.spacer(), place, earlier, later);
        days.setAlignment(Pos.BOTTOM_CENTER);
        stage.getStyleClass().add("timeline");
        stage.setFocusTraversable(true);
        stage.setMinHeight(148);
        stage.setPrefHeight(148);
        stage.setAccessibleRole(javafx.scene.AccessibleRole.SLIDER);
        stage.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        getChildren().addAll(head, stage, legend(checked, unchecked));
        WhileShown.of(this).watch(timeline.shown(), this::paint);
        stage.widthProperty()
                .addListener((property, old, now) -> paint(timeline.shown().getValue()));
    }

    private Node legend(String checked, String unchecked) {
        var row = new HBox(
                12, sample(checked, VERIFIED), sample(unchecked, null), sample("backup.timeline.broken", BROKEN));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node sample(String key, @org.jspecify.annotations.Nullable PseudoClass state) {
        var dot = new StackPane();
        dot.getStyleClass().add("timeline-dot");
        if (state != null) {
            dot.pseudoClassStateChanged(state, true);
        }
        return kit.row(dot, kit.caption(kit.say(key)));
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> timeline.move(-1);
            case RIGHT -> timeline.move(1);
            case HOME -> timeline.moveToEnd(false);
            case END -> timeline.moveToEnd(true);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void paint(Optional<Timeline.Shown> now) {
        days.getChildren().clear();
        place.setText("");
        now.ifPresent(whole -> {
            int room = (int) Math.max(3, stage.getWidth() / (COLUMN + 20));
            TimelineDays.around(
                            whole.backups(), whole.place(), room, kit.clock().getZone())
                    .forEach(day -> add(day, whole.chosen()));
            if (whole.place() >= 0) {
                place.setText(kit.say(
                        "backup.timeline.place",
                        "n",
                        whole.place() + 1,
                        "all",
                        whole.backups().size()));
            }
            stage.setAccessibleText(words(whole.chosen()));
        });
    }

    private void add(TimelineDays.Day day, Backup chosen) {
        if (day.gap() > 0 && !days.getChildren().isEmpty()) {
            var gap = kit.caption(kit.say("backup.timeline.gap", "n", day.gap()));
            gap.getStyleClass().add("timeline-gap");
            gap.setTooltip(kit.tip(kit.say("backup.timeline.gap.tip", "n", day.gap())));
            days.getChildren().add(gap);
        }
        var column = new VBox(4);
        column.setAlignment(Pos.BOTTOM_CENTER);
        column.setMinWidth(COLUMN);
        if (day.more() > 0) {
            column.getChildren().add(kit.caption(kit.say("backup.timeline.more", "n", day.more())));
        }
        for (Backup backup : day.backups().reversed()) {
            column.getChildren().add(dot(backup, backup.id().equals(chosen.id())));
        }
        column.getChildren().add(kit.caption(day.date().toString().substring(5)));
        days.getChildren().add(column);
    }

    private Node dot(Backup backup, boolean chosen) {
        var dot = new StackPane();
        dot.getStyleClass().add("timeline-dot");
        boolean broken = backup.damaged() || backup.status() == BackupStatus.ERROR;
        dot.pseudoClassStateChanged(CHOSEN, chosen);
        dot.pseudoClassStateChanged(VERIFIED, backup.verifiedAt().isPresent() && !broken);
        dot.pseudoClassStateChanged(BROKEN, broken);
        if (broken) {
            dot.getChildren().add(kit.label("!", "timeline-mark"));
        } else if (backup.consistency() == Consistency.APPLICATION) {
            dot.getChildren().add(kit.label(kit.say("backups.mark.application"), "timeline-mark"));
        }
        var tip = kit.tip(words(backup));
        javafx.scene.control.Tooltip.install(dot, tip);
        dot.setOnMouseClicked(event -> {
            stage.requestFocus();
            timeline.go(backup);
        });
        return dot;
    }

    private String words(Backup backup) {
        return kit.say(
                "backup.timeline.dot",
                "name",
                backup.name(),
                "at",
                backup.createdAt(),
                "state",
                kit.say(BackupStates.of(backup, Optional.empty()).words()));
    }
}
