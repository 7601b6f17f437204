package org.coffer.window.kit.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.Sentence;
import org.coffer.window.kit.WhileShown;

/**
 * The row of filters above a table. What is chosen stands as chips that can be removed one by one. While rows are
 * ticked a {@link SelectionBar} may stand in its place; see {@link #orSelection}.
 */
public final class FilterBar extends HBox {
    private final Kit kit;
    private final HBox chips = new HBox(8);
    private final HBox anchor = new HBox();
    private final HBox end = new HBox(8);
    private final List<Runnable> painters = new ArrayList<>();
    private Runnable clear = () -> {};

    /** An empty bar. */
    public FilterBar(Kit kit) {
        this.kit = kit;
        getStyleClass().add("bar");
        chips.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        end.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        anchor.setManaged(false);
        getChildren().addAll(anchor, chips, kit.spacer(), end);
    }

    /**
     * A filter: several of {@code options} may be chosen; none means all.
     *
     * @param key the filter's name
     * @param options asked for each time the list opens
     */
    public <T> FilterBar filter(
            String key, ObservableSet<T> chosen, ObservableValue<List<T>> options, Function<? super T, String> words) {
        MenuButton button = kit.menuButton(kit.say(key), List::of);
        button.getItems().setAll(new CustomMenuItem());
        button.setOnShowing(event -> button.getItems()
                .setAll(options.getValue().stream()
                        .map(option -> item(option, chosen, words))
                        .toList()));
        getChildren().add(getChildren().indexOf(anchor), button);
        painters.add(() -> chosen.forEach(value -> chips.getChildren()
                .add(chip(
                        kit.say("kit.filter.chip", "filter", kit.say(key), "value", words.apply(value)),
                        () -> chosen.remove(value)))));
        clear = both(clear, chosen::clear);
        WhileShown.of(this).add(() -> {
            SetChangeListener<T> listener = change -> paint();
            chosen.addListener(listener);
            paint();
            return () -> chosen.removeListener(listener);
        });
        return this;
    }

    /**
     * A filter of which one option can be chosen, or none.
     *
     * @param key the filter's name
     * @param options asked for each time the list opens
     */
    public <T> FilterBar choice(
            String key,
            ObjectProperty<Optional<T>> chosen,
            ObservableValue<List<T>> options,
            Function<? super T, String> words) {
        MenuButton button = kit.menuButton(
                kit.say(key),
                () -> options.getValue().stream()
                        .map(option -> {
                            Act act = Act.of(Sentence.data(words.apply(option)), () -> chosen.set(Optional.of(option)));
                            return chosen.get().filter(option::equals).isPresent() ? act.with(Icon.DONE) : act;
                        })
                        .toList());
        getChildren().add(getChildren().indexOf(anchor), button);
        return chip(key, chosen, words);
    }

    /** A condition that another page sets; it stands here as a chip, to be removed, and has no list of its own. */
    public <T> FilterBar chip(String key, ObjectProperty<Optional<T>> chosen, Function<? super T, String> words) {
        painters.add(() -> chosen.get()
                .ifPresent(value -> chips.getChildren()
                        .add(chip(
                                kit.say("kit.filter.chip", "filter", kit.say(key), "value", words.apply(value)),
                                () -> chosen.set(Optional.empty())))));
        clear = both(clear, () -> chosen.set(Optional.empty()));
        WhileShown.of(this).watch(chosen, now -> paint());
        return this;
    }

    /**
     * A condition that something else than a list sets, such as a form behind {@code open}.
     *
     * @param parts its parts, to be removed one by one
     */
    public FilterBar conditions(Act open, ObservableValue<List<Chip>> parts) {
        getChildren().add(getChildren().indexOf(anchor), kit.button(open));
        painters.add(() ->
                parts.getValue().forEach(part -> chips.getChildren().add(chip(kit.say(part.words()), part.remove()))));
        clear = both(
                clear,
                () -> List.copyOf(parts.getValue())
                        .forEach(part -> part.remove().run()));
        WhileShown.of(this).watch(parts, now -> paint());
        return this;
    }

    /**
     * A part of a condition.
     *
     * @param words what it says, such as <em>Name: web</em>
     * @param remove takes it away
     */
    public record Chip(Sentence words, Runnable remove) {}

    /** The chips, to be put into a row of their own where this one is too full for them. */
    public HBox chipsApart() {
        getChildren().remove(chips);
        return chips;
    }

    /** Something at the right end, such as <em>Export</em>. */
    public FilterBar end(Node... nodes) {
        end.getChildren().addAll(nodes);
        return this;
    }

    /** The button that shows and hides columns of {@code table}, at the right end. */
    public FilterBar columns(TablePane<?> table) {
        Button button = kit.iconButton(Act.of("kit.table.columns", () -> {}).with(Icon.COLUMNS));
        button.setOnAction(event -> table.columnsMenu().show(button, javafx.geometry.Side.BOTTOM, 0, 4));
        return end(button);
    }

    /** Unchooses everything. */
    public void clearAll() {
        clear.run();
    }

    /** This bar, or {@code selection} while rows are ticked; both are 36 high, so the table stays where it is. */
    public Node orSelection(SelectionBar selection) {
        var place = new javafx.scene.layout.StackPane(this, selection);
        place.setMinHeight(36);
        place.setMaxHeight(36);
        WhileShown.of(place).watch(selection.count(), count -> {
            selection.setVisible(count.intValue() > 0);
            setVisible(count.intValue() == 0);
        });
        return place;
    }

    private <T> MenuItem item(T option, ObservableSet<T> chosen, Function<? super T, String> words) {
        CheckBox box = kit.checkBox(words.apply(option));
        box.getStyleClass().add("act-item");
        box.setSelected(chosen.contains(option));
        Runnable toggle = () -> {
            if (box.isSelected()) {
                chosen.add(option);
            } else {
                chosen.remove(option);
            }
        };
        box.setOnAction(event -> toggle.run());
        var item = new CustomMenuItem(box, false);
        item.setMnemonicParsing(false);
        return item;
    }

    private void paint() {
        chips.getChildren().clear();
        painters.forEach(Runnable::run);
        if (!chips.getChildren().isEmpty()) {
            chips.getChildren().add(kit.link(Act.of("kit.filter.clear", this::clearAll)));
        }
    }

    private Node chip(String words, Runnable remove) {
        var label = kit.label(words);
        Button close = kit.iconButton(Act.of("kit.filter.remove", remove).with(Icon.CLOSE));
        var chip = new HBox(label, close);
        chip.getStyleClass().add("chip");
        return chip;
    }

    private static Runnable both(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }
}
