package org.coffer.window.tray;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.coffer.window.tray.bus.MenuInterface;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/** The menu as the bus sees it: the root is 0, the lines are numbered from 1. Called by the bus's threads. */
final class MenuObject implements MenuInterface, Properties {
    /** Where the icon says that it is. */
    static final String PATH = "/StatusNotifierItem/menu";

    private static final int VERSION = 3;

    /** The lines with their number. */
    private record State(int revision, List<Face.Item> items) {}

    private volatile State state;

    MenuObject(List<Face.Item> items) {
        this.state = new State(1, items);
    }

    /** Other lines; says whether they look different. */
    boolean change(List<Face.Item> items) {
        State before = state;
        boolean other = !looks(before.items()).equals(looks(items));
        state = new State(before.revision() + (other ? 1 : 0), items);
        return other;
    }

    private static List<List<Object>> looks(List<Face.Item> items) {
        return items.stream()
                .map(item -> List.<Object>of(item.kind(), item.words()))
                .toList();
    }

    int revision() {
        return state.revision();
    }

    private static Map<String, Variant<?>> properties(State now, int id) {
        Map<String, Variant<?>> properties = new LinkedHashMap<>();
        if (id == 0) {
            properties.put("children-display", new Variant<>("submenu"));
            return properties;
        }
        Face.Item item = now.items().get(id - 1);
        switch (item.kind()) {
            case PARTS -> properties.put("type", new Variant<>("separator"));
            case ABSENT -> properties.put("visible", new Variant<>(false));
            case ACTS, TELLS -> {
                // A single underscore would underline the next letter.
                properties.put("label", new Variant<>(item.words().replace("_", "__")));
                properties.put("enabled", new Variant<>(item.kind() == Face.Item.Kind.ACTS));
            }
        }
        return properties;
    }

    private static boolean there(State now, int id) {
        return id >= 0 && id <= now.items().size();
    }

    private static Layout layout(State now, int id, int depth) {
        List<Variant<?>> below = new ArrayList<>();
        if (id == 0 && depth != 0) {
            for (int child = 1; child <= now.items().size(); child++) {
                below.add(new Variant<>(layout(now, child, 0), Layout.SIGNATURE));
            }
        }
        return new Layout(id, properties(now, id), below);
    }

    @Override
    public Reply<UInt32, Layout> GetLayout(int parent, int depth, List<String> properties) {
        State now = state;
        return new Reply<>(new UInt32(now.revision()), layout(now, there(now, parent) ? parent : 0, depth));
    }

    @Override
    public List<Item> GetGroupProperties(List<Integer> ids, List<String> properties) {
        State now = state;
        List<Integer> asked = ids.isEmpty()
                ? IntStream.rangeClosed(0, now.items().size()).boxed().toList()
                : ids;
        return asked.stream()
                .filter(id -> there(now, id))
                .map(id -> new Item(id, properties(now, id)))
                .toList();
    }

    @Override
    public Variant<?> GetProperty(int id, String name) {
        State now = state;
        return Optional.<Variant<?>>ofNullable(
                        there(now, id) ? properties(now, id).get(name) : null)
                .orElseGet(() -> new Variant<>(""));
    }

    @Override
    public void Event(int id, String event, Variant<?> data, UInt32 time) {
        State now = state;
        if (event.equals("clicked") && id > 0 && there(now, id)) {
            now.items().get(id - 1).act().run();
        }
    }

    @Override
    public List<Integer> EventGroup(List<Happening> events) {
        State now = state;
        events.forEach(one -> Event(one.id(), one.event(), one.data(), one.time()));
        return events.stream().map(Happening::id).filter(id -> !there(now, id)).toList();
    }

    @Override
    public boolean AboutToShow(int id) {
        return false;
    }

    @Override
    public Reply<List<Integer>, List<Integer>> AboutToShowGroup(List<Integer> ids) {
        State now = state;
        return new Reply<>(List.of(), ids.stream().filter(id -> !there(now, id)).toList());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The bus takes any value, in a variant.
    public <A> A Get(String interfaceName, String name) {
        Variant<?> value = GetAll(interfaceName).get(name);
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
        return Map.of(
                "Version",
                new Variant<>(new UInt32(VERSION)),
                "Status",
                new Variant<>("normal"),
                "TextDirection",
                new Variant<>("ltr"),
                "IconThemePath",
                new Variant<>(List.<String>of(), "as"));
    }

    @Override
    public String getObjectPath() {
        return PATH;
    }
}
