package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.console.event.Event;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L3 without a window: the daemon looks around by itself. */
class DaemonCommandTest {
    @TempDir
    private Path folder;

    private static Opened opened(Console console) {
        return new Opened() {
            @Override
            public Console console() {
                return console;
            }

            @Override
            public Optional<Path> log() {
                return Optional.empty();
            }
        };
    }

    @Test
    void noticesThatALocationWentAwayAndCameBackAlthoughNobodyAsks() throws Exception {
        Home home = new Home(folder.resolve("home"));
        home.create();
        Path stick = Files.createDirectory(folder.resolve("stick"));
        Machine machine = Machine.here(home.directory().resolve("disks.seen"));
        try (Console console = new Console(home, machine, Clock.systemUTC(), Duration.ofMillis(50))) {
            Location place = console.locations().add(new NewLocation("stick", stick, ""));
            Semaphore changes = new Semaphore(0);
            console.events().subscribe(event -> {
                if (event.equals(new Event.LocationChanged(place.id()))) {
                    changes.release();
                }
            });
            ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, "daemon");
            Thread daemon =
                    Thread.ofPlatform().start(() -> new Cli(terminal, Clock.systemUTC(), opened(console)).run());
            Files.move(stick, folder.resolve("away"));
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).as("gone").isTrue();
            Files.move(folder.resolve("away"), stick);
            assertThat(changes.tryAcquire(1, TimeUnit.MINUTES)).as("back").isTrue();
            while (daemon.isAlive()) {
                terminal.interrupt();
                daemon.join(Duration.ofMillis(50));
            }
        }
    }
}
