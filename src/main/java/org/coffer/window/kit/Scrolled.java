package org.coffer.window.kit;

import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;

/**
 * Content that scrolls only where it is taller than it may be: as tall as its lines are once they are broken to its width, also if the
 * content comes or grows later. JavaFX's own pane is as tall as the unbroken lines that it had when it was first measured.
 */
public class Scrolled extends ScrollPane {
    private final double tallest;

    /**
     * A pane without content as yet, of no height.
     *
     * @param tallest in pixels; above it the content scrolls
     */
    public Scrolled(double tallest) {
        this.tallest = tallest;
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setMaxHeight(tallest);
    }

    /** A pane with {@code content}. */
    public Scrolled(Node content, double tallest) {
        this(tallest);
        setContent(content);
    }

    /** Its height follows from its width, as that of wrapped words does. */
    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        double inside = width < 0 ? width : Math.max(0, width - snappedLeftInset() - snappedRightInset());
        Node content = getContent();
        double lines = content == null ? 0 : Math.max(content.minHeight(inside), content.prefHeight(inside));
        return Math.min(tallest, snapSizeY(lines) + snappedTopInset() + snappedBottomInset());
    }
}
