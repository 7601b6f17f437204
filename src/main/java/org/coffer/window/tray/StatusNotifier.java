package org.coffer.window.tray;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.coffer.window.tray.bus.MenuInterface;
import org.coffer.window.tray.bus.StatusNotifierItem;
import org.coffer.window.tray.bus.StatusNotifierWatcher;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.jspecify.annotations.Nullable;

/**
 * A tray icon by the session bus: a {@code StatusNotifierItem} with a menu, which is what desktops of today show (KDE, LXQt,
 * Xfce, MATE, Cinnamon, and GNOME with its extension for such icons).
 *
 * <p>The connection is opened with the first icon. An icon goes with its name on the bus. A tray that begins later, or
 * again, is told of the icon then. What the bus does not do is noted in the log and stops nothing: whoever starts Coffer again
 * has its window.
 */
final class StatusNotifier implements Tray {
    private static final System.Logger LOG = System.getLogger(StatusNotifier.class.getName());
    private static final String BUS = "org.freedesktop.DBus";
    private static final AtomicInteger COUNT = new AtomicInteger();
    /** Of the library's own notes only what went wrong. Held here, because loggers that nobody holds forget their level. */
    private static final Logger LIBRARY = Logger.getLogger("org.freedesktop.dbus");

    private final String address;
    private @Nullable DBusConnection session;
    private @Nullable Shown shown;
    private @Nullable Messages messages;

    /** @param address of the session bus */
    StatusNotifier(String address) {
        this.address = address;
        LIBRARY.setLevel(Level.WARNING);
    }

    private DBusConnection connect() throws DBusException {
        return DBusConnectionBuilder.forAddress(address).withShared(false).build();
    }

    @Override
    public boolean there() {
        try (DBusConnection bus = connect()) {
            return watched(bus) && hosted(bus);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.INFO, "no tray: {0}", e);
            return false;
        }
    }

    private static boolean watched(DBusConnection bus) throws DBusException {
        return bus.getRemoteObject(BUS, "/org/freedesktop/DBus", DBus.class).NameHasOwner(StatusNotifierWatcher.NAME);
    }

    private static boolean hosted(DBusConnection bus) throws DBusException {
        Properties watcher =
                bus.getRemoteObject(StatusNotifierWatcher.NAME, StatusNotifierWatcher.PATH, Properties.class);
        Object said = watcher.Get(StatusNotifierWatcher.NAME, StatusNotifierWatcher.HOST);
        return Boolean.TRUE.equals(said);
    }

    @Override
    public synchronized void show(Face face) {
        try {
            if (shown != null && shown.bus.isConnected()) {
                shown.change(face);
            } else {
                shown = new Shown(connected(), face);
                shown.begin();
            }
        } catch (DBusException | DBusExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "showing an icon in the tray", e);
        }
    }

    private DBusConnection connected() throws DBusException {
        if (session == null || !session.isConnected()) {
            session = connect();
            session.addSigHandler(DBus.NameOwnerChanged.class, changed -> {
                if (changed.name.equals(StatusNotifierWatcher.NAME) && !changed.newOwner.isEmpty()) {
                    announceAgain();
                }
            });
        }
        return session;
    }

    /** A tray began that knows nothing of the icon. */
    private synchronized void announceAgain() {
        if (shown != null) {
            shown.announce();
        }
    }

    @Override
    public synchronized void hide() {
        if (shown != null) {
            shown.end();
            shown = null;
        }
    }

    @Override
    public synchronized void tell(Notice notice) {
        try {
            DBusConnection bus = connected();
            if (messages == null || !messages.by(bus)) {
                messages = new Messages(bus);
            }
            messages.tell(notice);
        } catch (DBusException | DBusExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "showing a message on the desktop", e);
        }
    }

    /** An icon that is on the bus. */
    private static final class Shown {
        private final DBusConnection bus;
        private final String name;
        private final ItemObject item;
        private final MenuObject menu;

        Shown(DBusConnection bus, Face face) {
            this.bus = bus;
            this.name = StatusNotifierItem.NAME + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
            this.item = new ItemObject(face);
            this.menu = new MenuObject(face.menu());
        }

        void begin() throws DBusException {
            bus.exportObject(ItemObject.PATH, item);
            bus.exportObject(MenuObject.PATH, menu);
            bus.requestBusName(name);
            if (watched(bus)) {
                announce();
            }
        }

        void announce() {
            try {
                bus.getRemoteObject(StatusNotifierWatcher.NAME, StatusNotifierWatcher.PATH, StatusNotifierWatcher.class)
                        .RegisterStatusNotifierItem(name);
            } catch (DBusException | DBusExecutionException e) {
                LOG.log(System.Logger.Level.WARNING, "announcing the icon to the tray", e);
            }
        }

        /** The connection stays: whoever clicked is still to be answered. */
        void end() {
            try {
                bus.releaseBusName(name);
            } catch (DBusException | DBusExecutionException e) {
                LOG.log(System.Logger.Level.WARNING, "taking the icon out of the tray", e);
            }
            bus.unExportObject(MenuObject.PATH);
            bus.unExportObject(ItemObject.PATH);
        }

        void change(Face face) throws DBusException {
            Face before = item.face();
            item.face(face);
            if (!before.title().equals(face.title()) || !before.words().equals(face.words())) {
                bus.sendMessage(new StatusNotifierItem.NewTitle(ItemObject.PATH));
                bus.sendMessage(new StatusNotifierItem.NewToolTip(ItemObject.PATH));
            }
            if (!before.pictures().equals(face.pictures())) {
                bus.sendMessage(new StatusNotifierItem.NewIcon(ItemObject.PATH));
                bus.sendMessage(new StatusNotifierItem.NewAttentionIcon(ItemObject.PATH));
            }
            if (before.attention() != face.attention()) {
                bus.sendMessage(new StatusNotifierItem.NewStatus(ItemObject.PATH, item.status()));
            }
            if (menu.change(face.menu())) {
                bus.sendMessage(new MenuInterface.LayoutUpdated(MenuObject.PATH, new UInt32(menu.revision()), 0));
            }
        }
    }
}
