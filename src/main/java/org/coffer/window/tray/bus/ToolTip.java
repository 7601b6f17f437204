package org.coffer.window.tray.bus;

import java.util.List;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.Position;

/** What is said over an icon: {@code (sa(iiay)ss)}. */
public final class ToolTip extends Struct {
    /** How it is written. */
    public static final String SIGNATURE = "(sa(iiay)ss)";

    @Position(0)
    private final String iconName = "";

    @Position(1)
    private final List<Pixmap> icon = List.of();

    @Position(2)
    private final String title;

    @Position(3)
    private final String text;

    /** A bold line and what follows. */
    public ToolTip(String title, String text) {
        this.title = title;
        this.text = text;
    }

    /** The name of an icon of the theme; Coffer has none there. */
    public String iconName() {
        return iconName;
    }

    /** A picture beside the words. */
    public List<Pixmap> icon() {
        return icon;
    }

    /** The bold line. */
    public String title() {
        return title;
    }

    /** What follows. */
    public String text() {
        return text;
    }
}
