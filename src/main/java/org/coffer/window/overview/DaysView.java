package org.coffer.window.overview;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.overview.Overview;
import org.coffer.window.kit.Kit;

/**
 * The last 30 days of the worst disks: a square a day, with a fill and a mark, because colour never speaks alone. One
 * square has the cursor; arrow keys, Home and End move it, Enter opens that day's tasks.
 */
final class DaysView extends VBox {
    /** More disks than this are only counted. */
    static final int MOST_ROWS = 6;

    private static final double NAME = 180;
    private static final PseudoClass CURSOR = PseudoClass.getPseudoClass("cursor");

    private final Kit kit;
    private final OverviewModel model;
    private final List<Overview.DiskDays> disks;
    private final List<List<StackPane>> squares = new ArrayList<>();
    private int row;
    private int day = OverviewModel.DAYS - 1;

    DaysView(Kit kit, OverviewModel model, List<Overview.DiskDays> days) {
        super(0);
        this.kit = kit;
        this.model = model;
        this.disks = days.subList(0, Math.min(MOST_ROWS, days.size()));
        getStyleClass().add("days");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        for (int i = 0; i < disks.size(); i++) {
            getChildren().add(line(i));
        }
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        focusedProperty().subscribe(focused -> paint());
        paint();
    }

    private HBox line(int index) {
        Overview.DiskDays disk = disks.get(index);
        Label name = kit.label(disk.name(), "may-clip");
        name.setMinWidth(NAME);
        name.setMaxWidth(NAME);
        var line = new HBox(4, name);
        line.setAlignment(Pos.CENTER_LEFT);
        List<StackPane> mine = new ArrayList<>();
        for (int i = 0; i < disk.results().size(); i++) {
            StackPane square = square(disk, index, i);
            mine.add(square);
            line.getChildren().add(square);
        }
        squares.add(mine);
        return line;
    }

    private StackPane square(Overview.DiskDays disk, int index, int at) {
        var mark = new Region();
        mark.getStyleClass().add("mark");
        mark.setMouseTransparent(true);
        var square = new StackPane(mark);
        square.getStyleClass().addAll("day", disk.results().get(at).name().toLowerCase(Locale.ROOT));
        Tooltip.install(square, kit.tip(words(index, at)));
        square.setOnMouseClicked(event -> {
            row = index;
            day = at;
            requestFocus();
            paint();
            model.openDay(disk, at);
        });
        return square;
    }

    private String words(int index, int at) {
        Overview.DiskDays disk = disks.get(index);
        return kit.say(
                "overview.day",
                "disk",
                disk.name(),
                "day",
                model.date(at).toString(),
                "result",
                kit.text().word(disk.results().get(at)));
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> day = Math.max(0, day - 1);
            case RIGHT -> day = Math.min(OverviewModel.DAYS - 1, day + 1);
            case HOME -> day = 0;
            case END -> day = OverviewModel.DAYS - 1;
            case UP -> row = Math.max(0, row - 1);
            case DOWN -> row = Math.min(disks.size() - 1, row + 1);
            case ENTER -> model.openDay(disks.get(row), day);
            default -> {
                return;
            }
        }
        event.consume();
        paint();
    }

    private void paint() {
        for (int i = 0; i < squares.size(); i++) {
            for (int j = 0; j < squares.get(i).size(); j++) {
                boolean here = isFocused() && i == row && j == day;
                squares.get(i).get(j).pseudoClassStateChanged(CURSOR, here);
            }
        }
        if (!disks.isEmpty()) {
            setAccessibleText(words(row, day));
        }
    }
}
