package org.coffer.window.tray.bus;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** Who shows short messages of programs. The names are those of the Desktop Notifications Specification, version 1.2. */
@DBusInterfaceName(Notifications.NAME)
public interface Notifications extends DBusInterface {
    /** Its name on the bus, and that of its interface. */
    String NAME = "org.freedesktop.Notifications";
    /** Where it is. */
    String PATH = "/org/freedesktop/Notifications";
    /** The act of a click on the message itself. */
    String DEFAULT = "default";
    /** What it says of itself if it takes a body for markup. */
    String MARKUP = "body-markup";

    /** What it can do. */
    List<String> GetCapabilities();

    /**
     * Shows a message.
     *
     * @param replaces the number of one whose place it takes; 0 for none
     * @param actions names of acts, each followed by its words
     * @param expires after how many milliseconds it goes; −1 as the desktop likes
     * @return its number
     */
    UInt32 Notify(
            String program,
            UInt32 replaces,
            String icon,
            String title,
            String body,
            List<String> actions,
            Map<String, Variant<?>> hints,
            int expires);

    /** Says that somebody clicked. */
    final class ActionInvoked extends DBusSignal {
        private final UInt32 id;
        private final String action;

        /** On the message with this number. */
        public ActionInvoked(String path, UInt32 id, String action) throws DBusException {
            super(path, id, action);
            this.id = id;
            this.action = action;
        }

        /** The message's number. */
        public UInt32 id() {
            return id;
        }

        /** What was chosen. */
        public String action() {
            return action;
        }
    }
}
