package org.coffer.window.tray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.coffer.window.tray.bus.MenuInterface;
import org.coffer.window.tray.bus.Pixmap;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The icon on a real session bus, seen by a tray and by a program that knows nothing of Java. */
class StatusNotifierTest {
    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    private TestDesktop desktop;
    private Tray tray;

    @BeforeEach
    void begin() throws IOException {
        desktop = new TestDesktop(folder);
        tray = Tray.here(desktop.environment());
    }

    @AfterEach
    void end() {
        tray.hide();
        desktop.close();
    }

    private Face face(boolean attention, String words, Face.Item... menu) {
        return new Face(
                attention,
                "Coffer",
                words,
                List.of(new Pixmap(1, 2, new byte[] {-1, 1, 2, 3, 127, 4, 5, 6})),
                () -> done.add("opened"),
                List.of(menu));
    }

    private Face.Item act(String words) {
        return Face.Item.of(words, () -> done.add(words));
    }

    private String next() throws InterruptedException {
        return String.valueOf(done.poll(1, TimeUnit.MINUTES));
    }

    @Test
    void withoutASessionThereIsNoTray() {
        assertThat(Tray.here(Map.of())).isSameAs(Tray.NONE);
        assertThat(Tray.here(Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:abstract=/tmp/dbus-x")))
                .isSameAs(Tray.NONE);
        assertThat(Tray.here(Map.of("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.resolve("none")))
                        .there())
                .isFalse();
    }

    @Test
    void thereIsATrayWhereSomebodyShowsIcons() throws Exception {
        assertThat(tray.there()).as("nobody").isFalse();
        desktop.begin(false);
        assertThat(tray.there()).as("somebody who only notes them").isFalse();
        desktop.end();
        desktop.begin(true);
        assertThat(tray.there()).isTrue();
        assertThat(Tray.here(Map.of("XDG_RUNTIME_DIR", folder.toString())).there())
                .as("where the session's bus usually is")
                .isTrue();
    }

    @Test
    void aTraySeesWhatTheIconIs() throws Exception {
        desktop.begin(true);
        tray.show(face(false, "web_data 62 %", act("Open"), Face.Item.LINE, Face.Item.told("web_data")));
        String service = desktop.announced();
        assertThat(desktop.lines(service)).containsExactly("Open", "-", "web__data");
        String seen = desktop.send(
                "--dest=" + service,
                "/StatusNotifierItem",
                "org.freedesktop.DBus.Properties.GetAll",
                "string:org.kde.StatusNotifierItem");
        assertThat(seen.lines().map(String::strip))
                .containsSubsequence("string \"Status\"", "variant             string \"Active\"")
                .containsSubsequence("int32 1", "int32 2", "array of bytes [", "ff 01 02 03 7f 04 05 06")
                .contains("string \"web_data 62 %\"", "variant             object path \"/StatusNotifierItem/menu\"");
        String menu = desktop.send(
                "--dest=" + service,
                "/StatusNotifierItem/menu",
                "com.canonical.dbusmenu.GetLayout",
                "int32:0",
                "int32:-1",
                "array:string:label");
        assertThat(menu).contains("uint32 1", "string \"submenu\"", "string \"Open\"", "string \"separator\"");
        assertThat(desktop.send(
                        "--dest=" + service,
                        "/StatusNotifierItem/menu",
                        "com.canonical.dbusmenu.GetGroupProperties",
                        "array:int32:1,3,9",
                        "array:string:"))
                .contains("\"Open\"", "\"web__data\"", "boolean false");
        assertThat(desktop.send(
                        "--dest=" + service,
                        "/StatusNotifierItem/menu",
                        "org.freedesktop.DBus.Properties.Get",
                        "string:com.canonical.dbusmenu",
                        "string:Version"))
                .contains("uint32 3");
    }

    private Notice notice(String title, String words) {
        return new Notice(title, words, "Open", () -> done.add(title));
    }

    @Test
    void aMessageIsShownInThePlaceOfTheOneBeforeAndAClickOnItOpens() throws Exception {
        tray.tell(notice("lost", "nobody shows messages yet"));
        desktop.shows(false);
        tray.tell(notice("first", "a < b & c"));
        assertThat(desktop.told()).isEqualTo(new TestDesktop.Told(0, "first", "a < b & c", List.of("default", "Open")));
        tray.tell(notice("second", ""));
        assertThat(desktop.told().replaces()).as("the first").isEqualTo(1);
        desktop.click(7);
        desktop.click(1);
        assertThat(next()).isEqualTo("second");
        assertThat(done).as("of others it knows nothing").isEmpty();
    }

    @Test
    void namesAreNoMarkup() throws Exception {
        desktop.shows(true);
        tray.tell(notice("a <b>", "disk <b> & co"));
        assertThat(desktop.told()).satisfies(told -> {
            assertThat(told.title()).isEqualTo("a <b>");
            assertThat(told.body()).isEqualTo("disk &lt;b&gt; &amp; co");
        });
    }

    @Test
    void clicksReachTheProgram() throws Exception {
        desktop.begin(true);
        tray.show(face(false, "", act("Open"), Face.Item.told("62 %"), act("Quit")));
        String service = desktop.announced();
        desktop.item(service).Activate(5, 5);
        assertThat(next()).isEqualTo("opened");
        desktop.choose(service, "Quit");
        assertThat(next()).isEqualTo("Quit");
        MenuInterface menu = desktop.menu(service);
        var none = new Variant<>(0);
        assertThat(menu.EventGroup(List.of(
                        new MenuInterface.Happening(2, "clicked", none, new UInt32(0)),
                        new MenuInterface.Happening(3, "hovered", none, new UInt32(0)),
                        new MenuInterface.Happening(9, "clicked", none, new UInt32(0)),
                        new MenuInterface.Happening(1, "clicked", none, new UInt32(0)))))
                .as("those that there are not")
                .containsExactly(9);
        assertThat(next()).isEqualTo("Open");
        assertThat(done)
                .as("what only tells, and what is not clicked, does nothing")
                .isEmpty();
    }

    @Test
    void whatChangesIsSeenAndALineThatGoesGivesItsPlaceToNobody() throws Exception {
        desktop.begin(true);
        tray.show(face(false, "at rest", act("Pause"), act("Quit")));
        String service = desktop.announced();
        MenuInterface menu = desktop.menu(service);
        UInt32 before = menu.GetLayout(0, -1, List.of()).first();
        tray.show(face(true, "1 thing needs you", Face.Item.ABSENT, act("Quit")));
        assertThat(desktop.property(service, "Status")).isEqualTo("NeedsAttention");
        assertThat(desktop.lines(service)).containsExactly("Quit");
        assertThat(menu.GetLayout(0, -1, List.of()).first().longValue()).isGreaterThan(before.longValue());
        menu.Event(1, "clicked", new Variant<>(0), new UInt32(0));
        menu.Event(2, "clicked", new Variant<>(0), new UInt32(0));
        assertThat(next()).isEqualTo("Quit");
        assertThat(desktop.nobody()).as("it is one icon").isTrue();
    }

    @Test
    void aTrayThatComesLaterOrAgainIsToldOfIt() throws Exception {
        tray.show(face(false, "as at login"));
        desktop.begin(true);
        String service = desktop.announced();
        desktop.end();
        desktop.begin(true);
        assertThat(desktop.announced()).as("after a crash of the panel").isEqualTo(service);
        tray.hide();
        assertThat(desktop.knows(service)).isFalse();
        tray.show(face(false, "again"));
        assertThat(desktop.announced()).isNotEqualTo(service);
    }
}
