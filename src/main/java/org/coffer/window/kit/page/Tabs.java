package org.coffer.window.kit.page;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/**
 * A row of tabs with counts. The chosen tab's ID is a property of the model, so it survives a change of language. Arrow
 * keys move, Ctrl+Tab goes round from anywhere in the page.
 */
public final class Tabs extends HBox {
    private final Kit kit;
    private final ObjectProperty<String> chosen;
    private final ToggleGroup group = new ToggleGroup();
    private final List<String> ids = new ArrayList<>();

    /** No tabs yet; {@code chosen} holds the ID of the one that is chosen. */
    public Tabs(Kit kit, ObjectProperty<String> chosen) {
        this.kit = kit;
        this.chosen = chosen;
        getStyleClass().add("tabs");
        addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    /** A tab whose words are the message {@code key}. */
    public Tabs tab(String id, String key) {
        add(id, key);
        return this;
    }

    /** A tab with a count that follows {@code count}. */
    public Tabs tab(String id, String key, ObservableValue<? extends Number> count) {
        ToggleButton button = add(id, key);
        Label bubble = kit.label(kit.formats().count(count.getValue().longValue()), "count");
        button.setGraphic(bubble);
        WhileShown.of(button).watch(count, now -> bubble.setText(kit.formats().count(now.longValue())));
        return this;
    }

    /** Offers the tab {@code id} only while {@code offered} says so. Who takes the chosen one away chooses another before. */
    public Tabs only(String id, ObservableValue<Boolean> offered) {
        Node button = getChildren().get(ids.indexOf(id));
        WhileShown.of(button).watch(offered, now -> {
            button.setVisible(now);
            button.setManaged(now);
        });
        return this;
    }

    /** Chooses the next tab that is offered, or the previous; goes round. */
    public void turn(int step) {
        int next = ids.indexOf(chosen.get());
        do {
            next = Math.floorMod(next + step, ids.size());
        } while (!getChildren().get(next).isManaged() && !ids.get(next).equals(chosen.get()));
        chosen.set(ids.get(next));
    }

    private ToggleButton add(String id, String key) {
        ToggleButton button = kit.toggle(kit.say(key));
        button.setAccessibleRole(AccessibleRole.TAB_ITEM);
        button.setToggleGroup(group);
        button.setMinWidth(USE_PREF_SIZE);
        button.setOnAction(event -> {
            button.setSelected(true);
            chosen.set(id);
        });
        ids.add(id);
        WhileShown.of(button).watch(chosen, now -> button.setSelected(id.equals(now)));
        getChildren().add(button);
        return button;
    }

    private void arrows(KeyEvent event) {
        if (event.getCode() == KeyCode.LEFT || event.getCode() == KeyCode.RIGHT) {
            turn(event.getCode() == KeyCode.LEFT ? -1 : 1);
            getChildren().get(ids.indexOf(chosen.get())).requestFocus();
            event.consume();
        }
    }
}
