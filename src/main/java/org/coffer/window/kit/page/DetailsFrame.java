package org.coffer.window.kit.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.State;
import org.coffer.window.kit.WhileShown;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a page about one thing: the way back, name and state, acts, a message if something is wrong, cards, tabs.
 */
public final class DetailsFrame extends VBox {
    private final Kit kit;
    private final HBox crumbs = new HBox();
    private final HBox title = new HBox();
    private final Label name;
    private final HBox acts = new HBox(8);
    private final StackPane message = new StackPane();
    private final VBox parts = new VBox(16);
    private @Nullable Act primary;
    private @Nullable Tabs tabs;

    /** A page about what is called {@code name} now. */
    public DetailsFrame(Kit kit, ObservableValue<String> name) {
        this.kit = kit;
        getStyleClass().add("page");
        crumbs.getStyleClass().add("crumbs");
        Label here = kit.label(name.getValue(), "muted", "may-clip");
        WhileShown.of(here).watch(name, here::setText);
        crumbs.getChildren().add(here);
        title.getStyleClass().add("title-row");
        this.name = kit.label(name.getValue(), "page-title", "may-clip");
        WhileShown.of(this).watch(name, this.name::setText);
        acts.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        acts.setMinWidth(USE_PREF_SIZE);
        title.getChildren().addAll(this.name, kit.spacer(), acts);
        message.setManaged(false);
        parts.getChildren().add(message);
        VBox.setVgrow(parts, Priority.ALWAYS);
        getChildren().addAll(crumbs, title, parts);
        setSpacing(4);
    }

    /** A step of the way here, from left to right; the page's own name follows by itself. */
    public DetailsFrame crumb(String key, Runnable open) {
        int last = crumbs.getChildren().size() - 1;
        crumbs.getChildren().addAll(last, List.of(kit.link(Act.of(key, open)), Icon.NEXT.node()));
        return this;
    }

    /** The pencil beside the name. */
    public DetailsFrame rename(Act act) {
        title.getChildren().add(1, kit.small(kit.iconButton(act.with(Icon.EDIT))));
        return this;
    }

    /** The state as a pill beside the name. */
    public DetailsFrame state(ObservableValue<State> state) {
        Label pill = kit.pill(state.getValue());
        pill.setMinWidth(USE_PREF_SIZE);
        WhileShown.of(pill).watch(state, now -> kit.show(pill, now));
        title.getChildren().add(beforeSpacer(), pill);
        return this;
    }

    /** The ID, to be copied by a click. */
    public DetailsFrame id(String id) {
        var copied = kit.copyable(id);
        copied.setMinWidth(USE_PREF_SIZE); // A long name is cut instead; it stands whole in the crumbs.
        title.getChildren().add(beforeSpacer(), copied);
        return this;
    }

    /** The primary act, the second commonest, and the rest under ⋯. */
    public DetailsFrame acts(Act first, List<Act> buttons, Supplier<List<Act>> rest) {
        primary = first;
        buttons.forEach(act -> acts.getChildren().add(kit.button(act)));
        acts.getChildren().addAll(kit.primary(first), kit.more(rest));
        return this;
    }

    /** A message between title and cards while {@code banner} holds one. */
    public DetailsFrame message(ObservableValue<Optional<Node>> banner) {
        WhileShown.of(message).watch(banner, now -> {
            message.getChildren().clear();
            now.ifPresent(message.getChildren()::add);
            message.setManaged(now.isPresent());
        });
        return this;
    }

    /** A row of cards, or anything else of a fixed height. */
    public DetailsFrame part(Node node) {
        parts.getChildren().add(node);
        return this;
    }

    /** Tabs, and their contents by ID, made when first chosen. */
    public DetailsFrame tabs(Tabs row, ObjectProperty<String> chosen, Map<String, Supplier<Node>> contents) {
        tabs = row;
        StackPane place = PageFrame.switching(chosen, contents);
        var below = new VBox(8, row, place);
        VBox.setVgrow(place, Priority.ALWAYS);
        VBox.setVgrow(below, Priority.ALWAYS);
        below.setMinHeight(0);
        parts.getChildren().add(below);
        return this;
    }

    /** What Ctrl+N does. */
    public Optional<Act> primaryAct() {
        return Optional.ofNullable(primary);
    }

    /** What Ctrl+Tab turns. */
    public Optional<Tabs> tabRow() {
        return Optional.ofNullable(tabs);
    }

    private int beforeSpacer() {
        return title.getChildren().size() - 2;
    }
}
