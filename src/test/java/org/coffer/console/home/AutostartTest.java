package org.coffer.console.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.coffer.console.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting at login (Z3), on real files. */
class AutostartTest {
    private static final Path PROGRAM = Path.of("/opt/coffer/bin/coffer");

    @TempDir
    private Path user;

    private Home usual() {
        return Home.usual("Linux", user, Map.of());
    }

    private Autostart entry(Home home, Map<String, String> environment) {
        return Autostart.of(home, "Linux", user, environment, PROGRAM).orElseThrow();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void anEntryIsWrittenAsAWholeAndTakenAwayAgain() throws Exception {
        Autostart entry = entry(usual(), Map.of());
        assertThat(entry.on()).isFalse();
        entry.set(false);
        entry.set(true);
        Path folder = user.resolve(".config/autostart");
        assertThat(entry.file()).isEqualTo(folder.resolve("coffer.desktop"));
        assertThat(files(folder)).as("nothing is left beside it").containsExactly("coffer.desktop");
        assertThat(Files.readAllLines(entry.file()))
                .startsWith("[Desktop Entry]", "Type=Application")
                .contains("Exec=\"/opt/coffer/bin/coffer\" \"--home\" \"" + usual().directory() + "\" \"--hidden\"");
        assertThat(entry.on()).isTrue();
        entry.set(true);
        assertThat(files(folder)).hasSize(1);
        entry.set(false);
        assertThat(entry.on()).isFalse();
        assertThat(files(folder)).isEmpty();
    }

    @Test
    void theFolderIsWhereTheDesktopLooks() {
        Path config = user.resolve("my config");
        assertThat(entry(usual(), Map.of("XDG_CONFIG_HOME", config.toString())).file())
                .isEqualTo(config.resolve("autostart/coffer.desktop"));
        assertThat(entry(usual(), Map.of("XDG_CONFIG_HOME", "relative")).file())
                .as("a relative path is to be ignored")
                .isEqualTo(user.resolve(".config/autostart/coffer.desktop"));
        assertThat(Autostart.of(usual(), "Windows 11", user, Map.of(), PROGRAM)).isEmpty();
    }

    @Test
    void anotherHomeHasAnEntryOfItsOwn() {
        Autostart other = entry(new Home(user.resolve("other")), Map.of());
        assertThat(other.file().getFileName().toString()).matches("coffer-[0-9a-f]{8}\\.desktop");
        other.set(true);
        assertThat(entry(usual(), Map.of()).on()).isFalse();
        assertThat(other.on()).isTrue();
    }

    @Test
    void whatADesktopSwitchedOffIsOff() throws Exception {
        Autostart entry = entry(usual(), Map.of());
        entry.set(true);
        String text = Files.readString(entry.file());
        Files.writeString(entry.file(), text.replace("enabled=true", "enabled=false"));
        assertThat(entry.on()).isFalse();
        Files.writeString(entry.file(), text + "Hidden=true\n");
        assertThat(entry.on()).isFalse();
        entry.set(true);
        assertThat(entry.on()).isTrue();
    }

    @Test
    void specialCharactersReachTheProgramAsTheyAre() {
        assertThat(Autostart.quoted("/home/a b")).isEqualTo("\"/home/a b\"");
        assertThat(Autostart.quoted("100%")).isEqualTo("\"100%%\"");
        assertThat(Autostart.quoted("a$b`c\"d"))
                .as("each one after a backslash, which the file doubles")
                .isEqualTo("\"a\\\\$b\\\\`c\\\\\"d\"");
        assertThat(Autostart.quoted("a\\b")).isEqualTo("\"a\\\\\\\\b\"");
    }

    @Test
    void aFolderThatCannotBeWrittenIsAProblem() throws Exception {
        Files.createDirectories(user.resolve(".config"));
        Files.writeString(user.resolve(".config/autostart"), "a file");
        Autostart entry = entry(usual(), Map.of());
        assertThat(Refusals.code(() -> entry.set(true))).isEqualTo("autostart.failed");
        assertThat(entry.on()).isFalse();
    }
}
