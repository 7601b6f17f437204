package org.coffer.window.tray.bus;

import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;

/** A picture as it goes over the bus: {@code (iiay)}. */
public final class Pixmap extends Struct {
    /** How pictures of several sizes are written. */
    public static final String SIGNATURE = "a(iiay)";

    @Position(0)
    private final int width;

    @Position(1)
    private final int height;

    @Position(2)
    private final byte[] argb;

    /**
     * A picture.
     *
     * @param argb four bytes a pixel, alpha first, not multiplied by it; row by row
     */
    public Pixmap(int width, int height, byte[] argb) {
        this.width = width;
        this.height = height;
        this.argb = argb;
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** Four bytes a pixel. */
    public byte[] argb() {
        return argb;
    }
}
