package org.coffer.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;

/** Somebody at the window, who finds things by the words that are written on them: with keys alone, or with the mouse. */
abstract class Person {
    final ShownWindow window;

    Person(ShownWindow window) {
        this.window = window;
    }

    // ---- What can be done

    /** Opens the wizard by the button with these words. */
    abstract void begins(String words);

    /** Answers with a card, where that is all that is asked. */
    abstract void answers(String card);

    /** Marks a card or a radio button, without going on. */
    abstract void marks(String words);

    /** Presses a button or a link. */
    abstract void presses(String words);

    /** Opens a row of the table. */
    abstract void opens(String words);

    /** Goes to the field that is called so, and types letters. */
    abstract void types(String field, String letters);

    // ---- What is seen

    /** All words on the window. */
    List<String> sees() {
        return Fx.call(() -> words(window.root()).toList());
    }

    /** Waits until these words are there. */
    void waitsFor(String words) {
        try {
            Fx.until(words, () -> words(window.root()).anyMatch(words::equals));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; there is " + sees(), e);
        }
        window.settle();
    }

    private static Stream<String> words(Node node) {
        return all(node).stream().flatMap(one -> switch (one) {
            case Labeled labeled when labeled.getText() != null -> Stream.of(labeled.getText());
            case TextInputControl input when input.getPromptText() != null -> Stream.of(input.getPromptText());
            default -> Stream.empty();
        });
    }

    /** What a control is called. */
    static String name(Node node) {
        String spoken = node.getAccessibleText();
        return spoken != null && !spoken.isEmpty()
                ? spoken
                : node instanceof Labeled labeled ? String.valueOf(labeled.getText()) : "";
    }

    /** Every node that is seen, also inside controls. */
    static List<Node> all(Node node) {
        var found = new ArrayList<Node>();
        collect(node, found);
        return found;
    }

    private static void collect(Node node, List<Node> found) {
        if (node.isVisible()) {
            found.add(node);
            if (node instanceof Parent parent) {
                parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
            }
        }
    }

    void push(KeyCode... keys) {
        Keys.push(keys);
        window.settle();
    }

    /** Types into what has the focus, in place of what is in it. */
    void typeOver(String letters) {
        Keys.push(KeyCode.CONTROL, KeyCode.A);
        Keys.type(letters);
        window.settle();
    }

    // ---- With keys alone

    /** Uses no mouse: goes from control to control with Tab, within cards and rows with the arrows. */
    static final class AtTheKeyboard extends Person {
        private static final int MOST = 80;

        AtTheKeyboard(ShownWindow window) {
            super(window);
        }

        @Override
        void begins(String words) {
            push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        }

        @Override
        void answers(String card) {
            marks(card);
            push(KeyCode.ENTER);
        }

        @Override
        void marks(String words) {
            goesTo(words, node -> node instanceof RadioButton one && sameGroup(one, words));
            for (int i = 0; i < MOST && !name(focused()).equals(words); i++) {
                Keys.push(KeyCode.DOWN);
            }
            found(words, name(focused()).equals(words));
            window.settle();
        }

        private boolean sameGroup(RadioButton one, String words) {
            return one.getToggleGroup() != null
                    && one.getToggleGroup().getToggles().stream()
                            .anyMatch(toggle ->
                                    toggle instanceof Node node && name(node).equals(words));
        }

        @Override
        void presses(String words) {
            goesTo(words, node -> node instanceof ButtonBase && name(node).equals(words));
            push(KeyCode.SPACE);
        }

        @Override
        void opens(String words) {
            goesTo(words, node -> node instanceof TableView);
            Keys.push(KeyCode.HOME);
            for (int i = 0; i < MOST && !chosenRow().contains(words); i++) {
                Keys.push(KeyCode.DOWN);
            }
            found(words, chosenRow().contains(words));
            push(KeyCode.ENTER);
        }

        private List<String> chosenRow() {
            return Fx.call(() -> all(focused()).stream()
                    .filter(node -> node instanceof TableRow<?> row && row.isSelected())
                    .flatMap(row -> words(row))
                    .toList());
        }

        @Override
        void types(String field, String letters) {
            goesTo(field, node -> node instanceof TextField && isNamed(node, field));
            typeOver(letters);
        }

        private void goesTo(String words, Predicate<Node> there) {
            for (int i = 0; i < MOST && !Fx.call(() -> there.test(focused())); i++) {
                Keys.push(KeyCode.TAB);
            }
            found(words, Fx.call(() -> there.test(focused())));
        }

        private void found(String words, boolean is) {
            if (!is) {
                throw new AssertionError(
                        "no key leads to " + words + ", the last was " + name(focused()) + "; there is " + sees());
            }
        }

        private Node focused() {
            return Optional.ofNullable(window.stage().getScene().getFocusOwner())
                    .orElse(window.root());
        }
    }

    private static boolean isNamed(Node node, String field) {
        return name(node).equals(field) || (node instanceof TextField input && field.equals(input.getPromptText()));
    }

    // ---- With the mouse

    /** Clicks on words; types only where letters are asked for. */
    static final class WithTheMouse extends Person {
        private static final int MOST_TURNS = 80;

        WithTheMouse(ShownWindow window) {
            super(window);
        }

        @Override
        void begins(String words) {
            click(words, 1);
        }

        @Override
        void answers(String card) {
            click(card, 1);
        }

        @Override
        void marks(String words) {
            click(words, 1);
        }

        /** Some have a picture in place of words. */
        @Override
        void presses(String words) {
            click(
                    words,
                    node -> (node instanceof Labeled labeled && words.equals(labeled.getText()))
                            || (node instanceof ButtonBase && words.equals(name(node))),
                    1);
        }

        @Override
        void opens(String words) {
            click(words, 2);
        }

        @Override
        void types(String field, String letters) {
            click(field, node -> node instanceof TextField && isNamed(node, field), 1);
            typeOver(letters);
        }

        private void click(String words, int times) {
            click(words, node -> node instanceof Labeled labeled && words.equals(labeled.getText()), times);
        }

        private void click(String words, Predicate<Node> wanted, int times) {
            Robot robot = Fx.call(Robot::new);
            for (int i = 0; i < MOST_TURNS && Fx.call(() -> turn(robot, place(words, wanted))); i++) {
                window.settle();
            }
            Fx.run(() -> robot.mouseMove(middle(place(words, wanted))));
            for (int i = 0; i < times; i++) {
                Platform.runLater(() -> robot.mousePress(MouseButton.PRIMARY));
                Platform.runLater(() -> robot.mouseRelease(MouseButton.PRIMARY));
            }
            window.settle();
        }

        private Node place(String words, Predicate<Node> wanted) {
            return all(window.root()).stream()
                    .filter(wanted)
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError(
                            "nowhere: " + words + " in " + words(window.root()).toList()));
        }

        private static Point2D middle(Node node) {
            Bounds bounds = node.localToScreen(node.getLayoutBounds());
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        }

        /** Turns the wheel once over the page in which the node lies, if it is above or below what is seen of that page. */
        private static boolean turn(Robot robot, Node node) {
            for (Node around = node.getParent(); around != null; around = around.getParent()) {
                if (around instanceof ScrollPane page) {
                    Bounds seen = page.localToScreen(page.getLayoutBounds());
                    double y = middle(node).getY();
                    if (y > seen.getMinY() && y < seen.getMaxY()) {
                        return false;
                    }
                    robot.mouseMove(new Point2D(seen.getCenterX(), seen.getCenterY()));
                    robot.mouseWheel(y < seen.getMinY() ? -1 : 1);
                    return true;
                }
            }
            return false;
        }
    }
}
