package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds on every page and tab of the window, over a home with a vault, two disks, a good backup and a failed one:
 * all can be reached by keyboard, everything reached has a name, and what cannot be done says why.
 */
class EveryPageTest {
    private static final PseudoClass UNAVAILABLE = PseudoClass.getPseudoClass("unavailable");
    private static final int MOST_STOPS = 150;

    @TempDir
    Path root;

    private Optional<OpenWindow> opened = Optional.empty();

    @BeforeEach
    void aHomeWithHistory() throws Exception {
        opened = Optional.of(new OpenWindow(root));
    }

    @AfterEach
    void close() {
        opened.ifPresent(OpenWindow::close);
    }

    private void settle() {
        opened.orElseThrow().settle();
    }

    private Parent window() {
        return opened.orElseThrow().stage().getScene().getRoot();
    }

    /** Calls {@code look} with the name of every page and tab while it is shown, and of a vault's and a backup's page. */
    private void everyPage(BiConsumer<String, Parent> look) {
        int pages = Fx.call(() -> window().lookupAll(".nav-entry").size());
        for (int i = 1; i <= pages; i++) {
            Keys.push(KeyCode.CONTROL, KeyCode.valueOf("DIGIT" + i));
            everyTab("page " + i, look);
        }
        Keys.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        settle();
        Keys.push(KeyCode.CONTROL, KeyCode.N);
        settle();
        look.accept("create vault", Fx.call(this::window));
        Keys.push(KeyCode.ALT, KeyCode.LEFT);
        settle();
        link("vault_f61e");
        everyTab("vault", look);
        Keys.push(KeyCode.ALT, KeyCode.LEFT);
        settle();
        Keys.push(KeyCode.CONTROL, KeyCode.TAB);
        settle();
        link("manualbk_d819");
        look.accept("backup", Fx.call(this::window));
    }

    private void everyTab(String page, BiConsumer<String, Parent> look) {
        settle();
        int tabs = Fx.call(
                () -> Math.max(1, window().lookupAll(".tabs > .toggle-button").size()));
        for (int i = 1; i <= tabs; i++) {
            look.accept(page + ", tab " + i, Fx.call(this::window));
            Keys.push(KeyCode.CONTROL, KeyCode.TAB);
            settle();
        }
    }

    private void link(String words) {
        Fx.run(() -> all(window()).stream()
                .filter(node -> node instanceof ButtonBase button && words.equals(button.getText()))
                .map(ButtonBase.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link " + words))
                .fire());
        settle();
    }

    @Test
    void everythingThatTakesTheFocusHasAName() {
        var nameless = new LinkedHashSet<String>();
        everyPage((page, view) -> Fx.run(() -> all(view).stream()
                .filter(Node::isFocusTraversable)
                .filter(node -> name(node).isBlank())
                .forEach(node -> nameless.add(page + ": " + node))));
        assertThat(nameless).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsNotDisabledButSaysWhy() {
        var silent = new LinkedHashSet<String>();
        var reasons = new LinkedHashSet<String>();
        everyPage((page, view) -> Fx.run(() -> {
            for (Node node : all(view)) {
                if (node instanceof ButtonBase button
                        && button.getPseudoClassStates().contains(UNAVAILABLE)) {
                    String why = Optional.ofNullable(button.getAccessibleHelp()).orElse("");
                    reasons.add(why);
                    if (why.isBlank() || button.getTooltip() == null) {
                        silent.add(page + ": " + button.getText());
                    }
                }
                if (node.isDisable() && !isPartOfControl(node)) {
                    silent.add(page + ": disabled " + node);
                }
            }
        }));
        assertThat(silent).isEmpty();
        // The missing disk, at least, cannot be backed up now.
        assertThat(reasons).isNotEmpty();
    }

    @Test
    void tabGoesRoundEveryPageAndShowsWhereItIs() {
        var stuck = new ArrayList<String>();
        everyPage((page, view) -> {
            Node first = null;
            Set<Node> seen = new LinkedHashSet<>();
            for (int i = 0; i < MOST_STOPS; i++) {
                Keys.push(KeyCode.TAB);
                Node owner = Fx.call(() -> view.getScene().getFocusOwner());
                if (owner == null || !Fx.call(owner::isFocusVisible)) {
                    stuck.add(page + ": the focus is not seen on " + owner);
                    break;
                }
                if (first == null) {
                    first = owner;
                } else if (owner.equals(first)) {
                    break;
                } else if (!seen.add(owner)) {
                    stuck.add(page + ": the focus does not leave " + owner);
                    break;
                }
            }
            boolean everywhere = Fx.call(() -> all(view).stream()
                    .filter(node -> node.getStyleClass().contains("nav-entry"))
                    .anyMatch(seen::contains));
            if (!everywhere) {
                stuck.add(page + ": the navigation is not reached");
            }
        });
        assertThat(stuck).isEmpty();
    }

    /** Every node that is seen, also inside controls. */
    private static List<Node> all(Node node) {
        var found = new ArrayList<Node>();
        collect(node, found);
        return found;
    }

    private static void collect(Node node, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        found.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }

    private static String name(Node node) {
        if (node.getAccessibleText() != null) {
            return node.getAccessibleText();
        }
        if (node instanceof Labeled labeled && labeled.getText() != null) {
            return labeled.getText();
        }
        if (node instanceof TextInputControl input) {
            return Optional.ofNullable(input.getPromptText()).orElse("");
        }
        // A frame around things that have names themselves; it takes the focus only to be scrolled.
        boolean frame = node instanceof ScrollPane || node.getAccessibleRole() == AccessibleRole.SCROLL_BAR;
        return frame ? "frame" : "";
    }

    /** Scroll bars and the like are switched off by their controls. */
    private static boolean isPartOfControl(Node node) {
        return node.getStyleClass().stream()
                .anyMatch(name -> name.contains("scroll-bar") || name.contains("track") || name.contains("cell"));
    }
}
