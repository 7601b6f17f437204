package org.coffer.window.picture;

import java.util.List;
import javafx.application.Platform;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;

/** Presses keys as a person does: each goes through the toolkit to the window in front. */
public final class Keys {
    private Keys() {}

    /**
     * Presses these keys one after the other, lets them go in turn, and waits until all of that has reached the window
     * and was painted. A key may open a box that waits for its answer.
     */
    public static void push(KeyCode... keys) {
        List<KeyCode> pressed = List.of(keys);
        Robot robot = Fx.call(Robot::new);
        // Each by itself: what a key opens may hold up the rest of the task that pressed it.
        pressed.forEach(key -> Platform.runLater(() -> robot.keyPress(key)));
        pressed.reversed().forEach(key -> Platform.runLater(() -> robot.keyRelease(key)));
        Fx.pulses(2);
    }

    /** Types letters and digits. */
    public static void type(String word) {
        word.chars().forEach(letter -> push(KeyCode.getKeyCode(Character.toString(Character.toUpperCase(letter)))));
    }
}
