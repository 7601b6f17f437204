package org.coffer.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import org.coffer.window.picture.Fx;
import org.coffer.window.picture.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk got back through the whole window, by keyboard alone and by mouse alone, from the button to the verdict. */
class WizardPathsTest {
    @TempDir
    Path root;

    private String home = "";
    private Optional<OpenWindow> opened = Optional.empty();

    @BeforeEach
    void aHomeWithHistory() throws Exception {
        opened = Optional.of(new OpenWindow(root));
        // New disk files are suggested there.
        home = System.getProperty("user.home", "");
        System.setProperty("user.home", root.toString());
    }

    @AfterEach
    void close() {
        System.setProperty("user.home", home);
        opened.ifPresent(OpenWindow::close);
    }

    private void settle() {
        opened.orElseThrow().settle();
    }

    private Parent window() {
        return opened.orElseThrow().stage().getScene().getRoot();
    }

    @Test
    void byKeyboardAlone() throws Exception {
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        assertThat(words()).contains("What happened?");
        push(KeyCode.DOWN);
        push(KeyCode.ENTER);
        assertThat(words()).contains("What do you want back?", "web.img");
        push(KeyCode.ENTER);
        assertThat(words()).contains("From when?", "Later changes are not included.");
        push(KeyCode.ENTER);
        assertThat(words()).contains("Where to?", "A new disk file");
        push(KeyCode.ENTER);
        assertThat(words()).contains("Check", "Create disk file");
        push(KeyCode.ENTER);
        ends();
        push(KeyCode.ENTER);
        assertThat(words()).doesNotContain("Receipt");
    }

    @Test
    void byMouseAloneInSixClicks() throws Exception {
        click("Restore data");
        click("A disk or computer is broken");
        click("web.img");
        click("Continue");
        click("Continue");
        click("Create disk file");
        ends();
        click("Finish");
        assertThat(words()).doesNotContain("Receipt");
    }

    @Test
    void everyAnswerCanBeChangedOnTheRail() {
        push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
        click("A disk or computer is broken");
        click("web.img");
        click("What happened?");
        click("I just want to look");
        assertThat(words()).contains("Name, or part of it");
        push(KeyCode.ESCAPE);
        assertThat(words()).doesNotContain("What happened?");
    }

    /** The work ends with a verdict, a receipt and the disk in its file. */
    private void ends() throws IOException {
        Fx.until("the verdict", () -> words(window()).anyMatch(said -> said.startsWith("Done. The new disk file")));
        assertThat(words()).contains("Save receipt...", "Open folder");
        try (Stream<Path> files = Files.list(root)) {
            Path made = files.filter(file -> file.getFileName().toString().startsWith("web.img-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.mismatch(made, root.resolve("web.img"))).isEqualTo(-1);
        }
    }

    private void push(KeyCode... keys) {
        Keys.push(keys);
        settle();
    }

    /** Clicks where these words are. */
    private void click(String words) {
        Point2D place = Fx.call(() -> {
            Node node = all(window()).stream()
                    .filter(one -> one instanceof Labeled labeled && words.equals(labeled.getText()))
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError(
                            "nowhere: " + words + " in " + words(window()).toList()));
            Bounds bounds = node.localToScreen(node.getLayoutBounds());
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        });
        Robot robot = Fx.call(Robot::new);
        Fx.run(() -> robot.mouseMove(place));
        Platform.runLater(() -> robot.mousePress(MouseButton.PRIMARY));
        Platform.runLater(() -> robot.mouseRelease(MouseButton.PRIMARY));
        Fx.pulses(2);
        settle();
    }

    private List<String> words() {
        return Fx.call(() -> words(window()).toList());
    }

    private static Stream<String> words(Node node) {
        return all(node).stream().flatMap(one -> switch (one) {
            case Labeled labeled when labeled.getText() != null -> Stream.of(labeled.getText());
            case TextInputControl input when input.getPromptText() != null -> Stream.of(input.getPromptText());
            default -> Stream.empty();
        });
    }

    /** Every node that is seen, also inside controls. */
    private static List<Node> all(Node node) {
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
}
