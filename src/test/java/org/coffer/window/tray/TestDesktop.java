package org.coffer.window.tray;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.coffer.window.tray.bus.MenuInterface;
import org.coffer.window.tray.bus.Notifications;
import org.coffer.window.tray.bus.StatusNotifierItem;
import org.coffer.window.tray.bus.StatusNotifierWatcher;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * A desktop: a session bus of its own, the real {@code dbus-daemon}, and a tray on it that can come and go.
 *
 * <pre>
 *   folder/
 *     bus        the socket
 * </pre>
 */
public final class TestDesktop implements AutoCloseable {
    private final Process daemon;
    private final String address;
    private final LinkedBlockingQueue<String> announced = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Told> messages = new LinkedBlockingQueue<>();
    private Optional<DBusConnection> panel = Optional.empty();
    private Optional<DBusConnection> screen = Optional.empty();

    /** Starts the bus in a folder; there is no tray yet. */
    public TestDesktop(Path folder) throws IOException {
        Path socket = folder.resolve("bus");
        this.address = "unix:path=" + socket;
        this.daemon = new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!Files.exists(socket)) {
            if (!daemon.isAlive()) {
                throw new IOException("dbus-daemon ended with " + daemon.exitValue());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** What programs of the session find in their environment. */
    public Map<String, String> environment() {
        return Map.of("DBUS_SESSION_BUS_ADDRESS", address);
    }

    /** The watcher of a panel. */
    @DBusInterfaceName(StatusNotifierWatcher.NAME)
    public interface Watcher extends StatusNotifierWatcher {}

    public final class Panel implements Watcher, Properties {
        private final boolean shows;

        Panel(boolean shows) {
            this.shows = shows;
        }

        @Override
        public void RegisterStatusNotifierItem(String service) {
            announced.add(service);
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        public <A> A Get(String interfaceName, String name) {
            return (A) new Variant<>(shows);
        }

        @Override
        public <A> void Set(String interfaceName, String name, A value) {}

        @Override
        public Map<String, Variant<?>> GetAll(String interfaceName) {
            return Map.of(StatusNotifierWatcher.HOST, new Variant<>(shows));
        }

        @Override
        public String getObjectPath() {
            return StatusNotifierWatcher.PATH;
        }
    }

    /** A message that is shown. */
    public record Told(long replaces, String title, String body, List<String> actions) {}

    /** Who shows messages. */
    @DBusInterfaceName(Notifications.NAME)
    public interface Bubbles extends Notifications {}

    public final class Screen implements Bubbles {
        private final boolean markup;
        private long count;

        Screen(boolean markup) {
            this.markup = markup;
        }

        @Override
        public List<String> GetCapabilities() {
            return markup ? List.of("body", MARKUP, "actions") : List.of("body", "actions");
        }

        @Override
        public synchronized UInt32 Notify(
                String program,
                UInt32 replaces,
                String icon,
                String title,
                String body,
                List<String> actions,
                Map<String, Variant<?>> hints,
                int expires) {
            messages.add(new Told(replaces.longValue(), title, body, List.copyOf(actions)));
            return replaces.longValue() == 0 ? new UInt32(++count) : replaces;
        }

        @Override
        public String getObjectPath() {
            return PATH;
        }
    }

    /**
     * The desktop shows messages from now on.
     *
     * @param markup whether it takes what they say for markup
     */
    public void shows(boolean markup) throws DBusException {
        DBusConnection bus = connect();
        screen = Optional.of(bus);
        bus.exportObject(Notifications.PATH, new Screen(markup));
        bus.requestBusName(Notifications.NAME);
    }

    /** The next message that is shown; waits for it. */
    public Told told() throws InterruptedException {
        return Optional.ofNullable(messages.poll(1, TimeUnit.MINUTES))
                .orElseThrow(() -> new AssertionError("no message was shown"));
    }

    /** Somebody clicks on a message. */
    public void click(long id) throws DBusException {
        screen.orElseThrow()
                .sendMessage(
                        new Notifications.ActionInvoked(Notifications.PATH, new UInt32(id), Notifications.DEFAULT));
    }

    private DBusConnection connect() throws DBusException {
        return DBusConnectionBuilder.forAddress(address).withShared(false).build();
    }

    /**
     * A tray begins.
     *
     * @param shows whether it shows icons, and does not only note them
     */
    public void begin(boolean shows) throws DBusException {
        DBusConnection bus = connect();
        panel = Optional.of(bus);
        bus.exportObject(StatusNotifierWatcher.PATH, new Panel(shows));
        bus.requestBusName(StatusNotifierWatcher.NAME);
    }

    /** It ends, as when the panel crashes. */
    public void end() {
        panel.ifPresent(DBusConnection::disconnect);
        panel = Optional.empty();
    }

    private DBusConnection bus() {
        return panel.orElseThrow();
    }

    /** Who announced an icon next; waits for it. */
    public String announced() throws InterruptedException {
        String service = announced.poll(1, TimeUnit.MINUTES);
        if (service == null) {
            throw new AssertionError("no icon was announced");
        }
        return service;
    }

    /** Whether more icons were announced than were asked for. */
    public boolean nobody() {
        return announced.isEmpty();
    }

    /** Whether a name is on the bus. */
    public boolean knows(String service) throws DBusException {
        return bus().getRemoteObject("org.freedesktop.DBus", "/org/freedesktop/DBus", DBus.class)
                .NameHasOwner(service);
    }

    /** The icon itself. */
    public StatusNotifierItem item(String service) throws DBusException {
        return bus().getRemoteObject(service, "/StatusNotifierItem", StatusNotifierItem.class);
    }

    private Map<String, Variant<?>> properties(String service) throws DBusException {
        return bus().getRemoteObject(service, "/StatusNotifierItem", Properties.class)
                .GetAll(StatusNotifierItem.NAME);
    }

    /** One thing of what it looks like. */
    public Object property(String service, String name) throws DBusException {
        return Optional.<Variant<?>>ofNullable(properties(service).get(name))
                .orElseThrow(() -> new AssertionError("no " + name))
                .getValue();
    }

    /** Its menu. */
    public MenuInterface menu(String service) throws DBusException {
        return bus().getRemoteObject(service, property(service, "Menu").toString(), MenuInterface.class);
    }

    /** The words of the lines that the menu shows now; those between are {@code -}. */
    public List<String> lines(String service) throws DBusException {
        return items(service).map(item -> item.words).toList();
    }

    private record Line(int id, String words) {}

    private Stream<Line> items(String service) throws DBusException {
        return menu(service).GetLayout(0, -1, List.of()).second().below().stream()
                .map(each -> {
                    Object[] parts = (Object[]) each.getValue();
                    return new Line((Integer) parts[0], words((Map<?, ?>) parts[1]));
                })
                .filter(line -> !line.words.isEmpty());
    }

    /** What a line says that has these properties; nothing if it is absent. */
    private static String words(Map<?, ?> properties) {
        if (properties.containsKey("visible")) {
            return "";
        }
        return Optional.ofNullable(properties.get("label"))
                .map(label -> ((Variant<?>) label).getValue().toString())
                .orElse("-");
    }

    /** Waits until the menu has a line that says this. */
    public void untilLine(String service, String words) throws DBusException {
        await("the line " + words, () -> lines(service).contains(words));
    }

    /** Waits until an icon is gone. */
    public void untilGone(String service) throws DBusException {
        await("no " + service, () -> !knows(service));
    }

    /** Something that the bus is asked. */
    @FunctionalInterface
    private interface Asked {
        boolean so() throws DBusException;
    }

    private static void await(String what, Asked asked) throws DBusException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!asked.so()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within a minute: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** Clicks on the line of the menu that says this. */
    public void choose(String service, String words) throws DBusException {
        int id = items(service)
                .filter(line -> line.words.equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + words))
                .id;
        menu(service).Event(id, "clicked", new Variant<>(0), new UInt32(0));
    }

    /** What another program of the session is told: one that knows nothing of Java. */
    public String send(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dbus-send", "--bus=" + address, "--print-reply"));
        command.addAll(List.of(words));
        Process sending = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (Reader said = new InputStreamReader(sending.getInputStream(), StandardCharsets.UTF_8)) {
            var text = new StringWriter();
            said.transferTo(text);
            sending.waitFor();
            return text.toString();
        }
    }

    @Override
    public void close() {
        end();
        screen.ifPresent(DBusConnection::disconnect);
        daemon.destroy();
        try {
            daemon.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
