package org.coffer.window.tray.bus;

import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.Tuple;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.messages.DBusSignal;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** A menu that the desktop shows for a program. The names are those of the interface as libdbusmenu has it, version 3. */
@DBusInterfaceName(MenuInterface.NAME)
public interface MenuInterface extends DBusInterface {
    /** Its name on the bus. */
    String NAME = "com.canonical.dbusmenu";

    /** The items below one, so many levels deep; -1 for all. The root is 0. */
    Reply<UInt32, Layout> GetLayout(int parent, int depth, List<String> properties);

    /** The properties of some items; of all if none is named. */
    List<Item> GetGroupProperties(List<Integer> ids, List<String> properties);

    /** One property of an item. */
    Variant<?> GetProperty(int id, String name);

    /** Somebody did something with an item: {@code clicked}, {@code hovered}, {@code opened}, {@code closed}. */
    void Event(int id, String event, Variant<?> data, UInt32 time);

    /** The same for several; answers with those that there are not. */
    List<Integer> EventGroup(List<Happening> events);

    /** The menu below an item is about to be shown; answers whether it has to be asked for anew. */
    boolean AboutToShow(int id);

    /** The same for several. */
    Reply<List<Integer>, List<Integer>> AboutToShowGroup(List<Integer> ids);

    /** An answer of two parts. */
    final class Reply<A, B> extends Tuple {
        @Position(0)
        private final A first;

        @Position(1)
        private final B second;

        /** Both parts. */
        public Reply(A first, B second) {
            this.first = first;
            this.second = second;
        }

        /** The first part. */
        public A first() {
            return first;
        }

        /** The second part. */
        public B second() {
            return second;
        }
    }

    /** An item with those below it: {@code (ia{sv}av)}. */
    final class Layout extends Struct {
        /** How it is written. */
        public static final String SIGNATURE = "(ia{sv}av)";

        @Position(0)
        private final int id;

        @Position(1)
        private final Map<String, Variant<?>> properties;

        @Position(2)
        private final List<Variant<?>> below;

        /** An item. */
        public Layout(int id, Map<String, Variant<?>> properties, List<Variant<?>> below) {
            this.id = id;
            this.properties = properties;
            this.below = below;
        }

        /** 0 for the root. */
        public int id() {
            return id;
        }

        /** Those that are not as usual. */
        public Map<String, Variant<?>> properties() {
            return properties;
        }

        /** Each a layout. */
        public List<Variant<?>> below() {
            return below;
        }
    }

    /** An item without those below it: {@code (ia{sv})}. */
    final class Item extends Struct {
        @Position(0)
        private final int id;

        @Position(1)
        private final Map<String, Variant<?>> properties;

        /** An item. */
        public Item(int id, Map<String, Variant<?>> properties) {
            this.id = id;
            this.properties = properties;
        }

        /** 0 for the root. */
        public int id() {
            return id;
        }

        /** Those that are not as usual. */
        public Map<String, Variant<?>> properties() {
            return properties;
        }
    }

    /** Something that was done with an item: {@code (isvu)}. */
    final class Happening extends Struct {
        @Position(0)
        private final int id;

        @Position(1)
        private final String event;

        @Position(2)
        private final Variant<?> data;

        @Position(3)
        private final UInt32 time;

        /** As {@link MenuInterface#Event}. */
        public Happening(int id, String event, Variant<?> data, UInt32 time) {
            this.id = id;
            this.event = event;
            this.data = data;
            this.time = time;
        }

        /** Of which item. */
        public int id() {
            return id;
        }

        /** What. */
        public String event() {
            return event;
        }

        /** With what. */
        public Variant<?> data() {
            return data;
        }

        /** When, as the desktop counts. */
        public UInt32 time() {
            return time;
        }
    }

    /** Says that the menu has to be asked for anew. */
    final class LayoutUpdated extends DBusSignal {
        private final UInt32 revision;
        private final int parent;

        /** From the menu at a path. */
        public LayoutUpdated(String path, UInt32 revision, int parent) throws DBusException {
            super(path, revision, parent);
            this.revision = revision;
            this.parent = parent;
        }

        /** Goes up with each change. */
        public UInt32 revision() {
            return revision;
        }

        /** Below which item it changed. */
        public int parent() {
            return parent;
        }
    }
}
