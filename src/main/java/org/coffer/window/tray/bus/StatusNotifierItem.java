package org.coffer.window.tray.bus;

import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;

/** An icon in a tray, as desktops call it; what it looks like are its properties. The names are the specification's. */
@DBusInterfaceName(StatusNotifierItem.NAME)
public interface StatusNotifierItem extends DBusInterface {
    /** Its name on the bus. */
    String NAME = "org.kde.StatusNotifierItem";

    /** Somebody clicked on it. */
    void Activate(int x, int y);

    /** Somebody clicked on it with the middle button. */
    void SecondaryActivate(int x, int y);

    /** Asks for a menu that the item shows by itself; this one has its menu shown by the desktop. */
    void ContextMenu(int x, int y);

    /** Somebody turned the wheel over it. */
    void Scroll(int delta, String orientation);

    /** Says that the title is another one. */
    final class NewTitle extends DBusSignal {
        /** From the item at a path. */
        public NewTitle(String path) throws DBusException {
            super(path);
        }
    }

    /** Says that the icon is another one. */
    final class NewIcon extends DBusSignal {
        /** From the item at a path. */
        public NewIcon(String path) throws DBusException {
            super(path);
        }
    }

    /** Says that the icon for what needs attention is another one. */
    final class NewAttentionIcon extends DBusSignal {
        /** From the item at a path. */
        public NewAttentionIcon(String path) throws DBusException {
            super(path);
        }
    }

    /** Says that the words over it are others. */
    final class NewToolTip extends DBusSignal {
        /** From the item at a path. */
        public NewToolTip(String path) throws DBusException {
            super(path);
        }
    }

    /** Says whether it needs attention. */
    final class NewStatus extends DBusSignal {
        private final String status;

        /** From the item at a path. */
        public NewStatus(String path, String status) throws DBusException {
            super(path, status);
            this.status = status;
        }

        /** {@code Active} or {@code NeedsAttention}. */
        public String status() {
            return status;
        }
    }
}
