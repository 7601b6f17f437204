package org.coffer.window.policy;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** The hours of the day at a location: a bar each, as high as the hour is busy; underlined those in which this policy runs. */
final class BusyView extends VBox {
    private static final double HEIGHT = 20;
    /** Even one backup in a busy place is seen. */
    private static final double LEAST = 3;
    /** Between two numbers of the axis. */
    private static final int STEP = 6;

    private final Kit kit;
    private final Busy busy;
    private final Drafted draft;
    private final HBox bars = new HBox(2);
    private final HBox axis = new HBox();

    BusyView(Kit kit, Busy busy, Drafted draft) {
        super(4);
        this.kit = kit;
        this.busy = busy;
        this.draft = draft;
        getStyleClass().add("busy");
        bars.setAlignment(Pos.BOTTOM_LEFT);
        for (int hour = 0; hour < 24; hour += STEP) {
            Label number = kit.caption(LocalTime.of(hour, 0).toString());
            HBox.setHgrow(number, Priority.ALWAYS);
            number.setMaxWidth(Double.MAX_VALUE);
            number.setPrefWidth(0);
            axis.getChildren().add(number);
        }
        getChildren().addAll(head(), bars, axis);
        WhileShown.of(bars).watch(busy.hours(), now -> show()).watch(draft.times, now -> show());
    }

    private Node head() {
        Label words = kit.caption("");
        ObservableList<Busy.Place> offered = FXCollections.observableArrayList();
        ComboBox<Busy.Place> box = kit.small(kit.choice(offered, Busy.Place::name));
        box.setAccessibleText(kit.say("policy.form.busy.where"));
        box.setOnAction(event -> {
            if (box.getValue() != null) {
                busy.chosen().set(Optional.of(box.getValue()));
            }
        });
        WhileShown.of(this).watch(busy.places(), all -> {
            offered.setAll(all);
            busy.chosen().get().ifPresent(box::setValue);
            see(box, all.size() > 1);
            see(this, !all.isEmpty());
        });
        WhileShown.of(box).watch(busy.chosen(), now -> now.ifPresent(box::setValue));
        WhileShown.of(words).watch(busy.hours(), now -> words.setText(title(now)));
        return kit.row(words, box);
    }

    private String title(List<Integer> hours) {
        boolean choice = busy.places().get().size() > 1;
        String place = busy.chosen().get().map(Busy.Place::name).orElse("");
        if (hours.stream().allMatch(n -> n == 0)) {
            return choice ? kit.say("policy.form.busy.idle.at") : kit.say("policy.form.busy.idle", "location", place);
        }
        return choice ? kit.say("policy.form.busy.at") : kit.say("policy.form.busy", "location", place);
    }

    private void show() {
        List<Integer> hours = busy.hours().get();
        int most = hours.stream().mapToInt(Integer::intValue).max().orElse(0);
        see(bars, most > 0);
        see(axis, most > 0);
        bars.getChildren()
                .setAll(IntStream.range(0, hours.size())
                        .mapToObj(hour -> hour(hour, hours.get(hour), most))
                        .toList());
        if (most > 0) {
            bars.setAccessibleText(words(hours.indexOf(most), most));
        }
    }

    private Node hour(int hour, int n, int most) {
        var bar = new Region();
        bar.getStyleClass().add("bar-of-hour");
        double height = n == 0 ? 0 : Math.max(LEAST, HEIGHT * n / most);
        bar.setMinHeight(height);
        bar.setMaxHeight(height);
        var column = new StackPane(bar);
        column.getStyleClass().add("hour");
        if (draft.times.get().stream().anyMatch(time -> time.getHour() == hour)) {
            column.getStyleClass().add("chosen");
        }
        StackPane.setAlignment(bar, Pos.BOTTOM_CENTER);
        column.setMinHeight(HEIGHT + LEAST);
        column.setPrefWidth(0);
        HBox.setHgrow(column, Priority.ALWAYS);
        Tooltip.install(column, kit.tip(words(hour, n)));
        return column;
    }

    private String words(int hour, int n) {
        return kit.say(
                "policy.form.busy.hour",
                "from",
                LocalTime.of(hour, 0).toString(),
                "until",
                LocalTime.of((hour + 1) % 24, 0).toString(),
                "n",
                n);
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }
}
