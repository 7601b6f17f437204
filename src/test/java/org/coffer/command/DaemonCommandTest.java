package org.coffer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.coffer.command.terminal.ScriptedTerminal;
import org.coffer.console.Console;
import org.coffer.console.MovableClock;
import org.coffer.console.TestHome;
import org.coffer.console.backup.BackupFilter;
import org.coffer.console.backup.BackupSort;
import org.coffer.console.event.Event;
import org.coffer.console.home.Home;
import org.coffer.console.location.Location;
import org.coffer.console.location.NewLocation;
import org.coffer.console.policy.Missed;
import org.coffer.console.policy.Policies;
import org.coffer.console.policy.Policy;
import org.coffer.console.policy.PolicyPlan;
import org.coffer.console.resource.Disk;
import org.coffer.console.restore.Target;
import org.coffer.console.task.Task;
import org.coffer.console.task.TaskStatus;
import org.coffer.console.vault.Vault;
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

    /** Asks until it hears: it may not have come to listen yet. */
    private static void stop(ScriptedTerminal terminal, Thread daemon) throws InterruptedException {
        while (daemon.isAlive()) {
            terminal.interrupt();
            daemon.join(Duration.ofMillis(50));
        }
    }

    @Test
    void whatRunsWhenItIsStoppedGoesOnAtTheNextStart() throws Exception {
        try (TestHome home = new TestHome(folder)) {
            Disk disk = home.image("web", 120); // Two packs: the second waits half a minute for the first.
            Vault vault = home.vault("vault_a", disk);
            home.console().locations().limit(vault.locationId(), 1);
            ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, "daemon");
            Cli cli = new Cli(terminal, Clock.systemUTC(), opened(home.console()));
            Thread daemon = Thread.ofPlatform().start(cli::run);
            Task task = home.begin(vault, disk, "one");
            home.awaitStep(task, "reading");
            stop(terminal, daemon);

            home.restart();
            assertThat(home.console().tasks().find(task.id()).orElseThrow().status())
                    .isEqualTo(TaskStatus.PAUSED);
            home.console().locations().limit(vault.locationId(), 0);
            home.console().watch();
            home.done(task);
            Path copy = folder.resolve("copy.img");
            home.restore(home.backup(task), new Target.NewFile(copy));
            assertThat(Files.mismatch(copy, disk.path())).isEqualTo(-1);
        }
    }

    @Test
    void runsPoliciesWhileItIsThere() throws Exception {
        var clock = new MovableClock();
        try (TestHome home = new TestHome(folder, clock)) {
            Vault vault = home.vault("vault_a", home.image("web", 1));
            Policy policy = home.console().policies().list().getFirst();
            home.console().policies().bind(policy.id(), vault.id());
            CountDownLatch made = new CountDownLatch(1);
            home.console().events().subscribe(event -> {
                if (event instanceof Event.TaskChanged(var task)
                        && home.console()
                                .tasks()
                                .find(task)
                                .filter(ended -> ended.status() == TaskStatus.SUCCEEDED)
                                .isPresent()) {
                    made.countDown();
                }
            });
            Duration toNext = Duration.between(
                    clock.instant(),
                    home.console()
                            .policies()
                            .agenda()
                            .nextRuns(policy, clock.instant(), 1)
                            .getFirst()
                            .at());
            clock.push(toNext.plusMinutes(1));
            ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, "daemon");
            Cli cli = new Cli(terminal, clock, opened(home.console()));
            Thread daemon = Thread.ofPlatform().start(cli::run);
            assertThat(made.await(1, TimeUnit.MINUTES)).isTrue();
            stop(terminal, daemon);
        }
    }

    /** A home with a disk whose policy runs every night and asks about what it missed, and the moment of its next run. */
    private static Duration asking(TestHome home, MovableClock clock) throws Exception {
        Policies policies = home.console().policies();
        PolicyPlan plan = policies.list().getFirst().plan();
        Policy asking = policies.create(new PolicyPlan(
                "asking", true, plan.schedule(), plan.retention(), plan.fullEvery(), Missed.ASK, plan.conditions()));
        policies.bind(asking.id(), home.vault("vault_a", home.image("web", 1)).id());
        return Duration.between(
                clock.instant(),
                policies.agenda()
                        .nextRuns(asking, clock.instant(), 1)
                        .getFirst()
                        .at());
    }

    private static void awaitSaid(ScriptedTerminal terminal, String words) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!terminal.errors().contains(words)) {
            assertThat(System.nanoTime()).as(terminal.errors()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void tellsWhoHasNoWindowOfAMissedRunThatAsksAndHowToAnswer() throws Exception {
        var clock = new MovableClock();
        try (TestHome home = new TestHome(folder, clock)) {
            clock.push(asking(home, clock).plusHours(1));
            ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, "daemon");
            Cli cli = new Cli(terminal, clock, opened(home.console()));
            Thread daemon = Thread.ofPlatform().start(cli::run);
            awaitSaid(terminal, "asking missed 1 run: make up for it?");
            awaitSaid(terminal, "coffer policy answer --run asking");

            ScriptedTerminal answering = ScriptedTerminal.pipe(folder, "policy", "answer", "--run", "asking");
            assertThat(new Cli(answering, clock, opened(home.console())).run()).isZero();
            assertThat(home.console().backups().list(BackupFilter.ALL, BackupSort.NEWEST, 0, 9))
                    .as("it was made up for")
                    .hasSize(1);
            ScriptedTerminal again = ScriptedTerminal.pipe(folder, "policy", "asked");
            new Cli(again, clock, opened(home.console())).run();
            assertThat(again.output()).contains("Nothing is asked.");
            stop(terminal, daemon);
        }
    }

    @Test
    void tellsWhoHasNoWindowOfABackupThatFailedOnceAndWhy() throws Exception {
        var clock = new MovableClock();
        try (TestHome home = new TestHome(folder, clock)) {
            Disk disk = home.image("web", 1);
            Disk other = home.image("mail", 1);
            Vault vault = home.vault("vault_a", disk, other);
            ScriptedTerminal terminal = ScriptedTerminal.pipe(folder, "daemon");
            Cli cli = new Cli(terminal, clock, opened(home.console()));
            Thread daemon = Thread.ofPlatform().start(cli::run);
            Files.move(disk.path(), folder.resolve("away"));
            clock.push(Duration.ofMinutes(1));
            home.failed(home.begin(vault, disk, "bad"));
            awaitSaid(terminal, "The last backup of web failed");
            clock.push(Duration.ofMinutes(1));
            home.failed(home.begin(vault, disk, "worse"));
            Files.move(other.path(), folder.resolve("away too"));
            clock.push(Duration.ofMinutes(1));
            home.failed(home.begin(vault, other, "bad_too"));
            awaitSaid(terminal, "The last backup of mail failed");
            stop(terminal, daemon);
            assertThat(terminal.errors().lines().filter(line -> line.contains("The last backup of web failed")))
                    .as("the cause once, and not each run that fails for it")
                    .singleElement()
                    .asString()
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d The last backup of web failed · .*connect.*");
        }
    }
}
