package org.coffer.window.vault;

import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.console.vault.Candidate;
import org.coffer.window.disk.DiskStates;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.Tone;
import org.coffer.window.kit.WhileShown;
import org.coffer.window.kit.page.SearchField;
import org.coffer.window.kit.table.CellView;
import org.coffer.window.kit.table.TableBuilder;
import org.coffer.window.kit.table.TablePane;
import org.jspecify.annotations.Nullable;

/** Left all disks, with the reason in the row where one cannot be chosen; right the chosen ones and their size. */
final class DiskChooserView extends HBox {
    private static final double RIGHT = 264;

    private final Kit kit;
    private final DiskChooserModel model;
    private final VBox chosen = new VBox(4);
    private final VBox warnings = new VBox(8);
    private final StackPane meter = new StackPane();
    private final Label total;
    private final Label heading;

    DiskChooserView(Kit kit, DiskChooserModel model) {
        super(24);
        this.kit = kit;
        this.model = model;
        this.total = kit.prose("");
        this.heading = kit.label("", "strong");
        getChildren().addAll(left(), right());
        setMinHeight(0);
        WhileShown.of(this)
                .watch(model.chosen(), now -> paint())
                .watch(model.rows().totalProperty(), now -> paint());
    }

    private Node left() {
        TablePane<Candidate> table = new TableBuilder<>(kit, "bind", model.rows())
                .rowHeight(52)
                .custom("choose", 40, Choose::new)
                .title("=")
                .twoLines(
                        "disk",
                        220,
                        row -> row.disk().name(),
                        row -> row.whyNot()
                                .map(why -> kit.text().explain(why).what())
                                .orElse(row.disk().path().toString()))
                .hover(row -> row.whyNot()
                        .map(why -> kit.text().explain(why).line())
                        .orElse(row.disk().path().toString()))
                .grows()
                .number("size", 92, row -> kit.formats().size(row.disk().capacity()))
                .state("state", 136, row -> DiskStates.of(row.disk()))
                .onOpen(model::toggle)
                .onKey(KeyCode.SPACE, model::toggle)
                .empty(Icon.DISK, "disks.empty", null)
                .onClearFilters(() -> model.query().set(""))
                .build();
        VBox.setVgrow(table, Priority.ALWAYS);
        var search = new SearchField(kit, model.query());
        search.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(search, Priority.ALWAYS);
        var left = new VBox(8, kit.row(search, kit.button(model.addImage())), table);
        left.setMinHeight(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        return left;
    }

    private Node right() {
        var scroll = new ScrollPane(chosen);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        var right = new VBox(8, heading, scroll, meter, total, warnings);
        right.getStyleClass().add("summary");
        right.setMinWidth(RIGHT);
        right.setMaxWidth(RIGHT);
        right.setMinHeight(0);
        return right;
    }

    private void paint() {
        heading.setText(kit.say("bind.chosen", "n", model.chosen().get().size()));
        chosen.getChildren().setAll(model.chosenRows().stream().map(this::line).toList());
        Optional<Long> capacity = model.capacityBytes();
        meter.getChildren()
                .setAll(capacity.map(bytes -> Meter.used(RIGHT - 32, (double) model.totalBytes() / bytes)).stream()
                        .toList());
        meter.setManaged(capacity.isPresent());
        total.setText(capacity.map(bytes -> kit.say("bind.total.of", "bytes", model.totalBytes(), "capacity", bytes))
                .orElseGet(() -> kit.say("bind.total", "bytes", model.totalBytes())));
        warnings.getChildren()
                .setAll(Warnings.of(model.chosenRows()).stream()
                        .map(warning -> warning(kit.say(warning)))
                        .toList());
    }

    private Node warning(String words) {
        Label label = kit.caption(words);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(label, Priority.ALWAYS);
        HBox row = kit.row(kit.icon(Icon.WARN, Tone.ATTENTION), label);
        row.setAlignment(javafx.geometry.Pos.TOP_LEFT);
        return row;
    }

    private Node line(Candidate row) {
        Label name = kit.label(row.disk().name(), "may-clip");
        name.setMinWidth(0);
        Label size = kit.caption(kit.formats().size(row.disk().capacity()));
        size.setMinWidth(USE_PREF_SIZE);
        Button remove = kit.small(
                kit.iconButton(Act.of("bind.remove", () -> model.toggle(row)).with(Icon.CLOSE)));
        return kit.row(name, kit.spacer(), size, remove);
    }

    /** The tick of a row. It is dimmed where the row says why it cannot be chosen. */
    private final class Choose implements CellView<Candidate> {
        private final CheckBox box = kit.checkBox("");
        private @Nullable Candidate row;

        Choose() {
            box.setFocusTraversable(false);
            box.setOnAction(event -> {
                Candidate now = row;
                if (now != null) {
                    model.toggle(now);
                }
            });
            WhileShown.of(box).watch(model.chosen(), chosen -> repaint());
        }

        @Override
        public Node node() {
            return box;
        }

        @Override
        public void show(Candidate now) {
            row = now;
            box.setAccessibleText(now.disk().name());
            repaint();
        }

        private void repaint() {
            Candidate now = row;
            box.setDisable(now != null && now.whyNot().isPresent());
            box.setSelected(
                    now != null && model.chosen().get().contains(now.disk().id()));
        }
    }
}
