package org.coffer.window.kit.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Meter;
import org.coffer.window.kit.State;
import org.jspecify.annotations.Nullable;

/** The kinds of cells; each makes its nodes once and only changes their words afterwards. */
final class Cells {
    /** Names are as long as their owners like; they may end in an ellipsis, and hovering shows them whole. */
    static final String MAY_CLIP = "may-clip";

    private Cells() {}

    static <R> CellView<R> text(Kit kit, Function<? super R, String> words) {
        Label label = kit.label("", MAY_CLIP);
        return view(label, row -> label.setText(words.apply(row)));
    }

    static <R> CellView<R> twoLines(Kit kit, Function<? super R, String> above, Function<? super R, String> below) {
        Label upper = kit.label("", MAY_CLIP);
        Label lower = kit.label("", "caption", MAY_CLIP);
        var box = new VBox(upper, lower);
        box.setAlignment(Pos.CENTER_LEFT);
        return view(box, row -> {
            upper.setText(above.apply(row));
            second(lower, below.apply(row));
        });
    }

    static <R> CellView<R> link(
            Kit kit, Function<? super R, String> title, Function<? super R, String> below, Consumer<? super R> follow) {
        Hyperlink link = kit.nameLink("", () -> {});
        link.getStyleClass().add(MAY_CLIP);
        link.setFocusTraversable(false);
        Label lower = kit.label("", "caption", MAY_CLIP);
        var box = new VBox(link, lower);
        box.setAlignment(Pos.CENTER_LEFT);
        return view(box, row -> {
            link.setText(title.apply(row));
            link.setVisited(false);
            link.setOnAction(event -> follow.accept(row));
            second(lower, below.apply(row));
        });
    }

    static <R> CellView<R> state(Kit kit, Function<? super R, State> state) {
        Label label = new Label();
        label.getStyleClass().add("state");
        return view(label, row -> kit.show(label, state.apply(row)));
    }

    /** A state with a muted line below that says why, and may be empty. */
    static <R> CellView<R> state(Kit kit, Function<? super R, State> state, Function<? super R, String> why) {
        Label label = new Label();
        label.getStyleClass().add("state");
        Label lower = kit.label("", "caption", MAY_CLIP);
        var box = new VBox(label, lower);
        box.setAlignment(Pos.CENTER_LEFT);
        return view(box, row -> {
            State now = state.apply(row);
            kit.show(label, now);
            second(lower, why.apply(row));
            lower.setTooltip(now.detail().map(kit::say).map(kit::tip).orElse(null));
        });
    }

    static <R> CellView<R> meter(Kit kit, Function<? super R, Double> share, Function<? super R, String> words) {
        Meter bar = Meter.used(56, 0);
        Label label = kit.label("");
        var box = new HBox(8, bar, label);
        box.setAlignment(Pos.CENTER_LEFT);
        return view(box, row -> {
            bar.showUsed(share.apply(row));
            label.setText(words.apply(row));
        });
    }

    static <R> CellView<R> actions(Kit kit, int inline, Function<R, List<Act>> acts) {
        var links = new ArrayList<Hyperlink>();
        var shown = new HBox();
        shown.setAlignment(Pos.CENTER_LEFT);
        for (int i = 0; i < inline; i++) {
            Hyperlink link = kit.nameLink("", () -> {});
            link.getStyleClass().setAll("hyperlink", "row-act");
            link.setFocusTraversable(false);
            links.add(link);
        }
        var current = new Object() {
            @Nullable
            R row;
        };
        MenuButton more = kit.more(() -> current.row == null ? List.of() : acts.apply(current.row));
        more.setFocusTraversable(false);
        shown.getChildren().addAll(links);
        shown.getChildren().addAll(kit.spacer(), more);
        return view(shown, row -> {
            current.row = row;
            List<Act> offered = acts.apply(row);
            for (int i = 0; i < inline; i++) {
                Hyperlink link = links.get(i);
                see(link, i < offered.size());
                if (i < offered.size()) {
                    kit.show(link, offered.get(i));
                }
            }
            see(more, offered.size() > inline);
        });
    }

    private static void see(Node node, boolean seen) {
        node.setVisible(seen);
        node.setManaged(seen);
    }

    private static void second(Label lower, String words) {
        lower.setText(words);
        lower.setManaged(!words.isEmpty());
        lower.setVisible(!words.isEmpty());
    }

    private static <R> CellView<R> view(Node node, Consumer<R> show) {
        return new CellView<>() {
            @Override
            public Node node() {
                return node;
            }

            @Override
            public void show(R row) {
                show.accept(row);
            }
        };
    }
}
