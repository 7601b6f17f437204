package org.coffer.window.kit;

import javafx.scene.layout.Region;

/**
 * A flat bar that is filled to a share. As a meter of room it turns amber from 90 % and red above 100 %; as progress it
 * keeps its colour. It does not animate: it moves only when its number does.
 */
public final class Meter extends Region {
    private final Region track = new Region();
    private final Region fill = new Region();
    private double share;

    private Meter(double width) {
        getStyleClass().add("meter");
        track.getStyleClass().add("track");
        fill.getStyleClass().add("fill");
        getChildren().addAll(track, fill);
        setMinSize(width, 6);
        setPrefSize(width, 6);
        setMaxSize(width, 6);
        setAccessibleRole(javafx.scene.AccessibleRole.PROGRESS_INDICATOR);
    }

    /** A meter of used room, {@code width} px wide. */
    public static Meter used(double width, double share) {
        var meter = new Meter(width);
        meter.showUsed(share);
        return meter;
    }

    /** A meter of used room, as wide as what it stands in. */
    public static Meter used(double share) {
        Meter meter = used(0, share);
        meter.setMaxWidth(Double.MAX_VALUE);
        return meter;
    }

    /** A bar of progress, {@code width} px wide. */
    public static Meter progress(double width, double share) {
        var meter = new Meter(width);
        meter.showProgress(share);
        return meter;
    }

    /** Shows how full something is: 0 to 1, or more if it is over-full. */
    public void showUsed(double used) {
        tone(used > 1 ? Tone.DANGER : used >= 0.9 ? Tone.ATTENTION : Tone.ACCENT);
        set(used);
    }

    /** Shows how far something is, 0 to 1. */
    public void showProgress(double done) {
        set(done);
    }

    /** Shows how far something is, 0 to 1; muted if it holds still. */
    public void showProgress(double done, boolean still) {
        tone(still ? Tone.MUTED : Tone.ACCENT);
        set(done);
    }

    /** The share shown, 0 to 1. */
    public double share() {
        return share;
    }

    private void tone(Tone tone) {
        if (!getStyleClass().contains(tone.styleClass())) {
            getStyleClass().removeIf(name -> name.startsWith("tone-"));
            getStyleClass().add(tone.styleClass());
        }
    }

    private void set(double value) {
        share = Math.clamp(value, 0, 1);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = snapSizeX(getWidth());
        track.resizeRelocate(0, 0, width, getHeight());
        // A sliver stays visible for anything above nothing.
        double filled = share == 0 ? 0 : Math.max(Math.min(4, width), snapSizeX(width * share));
        fill.resizeRelocate(0, 0, filled, getHeight());
    }
}
