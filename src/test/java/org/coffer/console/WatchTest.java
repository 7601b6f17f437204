package org.coffer.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.coffer.console.event.Event;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.resource.Disk;
import org.coffer.console.vault.Vault;
import org.coffer.console.vault.VaultStatus;
import org.coffer.machine.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** L3: what looks around by itself notices a location that went away and came back, and says so. */
@Timeout(120)
class WatchTest {
    @TempDir
    private Path root;

    private static void await(BlockingQueue<Event> heard, Location place) throws InterruptedException {
        Event event = heard.take();
        while (!event.equals(new Event.LocationChanged(place.id()))) {
            event = heard.take();
        }
    }

    @Test
    void aLocationThatIsUnpluggedAndPluggedInAgainIsToldWithoutBeingAskedFor() throws Exception {
        Vault vault;
        Location place;
        try (TestHome home = new TestHome(root)) {
            Disk disk = home.image("web", 1);
            vault = home.vault("vault_a", disk);
            place = home.location();
        }
        Home home = new Home(root.resolve("home"));
        Machine machine = Machine.here(home.directory().resolve("disks.seen"));
        try (Console console = new Console(home, machine, Clock.systemUTC(), Duration.ofMillis(50))) {
            assertThat(console.locations().get(place.id()).status().writable()).isTrue();
            BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
            console.events().subscribe(heard::add);
            console.watch();
            Files.move(root.resolve("place"), root.resolve("away"));
            await(heard, place);
            assertThat(console.vaults().get(vault.id()).status()).isEqualTo(VaultStatus.FROZEN);
            heard.clear();
            Files.move(root.resolve("away"), root.resolve("place"));
            await(heard, place);
            assertThat(console.vaults().get(vault.id()).status()).isEqualTo(VaultStatus.AVAILABLE);
        }
    }

    @Test
    void inTheProgramItLooksSeveralTimesAMinute() {
        assertThat(Console.LOOK_EVERY).isLessThanOrEqualTo(Duration.ofSeconds(20));
    }
}
