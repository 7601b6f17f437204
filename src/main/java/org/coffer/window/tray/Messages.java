package org.coffer.window.tray;

import java.util.List;
import java.util.Map;
import org.coffer.window.tray.bus.Notifications;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;

/** Short messages by the session bus. There is one of Coffer's at a time: each takes the place of the one before. */
final class Messages {
    private static final UInt32 NONE = new UInt32(0);
    private static final byte NORMAL = 1;

    private final DBusConnection bus;
    private UInt32 last = NONE;
    private @Nullable Notice shown;

    Messages(DBusConnection bus) throws DBusException {
        this.bus = bus;
        bus.addSigHandler(Notifications.ActionInvoked.class, clicked -> opened(clicked.id()));
    }

    /** Whether they go by this connection. */
    boolean by(DBusConnection other) {
        return bus == other;
    }

    synchronized void tell(Notice notice) throws DBusException {
        Notifications desktop = bus.getRemoteObject(Notifications.NAME, Notifications.PATH, Notifications.class);
        boolean markup = desktop.GetCapabilities().contains(Notifications.MARKUP);
        shown = notice;
        last = desktop.Notify(
                "Coffer",
                last,
                "",
                notice.title(),
                markup ? escaped(notice.words()) : notice.words(),
                List.of(Notifications.DEFAULT, notice.act()),
                Map.of("urgency", new Variant<>(NORMAL)),
                -1);
    }

    /** Names of disks may hold what markup means otherwise. */
    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void opened(UInt32 id) {
        Notice clicked;
        synchronized (this) {
            clicked = id.equals(last) ? shown : null;
        }
        if (clicked != null) {
            clicked.open().run();
        }
    }
}
