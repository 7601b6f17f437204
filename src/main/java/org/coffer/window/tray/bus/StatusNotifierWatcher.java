package org.coffer.window.tray.bus;

import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.interfaces.DBusInterface;

/** Where icons announce themselves, so that the desktop's tray finds them. The names are the specification's. */
@DBusInterfaceName(StatusNotifierWatcher.NAME)
public interface StatusNotifierWatcher extends DBusInterface {
    /** Its name on the bus, and that of its interface. */
    String NAME = "org.kde.StatusNotifierWatcher";
    /** Where it is. */
    String PATH = "/StatusNotifierWatcher";
    /** Its property that says whether anybody shows icons. */
    String HOST = "IsStatusNotifierHostRegistered";

    /** Announces the icon of who owns a name on the bus. */
    void RegisterStatusNotifierItem(String service);
}
