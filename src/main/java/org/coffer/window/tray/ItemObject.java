package org.coffer.window.tray;

import java.util.LinkedHashMap;
import java.util.Map;
import org.coffer.window.tray.bus.Pixmap;
import org.coffer.window.tray.bus.StatusNotifierItem;
import org.coffer.window.tray.bus.ToolTip;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;

/** The icon as the bus sees it: what the {@linkplain Face face} says, as properties. Called by the bus's threads. */
final class ItemObject implements StatusNotifierItem, Properties {
    /** Where trays look for it. */
    static final String PATH = "/StatusNotifierItem";

    private volatile Face face;

    ItemObject(Face face) {
        this.face = face;
    }

    Face face() {
        return face;
    }

    void face(Face now) {
        face = now;
    }

    String status() {
        return face.attention() ? "NeedsAttention" : "Active";
    }

    private Map<String, Variant<?>> properties() {
        Face now = face;
        var pictures = new Variant<>(now.pictures(), Pixmap.SIGNATURE);
        Map<String, Variant<?>> all = new LinkedHashMap<>();
        all.put("Category", new Variant<>("ApplicationStatus"));
        all.put("Id", new Variant<>("coffer"));
        all.put("Title", new Variant<>(now.title()));
        all.put("Status", new Variant<>(status()));
        all.put("WindowId", new Variant<>(0));
        all.put("IconName", new Variant<>(""));
        all.put("IconPixmap", pictures);
        all.put("OverlayIconName", new Variant<>(""));
        all.put("AttentionIconName", new Variant<>(""));
        all.put("AttentionIconPixmap", pictures);
        all.put("ToolTip", new Variant<>(new ToolTip(now.title(), now.words()), ToolTip.SIGNATURE));
        all.put("ItemIsMenu", new Variant<>(false));
        all.put("Menu", new Variant<>(new DBusPath(MenuObject.PATH), "o"));
        return all;
    }

    @Override
    public void Activate(int x, int y) {
        face.open().run();
    }

    @Override
    public void SecondaryActivate(int x, int y) {
        face.open().run();
    }

    @Override
    public void ContextMenu(int x, int y) {
        // The desktop shows the menu.
    }

    @Override
    public void Scroll(int delta, String orientation) {
        // There is nothing to turn.
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The bus takes any value, in a variant.
    public <A> A Get(String interfaceName, String name) {
        Variant<?> value = properties().get(name);
        if (value == null) {
            throw new IllegalArgumentException("no property " + name);
        }
        return (A) value;
    }

    @Override
    public <A> void Set(String interfaceName, String name, A value) {
        throw new UnsupportedOperationException("read only");
    }

    @Override
    public Map<String, Variant<?>> GetAll(String interfaceName) {
        return properties();
    }

    @Override
    public String getObjectPath() {
        return PATH;
    }
}
