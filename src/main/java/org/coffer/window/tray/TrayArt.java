package org.coffer.window.tray;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Paint;
import javafx.scene.transform.Scale;
import org.coffer.window.kit.Icon;
import org.coffer.window.kit.Theme;
import org.coffer.window.tray.bus.Pixmap;

/** Draws the icon: Coffer's box, with a mark in its corner for what it does. Used on the window's thread only. */
final class TrayArt {
    /** What the mark in the corner says. */
    enum Mark {
        NONE,
        /** A round one: something runs. */
        WORKING,
        /** A triangle: something waits for the user. */
        ATTENTION
    }

    /** The side of what is drawn, in its own units; the sizes that panels ask for are made of it. */
    private static final double SIDE = 24;

    private static final int[] SIZES = {22, 24, 32, 48, 64};

    private final Map<Mark, List<Pixmap>> drawn = new EnumMap<>(Mark.class);

    /** The icon in the sizes that panels show. */
    List<Pixmap> pictures(Mark mark) {
        return drawn.computeIfAbsent(mark, TrayArt::draw);
    }

    private static List<Pixmap> draw(Mark mark) {
        var tile = new StackPane(Icon.VAULT.node());
        tile.getStyleClass().add("tray-tile");
        tile.setMaxSize(SIDE, SIDE);
        var whole = new StackPane(tile);
        mark(mark).ifPresent(shape -> {
            StackPane.setAlignment(shape, Pos.BOTTOM_RIGHT);
            whole.getChildren().add(shape);
        });
        whole.getStyleClass().add("tray-icon");
        var scene = new Scene(whole, SIDE, SIDE);
        Theme.dress(scene, false);
        whole.applyCss();
        whole.layout();
        List<Pixmap> pictures = new ArrayList<>();
        for (int size : SIZES) {
            pictures.add(picture(whole, size));
        }
        return List.copyOf(pictures);
    }

    private static Optional<Region> mark(Mark mark) {
        return switch (mark) {
            case NONE -> Optional.empty();
            case WORKING -> Optional.of(shape("tray-working"));
            case ATTENTION -> Optional.of(shape("tray-attention"));
        };
    }

    private static Region shape(String style) {
        var shape = new Region();
        shape.getStyleClass().addAll("tray-mark", style);
        shape.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return shape;
    }

    private static Pixmap picture(StackPane whole, int size) {
        var how = new SnapshotParameters();
        how.setFill(Paint.valueOf("transparent"));
        how.setTransform(new Scale(size / SIDE, size / SIDE));
        WritableImage image = whole.snapshot(how, new WritableImage(size, size));
        int[] pixels = new int[size * size];
        image.getPixelReader().getPixels(0, 0, size, size, PixelFormat.getIntArgbInstance(), pixels, 0, size);
        byte[] argb = new byte[pixels.length * Integer.BYTES];
        for (int i = 0; i < pixels.length; i++) {
            for (int k = 0; k < Integer.BYTES; k++) {
                argb[i * Integer.BYTES + k] = (byte) (pixels[i] >>> (24 - 8 * k));
            }
        }
        return new Pixmap(size, size, argb);
    }
}
