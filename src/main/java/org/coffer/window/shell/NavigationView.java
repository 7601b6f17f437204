package org.coffer.window.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.coffer.window.kit.Act;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Kit;
import org.coffer.window.kit.WhileShown;

/** The navigation at the left: 200 wide, or 56 with icons alone where the window is narrow. Arrow keys move in it. */
final class NavigationView extends VBox {
    private final Kit kit;
    private final History history;
    private final List<ToggleButton> entries = new ArrayList<>();
    private final List<Node> wideOnly = new ArrayList<>();
    private final List<Label> badges = new ArrayList<>();
    private final List<Button> acts = new ArrayList<>();

    NavigationView(Kit kit, Pages pages, History history, Optional<Act> restore) {
        this.kit = kit;
        this.history = history;
        getStyleClass().add("nav");
        getChildren().add(brand());
        restore.ifPresent(act -> {
            Button button = kit.button(act.with(Icon.RESTORE));
            button.getStyleClass().add("restore");
            button.setMaxWidth(Double.MAX_VALUE);
            acts.add(button);
            VBox.setMargin(button, new javafx.geometry.Insets(12, 0, 8, 0));
            getChildren().add(button);
        });
        Group group = Group.TOP;
        for (PageEntry entry : pages.navigation()) {
            Group its = entry.place().orElseThrow().group();
            if (its != group) {
                group = its;
                getChildren().add(heading(its));
            }
            getChildren().add(entry(entry));
        }
        addEventFilter(KeyEvent.KEY_PRESSED, this::arrows);
    }

    /** Folds to icons, or unfolds. */
    void fold(boolean folded) {
        getStyleClass().remove("folded");
        if (folded) {
            getStyleClass().add("folded");
        }
        wideOnly.forEach(node -> {
            node.setVisible(!folded);
            node.setManaged(!folded);
        });
        ContentDisplay display = folded ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT;
        acts.forEach(button -> {
            button.setContentDisplay(display);
            button.setTooltip(folded ? kit.tip(button.getText()) : null);
            button.setStyle(folded ? "-fx-padding: 0;" : "");
        });
        badges.forEach(badge -> {
            StackPane.setAlignment(badge, folded ? Pos.TOP_RIGHT : Pos.CENTER_RIGHT);
            StackPane.setMargin(badge, new javafx.geometry.Insets(0, folded ? 0 : 8, 0, 0));
        });
        entries.forEach(button -> {
            button.setContentDisplay(display);
            button.setTooltip(folded ? kit.tip(button.getAccessibleText()) : null);
        });
    }

    /** Gives the focus to the page that is open. */
    void focusHere() {
        entries.stream()
                .filter(ToggleButton::isSelected)
                .findFirst()
                .or(() -> entries.stream().findFirst())
                .ifPresent(Node::requestFocus);
    }

    private Node brand() {
        Label name = kit.label(kit.say("shell.name"));
        wideOnly.add(name);
        var brand = new HBox(Icon.VAULT.large(), name);
        brand.getStyleClass().add("brand");
        VBox.setMargin(brand, new javafx.geometry.Insets(0, 0, 4, 0));
        return brand;
    }

    private Node heading(Group group) {
        Label words = kit.label(kit.say(group.key()), "nav-group");
        wideOnly.add(words);
        var gap = new Region();
        gap.getStyleClass().add("nav-gap");
        return new StackPane(gap, left(words));
    }

    private static Node left(Node node) {
        StackPane.setAlignment(node, Pos.BOTTOM_LEFT);
        return node;
    }

    private Node entry(PageEntry entry) {
        String words = kit.say(entry.titleKey());
        ToggleButton button = kit.toggle(words);
        button.getStyleClass().setAll("nav-entry");
        button.setAccessibleText(words);
        button.setMaxWidth(Double.MAX_VALUE);
        var icon = entry.place().orElseThrow().icon().large();
        button.setGraphic(icon);
        button.setOnAction(event -> {
            button.setSelected(true);
            history.open(Route.to(entry.id()));
        });
        WhileShown.of(button)
                .watch(
                        history.currentProperty(),
                        now -> button.setSelected(now.map(visit -> visit.entry().parent())
                                .orElse("")
                                .equals(entry.id())));
        entries.add(button);
        return entry.badge().map(number -> badged(button, words, number)).orElse(button);
    }

    private Node badged(
            ToggleButton button, String words, javafx.beans.value.ObservableValue<? extends Number> number) {
        Label badge = kit.label("", "badge");
        badge.setMouseTransparent(true);
        badges.add(badge);
        var stack = new StackPane(button, badge);
        HBox.setHgrow(stack, Priority.ALWAYS);
        WhileShown.of(badge).watch(number, now -> {
            String count = kit.formats().count(now.longValue());
            badge.setText(count);
            badge.setVisible(now.longValue() > 0);
            button.setAccessibleText(
                    now.longValue() > 0 ? kit.say("nav.badge.spoken", "page", words, "n", now.longValue()) : words);
        });
        return stack;
    }

    private void arrows(KeyEvent event) {
        int step = event.getCode() == KeyCode.DOWN ? 1 : event.getCode() == KeyCode.UP ? -1 : 0;
        int at = getScene() == null ? -1 : entries.indexOf(getScene().getFocusOwner());
        if (step != 0 && at >= 0) {
            entries.get(Math.clamp(at + step, 0, entries.size() - 1)).requestFocus();
            event.consume();
        }
    }
}
