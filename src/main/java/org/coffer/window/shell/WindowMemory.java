package org.coffer.window.shell;

import java.util.Arrays;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.coffer.window.kit.LayoutMemory;

/** Remembers where the window was and how large; never restores it to where no screen is. */
final class WindowMemory {
    private static final String KEY = "window.place";
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 720;
    private static final double LEAST_WIDTH = 1024;
    private static final double LEAST_HEIGHT = 640;

    private final LayoutMemory memory;
    private final Stage stage;

    WindowMemory(LayoutMemory memory, Stage stage) {
        this.memory = memory;
        this.stage = stage;
    }

    void restore() {
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setWidth(WIDTH);
        stage.setHeight(HEIGHT);
        memory.recall(KEY).ifPresent(this::place);
        stage.showingProperty().addListener((property, old, showing) -> {
            if (!showing) {
                keep();
            }
        });
    }

    private void place(String kept) {
        double[] numbers;
        try {
            numbers = Arrays.stream(kept.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            // Written by another version: the usual place is good enough.
            return;
        }
        if (numbers.length != 5
                || Screen.getScreensForRectangle(new Rectangle2D(numbers[0], numbers[1], 64, 64))
                        .isEmpty()) {
            return;
        }
        stage.setX(numbers[0]);
        stage.setY(numbers[1]);
        stage.setWidth(Math.max(LEAST_WIDTH, numbers[2]));
        stage.setHeight(Math.max(LEAST_HEIGHT, numbers[3]));
        stage.setMaximized(numbers[4] == 1);
    }

    private void keep() {
        memory.keep(
                KEY,
                stage.getX() + "," + stage.getY() + "," + stage.getWidth() + "," + stage.getHeight() + ","
                        + (stage.isMaximized() ? 1 : 0));
    }
}
